import type { AuditReceipt } from '../audit/log-store.js';
import type { RegisterStatement } from '../audit/record.js';
import type { Waiting } from '../platform/call.js';
import type { LookupRequest } from '../tokens/register-request.js';

export type FoundPerson = Readonly<{ idnr: string; birth_date: string }>;

/** The identity directory (the IDA role): exactly one person or nothing, never candidates (IDNrG § 6 Abs. 4). */
export abstract class IdentityDirectory {
  /**
   * To be called before anything is opened for it, whoever it is about.
   * @throws Fault IDENTITY_DIRECTORY_UNAVAILABLE where it would not be asked now, with the delay until it is worth it
   */
  abstract demandAskable(register: string, call: Waiting): void;

  /**
   * Waits for the turn that a lookup would get, and sends nothing: what depends on others must not tell nobody from somebody
   * (IDNrG § 6 Abs. 5).
   * @throws Fault IDENTITY_DIRECTORY_UNAVAILABLE as `lookup` would
   */
  abstract turn(register: string, call: Waiting): Promise<void>;

  /**
   * @param receipt of "identity opened": no log, no lookup
   * @param call `late` is told at most once, after this failed as an outage, of an answer that came all the same; whom it
   *   names is destroyed unread
   * @returns undefined for none, several and blocked alike
   * @throws Fault IDENTITY_DIRECTORY_UNAVAILABLE, REGISTER_REFUSED, REGISTER_RATE_LIMITED
   */
  abstract lookup(
    receipt: AuditReceipt,
    request: LookupRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    call: Waiting & Readonly<{ late: (statement: RegisterStatement) => void }>,
  ): Promise<FoundPerson | undefined>;
}
