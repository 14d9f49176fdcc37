// Original file: einmal/broker/v1/catalogue_service.proto


/**
 * One thing wrong in a catalogue.
 */
export interface CatalogueFault {
  /**
   * Name of the file.
   */
  'file'?: (string);
  /**
   * Line in it, from 1; 0 where the whole file is meant.
   */
  'line'?: (number);
  /**
   * What is wrong, in English.
   */
  'message'?: (string);
}

/**
 * One thing wrong in a catalogue.
 */
export interface CatalogueFault__Output {
  /**
   * Name of the file.
   */
  'file'?: (string);
  /**
   * Line in it, from 1; 0 where the whole file is meant.
   */
  'line'?: (number);
  /**
   * What is wrong, in English.
   */
  'message'?: (string);
}
