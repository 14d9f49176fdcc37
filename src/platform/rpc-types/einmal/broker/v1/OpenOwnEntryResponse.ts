// Original file: einmal/broker/v1/citizen_service.proto

import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from '../../../einmal/broker/v1/Receipt.js';

/**
 * Response of OpenOwnEntry. Evidence is not in the log: what was passed on is known by the names of its attributes.
 */
export interface OpenOwnEntryResponse {
  /**
   * The entry with its proof in the tree of the newest checkpoint that the witnesses cosigned, or of the newest where they
   * have not yet.
   */
  'receipt'?: (_einmal_broker_v1_Receipt | null);
  /**
   * Whether that checkpoint has the cosignatures of the quorum.
   */
  'witnessed'?: (boolean);
  /**
   * Names of the attributes asked for or passed on.
   */
  'attributes'?: (string)[];
  /**
   * File reference of the authority, where it acted for a statutory task or searched.
   */
  'file_reference'?: (string);
  /**
   * By virtue of what somebody else decided for the subject; empty where nobody did.
   */
  'representation'?: (string);
  /**
   * About how many of the attributes the person stated something themself when they released them.
   */
  'own_statements'?: (number);
}

/**
 * Response of OpenOwnEntry. Evidence is not in the log: what was passed on is known by the names of its attributes.
 */
export interface OpenOwnEntryResponse__Output {
  /**
   * The entry with its proof in the tree of the newest checkpoint that the witnesses cosigned, or of the newest where they
   * have not yet.
   */
  'receipt'?: (_einmal_broker_v1_Receipt__Output);
  /**
   * Whether that checkpoint has the cosignatures of the quorum.
   */
  'witnessed'?: (boolean);
  /**
   * Names of the attributes asked for or passed on.
   */
  'attributes'?: (string)[];
  /**
   * File reference of the authority, where it acted for a statutory task or searched.
   */
  'file_reference'?: (string);
  /**
   * By virtue of what somebody else decided for the subject; empty where nobody did.
   */
  'representation'?: (string);
  /**
   * About how many of the attributes the person stated something themself when they released them.
   */
  'own_statements'?: (number);
}
