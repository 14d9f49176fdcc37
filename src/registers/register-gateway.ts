import type { AuditReceipt } from '../audit/log-store.js';
import type { RegisterStatement } from '../audit/record.js';
import type { Waiting } from '../platform/call.js';
import type { NotNow } from '../platform/guard/party-guard.js';
import type { RetrievalRequest } from '../tokens/register-request.js';

/** Why a register is not asked now. */
export type RegisterNotNow = NotNow<'REGISTER_SUSPENDED' | 'REGISTER_BUSY'>;

/** What a register answered, not yet opened: encrypted to the consumer. */
export type RegisterAnswer =
  | Readonly<{ kind: 'evidence'; jwe: string }>
  | Readonly<{ kind: 'deferred'; availableAt: number }>
  /** Nobody by that number, several, blocked or no record: one answer (IDNrG § 6 Abs. 5). */
  | Readonly<{ kind: 'not-available' }>
  /** `retryDelayMs`: not for ever. */
  | Readonly<{ kind: 'refused'; reason: string; retryDelayMs?: number }>
  /**
   * `hasAnswered`: it sent what cannot be taken for an answer. `repeatable`: it says that it gave nothing, or was not reached;
   * the very same request may be sent again. `ofRecord`: it has what was asked for, and cannot give it; nothing came.
   */
  | Readonly<{ kind: 'unavailable'; cause: string; hasAnswered?: true; repeatable?: true; ofRecord?: true }>
  /** Nothing was sent to it. */
  | (Readonly<{ kind: 'not-asked' }> & RegisterNotNow);

/** What the log keeps of an answer. */
export function statementOf(answer: RegisterAnswer): RegisterStatement {
  switch (answer.kind) {
    case 'not-available':
      return { answered: 'not_available' };
    case 'refused':
      return { answered: 'refused', register_reason: answer.reason };
    case 'unavailable':
      return { answered: answer.hasAnswered ? 'evidence' : 'none' };
    case 'not-asked':
      return { answered: 'not_asked' };
    default:
      return { answered: answer.kind };
  }
}

/** A register behind its edge. Never throws for what a register does: each ending is an answer. */
export abstract class RegisterGateway {
  /** Why this register would not be asked now; to be looked at before anything is opened for it. */
  notNow(_register: string): RegisterNotNow | undefined {
    return undefined;
  }

  /**
   * Waits for the turn that a request would get, and sends nothing. @returns why it would not have been sent: what depends on
   * the register and on others must not tell nobody from somebody (IDNrG § 6 Abs. 5)
   */
  turn(_register: string, _call: Waiting): Promise<RegisterNotNow | undefined> {
    return Promise.resolve(undefined);
  }

  /**
   * @param receipt of "retrieval opened", or of its repeat, durable: no log, no fetch (FZV § 68)
   * @param call `late` is told at most once, after this ended as `unavailable`, of an answer that came all the same; its
   *   content is destroyed unread. `wasAnnounced`: the register answered "later" before, and keeps the decision open for it
   */
  abstract ask(
    receipt: AuditReceipt,
    request: RetrievalRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    call: Readonly<{
      deadline: number;
      signal: AbortSignal;
      late: (statement: RegisterStatement) => void;
      wasAnnounced?: boolean;
    }>,
  ): Promise<RegisterAnswer>;
}
