import type { Answered, DecisionRequest } from './decision-request.js';

export type StoredRequest = DecisionRequest & Answered;

/** Requests for decisions, for all nodes on one database; content sealed, links by digest alone. What has expired is not there. */
export abstract class DecisionStore {
  /** @returns false where this consumer used the request id before */
  abstract put(request: DecisionRequest, linkDigest: string, requestId: string): Promise<boolean>;
  /** What this consumer asked under a request id. */
  abstract byRequest(requestId: string, consumer: string): Promise<StoredRequest | undefined>;
  /** Gives it another link; the one before ends. @returns false where it was answered, or has expired */
  abstract relink(id: string, linkDigest: string): Promise<boolean>;
  abstract byLink(linkDigest: string): Promise<StoredRequest | undefined>;
  /** Undefined also for another consumer's. */
  abstract byId(id: string, consumer: string): Promise<StoredRequest | undefined>;
  /** Of two different answers that race one wins; the same one may be given again. @returns undefined for another than the first */
  abstract answer(id: string, triggerIds: readonly string[]): Promise<'first' | 'repeat' | undefined>;
  /** Takes this answer back of which nothing was granted. */
  abstract reopen(id: string, triggerIds: readonly string[]): Promise<void>;
  abstract destroyExpired(): Promise<void>;
}
