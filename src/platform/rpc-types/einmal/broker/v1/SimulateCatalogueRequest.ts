// Original file: einmal/broker/v1/catalogue_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of SimulateCatalogue.
 */
export interface SimulateCatalogueRequest {
  /**
   * Version to simulate. Without `files` it must be the one in force.
   */
  'version'?: (string);
  /**
   * Replay requests logged since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp | null);
  /**
   * File name and content of YAML files to simulate, for example `rules.yaml`; what is absent stays as it is in force.
   */
  'files'?: ({[key: string]: string});
}

/**
 * Request of SimulateCatalogue.
 */
export interface SimulateCatalogueRequest__Output {
  /**
   * Version to simulate. Without `files` it must be the one in force.
   */
  'version'?: (string);
  /**
   * Replay requests logged since then. Required.
   */
  'since_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * File name and content of YAML files to simulate, for example `rules.yaml`; what is absent stays as it is in force.
   */
  'files'?: ({[key: string]: string});
}
