// Original file: einmal/broker/v1/catalogue_service.proto

import type { CatalogueProposalState as _einmal_broker_v1_CatalogueProposalState, CatalogueProposalState__Output as _einmal_broker_v1_CatalogueProposalState__Output } from '../../../einmal/broker/v1/CatalogueProposalState.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.js';
import type { Long } from '@grpc/proto-loader';

/**
 * A version that was proposed.
 */
export interface CatalogueProposal {
  /**
   * The `request_id` of the proposal.
   */
  'proposal'?: (string);
  /**
   * Version.
   */
  'version'?: (string);
  /**
   * What became of it.
   */
  'state'?: (_einmal_broker_v1_CatalogueProposalState);
  /**
   * Administrator who proposed it.
   */
  'proposed_by'?: (string);
  /**
   * When it was proposed.
   */
  'propose_time'?: (_google_protobuf_Timestamp | null);
  /**
   * When it shall take effect; as soon as it is approved if absent.
   */
  'activate_time'?: (_google_protobuf_Timestamp | null);
  /**
   * Names of the files that it changes; none where it goes back to an earlier version.
   */
  'changed_files'?: (string)[];
  /**
   * Administrator who decided on it; empty if nobody has.
   */
  'decided_by'?: (string);
  /**
   * When it was decided on.
   */
  'decide_time'?: (_google_protobuf_Timestamp | null);
  /**
   * What they gave as reason.
   */
  'reason'?: (string);
  /**
   * Number of the activation under which it was made.
   */
  'based_on'?: (number | string | Long);
}

/**
 * A version that was proposed.
 */
export interface CatalogueProposal__Output {
  /**
   * The `request_id` of the proposal.
   */
  'proposal'?: (string);
  /**
   * Version.
   */
  'version'?: (string);
  /**
   * What became of it.
   */
  'state'?: (_einmal_broker_v1_CatalogueProposalState__Output);
  /**
   * Administrator who proposed it.
   */
  'proposed_by'?: (string);
  /**
   * When it was proposed.
   */
  'propose_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * When it shall take effect; as soon as it is approved if absent.
   */
  'activate_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * Names of the files that it changes; none where it goes back to an earlier version.
   */
  'changed_files'?: (string)[];
  /**
   * Administrator who decided on it; empty if nobody has.
   */
  'decided_by'?: (string);
  /**
   * When it was decided on.
   */
  'decide_time'?: (_google_protobuf_Timestamp__Output);
  /**
   * What they gave as reason.
   */
  'reason'?: (string);
  /**
   * Number of the activation under which it was made.
   */
  'based_on'?: (string);
}
