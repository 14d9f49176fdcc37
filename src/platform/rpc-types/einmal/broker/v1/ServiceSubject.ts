// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * One role of a service.
 */
export interface ServiceSubject {
  /**
   * Role.
   */
  'role'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Role of the person who decides for this one; absent where they decide themselves.
   */
  'represented_by'?: (string);
}

/**
 * One role of a service.
 */
export interface ServiceSubject__Output {
  /**
   * Role.
   */
  'role'?: (string);
  /**
   * Title in German.
   */
  'title'?: (string);
  /**
   * Role of the person who decides for this one; absent where they decide themselves.
   */
  'represented_by'?: (string);
}
