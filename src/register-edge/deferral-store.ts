import { canonicalDigest } from '../tokens/digest.js';
import type { Asked } from './asked.js';

/** What was announced for later: for which decision, to which node, and what exactly. */
export type Deferral = Readonly<{
  attester: string;
  /** `jti` of the attestation. */
  attestation: string;
  /** Participant that was told. */
  caller: string;
  content: string;
  /** Milliseconds since the epoch: the moment at which the decision was in force. */
  deferredAt: number;
}>;

/**
 * Announcements of this register, shared by its replicas and durable. They keep a decision open for what was announced.
 *
 * - `put` remembers the first announcement for a decision; a further one changes nothing.
 * - `find` gives it as long as it may be fetched: 90 days, and a day after it was answered, for an answer that was lost.
 * - `answered` says that it was given.
 */
export abstract class DeferralStore {
  abstract put(deferral: Deferral): Promise<void>;
  abstract find(attester: string, attestation: string): Promise<Deferral | undefined>;
  abstract answered(attester: string, attestation: string): Promise<void>;
}

/** Digest of what is asked for, without what each attempt makes anew. Its salted commitment keeps it from being guessed. */
export function contentOf(request: Asked['request']): string {
  const { retrieval_id: _retrieval, nonce: _nonce, issued_at: _issued, ...content } = request;
  return canonicalDigest(content);
}
