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
  /**
   * Role of a person who may decide for this one instead; absent where nobody may.
   */
  'may_be_represented_by'?: (string);
  /**
   * By virtue of what: `custody`, `guardianship`, `care`, `power-of-attorney`, of a legal person `organ`. Empty: custody alone.
   */
  'representations'?: (string)[];
  /**
   * Whether a legal person has this role: it is given by a company's key, and `represented_by` decides for it.
   */
  'legal_person'?: (boolean);
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
  /**
   * Role of a person who may decide for this one instead; absent where nobody may.
   */
  'may_be_represented_by'?: (string);
  /**
   * By virtue of what: `custody`, `guardianship`, `care`, `power-of-attorney`, of a legal person `organ`. Empty: custody alone.
   */
  'representations'?: (string)[];
  /**
   * Whether a legal person has this role: it is given by a company's key, and `represented_by` decides for it.
   */
  'legal_person'?: (boolean);
}
