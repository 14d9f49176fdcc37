import type { AuditReceipt } from '../audit/log-store.js';
import type { LookupRequest } from '../tokens/register-request.js';

export type FoundPerson = Readonly<{ idnr: string; birth_date: string }>;

/** The identity directory (the IDA role): exactly one person or nothing, never candidates (IDNrG § 6 Abs. 4). */
export abstract class IdentityDirectory {
  /**
   * @param receipt of "identity opened": no log, no lookup
   * @returns undefined for none, several and blocked alike
   * @throws Fault IDENTITY_DIRECTORY_UNAVAILABLE, REGISTER_REFUSED
   */
  abstract lookup(
    receipt: AuditReceipt,
    request: LookupRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    call: Readonly<{ deadline: number; signal: AbortSignal }>,
  ): Promise<FoundPerson | undefined>;
}
