// Original file: einmal/broker/v1/receipt.proto

import type { Opening as _einmal_broker_v1_Opening, Opening__Output as _einmal_broker_v1_Opening__Output } from '../../../einmal/broker/v1/Opening.js';
import type { Long } from '@grpc/proto-loader';

/**
 * Proof that an entry was in the log before the answer left the node. Verifiable offline with the log's public key.
 */
export interface Receipt {
  /**
   * Index of the entry, from 0.
   */
  'log_index'?: (number | string | Long);
  /**
   * Number of entries that the checkpoint covers.
   */
  'tree_size'?: (number | string | Long);
  /**
   * Root of the tree of `tree_size` entries, 32 bytes (RFC 6962 section 2.1).
   */
  'root_hash'?: (Buffer | Uint8Array | string);
  /**
   * C2SP tlog-checkpoint: a signed note over origin, size and root.
   */
  'checkpoint'?: (string);
  /**
   * Inclusion proof, hashes of 32 bytes, leaf sibling first (RFC 6962 section 2.1.1).
   */
  'inclusion_proof'?: (Buffer | Uint8Array | string)[];
  /**
   * The leaf: a version byte and a salted commitment of 32 bytes.
   */
  'entry'?: (Buffer | Uint8Array | string);
  /**
   * What the caller needs to recompute the commitment.
   */
  'opening'?: (_einmal_broker_v1_Opening | null);
  /**
   * The same as one C2SP tlog-proof file.
   */
  'tlog_proof'?: (string);
}

/**
 * Proof that an entry was in the log before the answer left the node. Verifiable offline with the log's public key.
 */
export interface Receipt__Output {
  /**
   * Index of the entry, from 0.
   */
  'log_index'?: (string);
  /**
   * Number of entries that the checkpoint covers.
   */
  'tree_size'?: (string);
  /**
   * Root of the tree of `tree_size` entries, 32 bytes (RFC 6962 section 2.1).
   */
  'root_hash'?: (Buffer);
  /**
   * C2SP tlog-checkpoint: a signed note over origin, size and root.
   */
  'checkpoint'?: (string);
  /**
   * Inclusion proof, hashes of 32 bytes, leaf sibling first (RFC 6962 section 2.1.1).
   */
  'inclusion_proof'?: (Buffer)[];
  /**
   * The leaf: a version byte and a salted commitment of 32 bytes.
   */
  'entry'?: (Buffer);
  /**
   * What the caller needs to recompute the commitment.
   */
  'opening'?: (_einmal_broker_v1_Opening__Output);
  /**
   * The same as one C2SP tlog-proof file.
   */
  'tlog_proof'?: (string);
}
