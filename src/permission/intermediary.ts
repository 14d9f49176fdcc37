import type { Assurance, ParticipantKind } from '../catalogue/catalogue.js';
import type { Waiting } from '../platform/call.js';
import type { Obligations } from '../tokens/obligations.js';
import type { PastCheck } from './replay-checks.js';
import type { TransferQuestion } from './transfer-question.js';

/** What the intermediary answered to one abstract question. */
export type Permission = Readonly<{
  question: TransferQuestion;
  /** Attributes that may pass. */
  fields: readonly string[];
  attestedBy: readonly ParticipantKind[];
  minAssurance: Assurance;
  obligations: Obligations;
  digestDue: boolean;
  /** Compact JWS; absent until a due digest is given. */
  token: string | undefined;
  ruleIds: readonly string[];
}>;

/**
 * The third body that permits a transfer without knowing its content (IDNrG § 7 Abs. 2). Each question goes under a
 * random id of its own, so that nothing links the questions of one exchange.
 */
export abstract class Intermediary {
  /**
   * @param asked.digest base64url SHA-256 of the register request, where a bound token is wanted
   * @param asked.beforeRelease no request follows: it gets no token, and is not counted
   * @param asked.mayBeKnown the bound question about the same follows before anything is sent: an answer of the last seconds will do
   * @throws Fault PURPOSE_NOT_REGISTERED, TRANSFER_NOT_PERMITTED, RATE_LIMITED (each with `metadata.rules`, where rules
   *   made the refusal; the last with the delay until it is worth asking again), INTERMEDIARY_UNAVAILABLE
   */
  abstract check(
    question: TransferQuestion,
    asked: Readonly<{
      purposeHash: string;
      fields: readonly string[];
      digest?: string;
      beforeRelease?: true;
      mayBeKnown?: boolean;
    }>,
    call: Waiting,
  ): Promise<Permission>;

  /**
   * What this node had checked since a moment, oldest first.
   * @param sinceMs milliseconds since the epoch
   * @throws Fault INTERMEDIARY_UNAVAILABLE
   */
  abstract pastChecks(sinceMs: number, call: Waiting): AsyncIterable<PastCheck>;
}
