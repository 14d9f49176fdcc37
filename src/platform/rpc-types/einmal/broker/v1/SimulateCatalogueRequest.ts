// Original file: einmal/broker/v1/catalogue_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of SimulateCatalogue.
 */
export interface SimulateCatalogueRequest {
  /**
   * Version to simulate. Required.
   */
  'version'?: (string);
  /**
   * Replay requests logged since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Request of SimulateCatalogue.
 */
export interface SimulateCatalogueRequest__Output {
  /**
   * Version to simulate. Required.
   */
  'version'?: (string);
  /**
   * Replay requests logged since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp__Output);
}
