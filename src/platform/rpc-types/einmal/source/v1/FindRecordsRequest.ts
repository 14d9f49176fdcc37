// Original file: einmal/source/v1/record_service.proto

import type { RecordKey as _einmal_source_v1_RecordKey, RecordKey__Output as _einmal_source_v1_RecordKey__Output } from '../../../einmal/source/v1/RecordKey.js';

/**
 * Request of FindRecords.
 */
export interface FindRecordsRequest {
  /**
   * Evidence type of the catalogue. Required.
   */
  'evidence_type'?: (string);
  /**
   * Whose records. Required. One whom nobody is (number `00000000000`, court `NONE`) is asked for to see how the source is.
   */
  'key'?: (_einmal_source_v1_RecordKey | null);
  /**
   * Columns that are asked for, by the names that the edge's file maps: read no others (GDPR Art. 5 (1) c). May be empty.
   */
  'columns'?: (string)[];
}

/**
 * Request of FindRecords.
 */
export interface FindRecordsRequest__Output {
  /**
   * Evidence type of the catalogue. Required.
   */
  'evidence_type'?: (string);
  /**
   * Whose records. Required. One whom nobody is (number `00000000000`, court `NONE`) is asked for to see how the source is.
   */
  'key'?: (_einmal_source_v1_RecordKey__Output);
  /**
   * Columns that are asked for, by the names that the edge's file maps: read no others (GDPR Art. 5 (1) c). May be empty.
   */
  'columns'?: (string)[];
}
