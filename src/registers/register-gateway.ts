import type { AuditReceipt } from '../audit/log-store.js';
import type { RetrievalRequest } from '../tokens/register-request.js';

/** What a register answered, not yet opened: encrypted to the consumer. */
export type RegisterAnswer =
  | Readonly<{ kind: 'evidence'; jwe: string }>
  | Readonly<{ kind: 'deferred'; availableAt: number }>
  /** Nobody by that number, several, blocked or no record: one answer (IDNrG § 6 Abs. 5). */
  | Readonly<{ kind: 'not-available' }>
  | Readonly<{ kind: 'refused'; reason: string }>
  | Readonly<{ kind: 'unavailable'; cause: string }>;

/** A register behind its edge. Never throws for what a register does: each ending is an answer. */
export abstract class RegisterGateway {
  /** @param receipt of "retrieval opened", durable: no log, no fetch (FZV § 68) */
  abstract ask(
    receipt: AuditReceipt,
    request: RetrievalRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    call: Readonly<{ deadline: number; signal: AbortSignal }>,
  ): Promise<RegisterAnswer>;
}
