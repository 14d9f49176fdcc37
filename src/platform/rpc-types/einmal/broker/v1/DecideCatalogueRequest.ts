// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * Request of DecideCatalogue.
 */
export interface DecideCatalogueRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Version to decide on. Required.
   */
  'version'?: (string);
  /**
   * Approve or reject.
   */
  'approve'?: (boolean);
  /**
   * Why. Required.
   */
  'reason'?: (string);
  /**
   * `einmal-session+jwt` of an administrator, as pages sign it. Required.
   */
  'session_token'?: (string);
  /**
   * `einmal-catalogue-act+jwt` over this very decision: proposal, version, moment, activation it is based on, reason; signed with
   * the key of an administrator whom the catalogue in force names. Required.
   */
  'signature'?: (string);
}

/**
 * Request of DecideCatalogue.
 */
export interface DecideCatalogueRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * Version to decide on. Required.
   */
  'version'?: (string);
  /**
   * Approve or reject.
   */
  'approve'?: (boolean);
  /**
   * Why. Required.
   */
  'reason'?: (string);
  /**
   * `einmal-session+jwt` of an administrator, as pages sign it. Required.
   */
  'session_token'?: (string);
  /**
   * `einmal-catalogue-act+jwt` over this very decision: proposal, version, moment, activation it is based on, reason; signed with
   * the key of an administrator whom the catalogue in force names. Required.
   */
  'signature'?: (string);
}
