// Original file: einmal/broker/v1/oversight_service.proto


/**
 * What an officer states for the report to the supervisory authority (GDPR Art. 33 (1) and (3)); what is absent may follow
 * later ((4)). Texts have 500 characters at most.
 */
export interface BreachReport {
  /**
   * How many persons are concerned, approximately; absent until it is stated.
   */
  'persons'?: (number);
  /**
   * How many records are concerned, approximately; absent until it is stated.
   */
  'records'?: (number);
  /**
   * Name and contact of the data-protection officer or of who else can say more.
   */
  'contact'?: (string);
  /**
   * Likely consequences.
   */
  'consequences'?: (string);
  /**
   * Measures that were taken or are proposed.
   */
  'measures'?: (string);
  /**
   * Why it is reported after more than 72 hours.
   */
  'delay'?: (string);
  '_persons'?: "persons";
  '_records'?: "records";
}

/**
 * What an officer states for the report to the supervisory authority (GDPR Art. 33 (1) and (3)); what is absent may follow
 * later ((4)). Texts have 500 characters at most.
 */
export interface BreachReport__Output {
  /**
   * How many persons are concerned, approximately; absent until it is stated.
   */
  'persons'?: (number);
  /**
   * How many records are concerned, approximately; absent until it is stated.
   */
  'records'?: (number);
  /**
   * Name and contact of the data-protection officer or of who else can say more.
   */
  'contact'?: (string);
  /**
   * Likely consequences.
   */
  'consequences'?: (string);
  /**
   * Measures that were taken or are proposed.
   */
  'measures'?: (string);
  /**
   * Why it is reported after more than 72 hours.
   */
  'delay'?: (string);
  '_persons'?: "persons";
  '_records'?: "records";
}
