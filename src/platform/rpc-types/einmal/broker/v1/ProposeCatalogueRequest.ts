// Original file: einmal/broker/v1/catalogue_service.proto

import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';

/**
 * Request of ProposeCatalogue.
 */
export interface ProposeCatalogueRequest {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * File name and content of each YAML file of the new version. Required.
   */
  'files'?: ({[key: string]: string});
  /**
   * When it shall take effect. Required.
   */
  'activate_time'?: (_google_protobuf_Timestamp | null);
}

/**
 * Request of ProposeCatalogue.
 */
export interface ProposeCatalogueRequest__Output {
  /**
   * UUID chosen by the caller. Required.
   */
  'request_id'?: (string);
  /**
   * File name and content of each YAML file of the new version. Required.
   */
  'files'?: ({[key: string]: string});
  /**
   * When it shall take effect. Required.
   */
  'activate_time'?: (_google_protobuf_Timestamp__Output);
}
