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
   * File name and content of each YAML file that changes; the others stay as they are in force. `endpoints.yaml` is no part
   * of a version. Either this or `version`.
   */
  'files'?: ({[key: string]: string});
  /**
   * When it shall take effect, if it is approved by then; as soon as it is approved if absent.
   */
  'activate_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Version that was in force or proposed before, to go back to.
   */
  'version'?: (string);
  /**
   * `einmal-session+jwt` of an administrator, as pages sign it. Required.
   */
  'session_token'?: (string);
  /**
   * `einmal-catalogue-act+jwt` over this very proposal, signed with the key of an administrator whom the catalogue in force
   * names. Required.
   */
  'signature'?: (string);
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
   * File name and content of each YAML file that changes; the others stay as they are in force. `endpoints.yaml` is no part
   * of a version. Either this or `version`.
   */
  'files'?: ({[key: string]: string});
  /**
   * When it shall take effect, if it is approved by then; as soon as it is approved if absent.
   */
  'activate_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Version that was in force or proposed before, to go back to.
   */
  'version'?: (string);
  /**
   * `einmal-session+jwt` of an administrator, as pages sign it. Required.
   */
  'session_token'?: (string);
  /**
   * `einmal-catalogue-act+jwt` over this very proposal, signed with the key of an administrator whom the catalogue in force
   * names. Required.
   */
  'signature'?: (string);
}
