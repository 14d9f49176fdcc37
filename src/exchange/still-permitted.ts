import { Intermediary } from '../permission/intermediary.js';
import { Fault, refusal } from '../platform/fault.js';
import { REASONS } from '../platform/reasons.js';
import type { ExchangeContext, GivenRetrieval, RestsOn } from './exchange.js';
import type { PermissionInForce } from './permission-in-force.js';

/** Which of them the intermediary permits still. What removes permission applies before every release, however late (design 5). */
export async function stillPermitted(
  intermediary: Intermediary,
  { deadline, signal, purpose }: Pick<ExchangeContext, 'deadline' | 'signal'> & Pick<RestsOn, 'purpose'>,
  retrievals: readonly GivenRetrieval[],
): Promise<ReadonlySet<string>> {
  const ids = await Promise.all(
    retrievals.map(async ({ retrievalId, permission, fields }) => {
      try {
        const { question } = permission;
        const asked = { purposeHash: purpose.hash, fields, beforeRelease: true } as const;
        const now = await intermediary.check(question, asked, { deadline, signal });
        return fields.every((field) => now.fields.includes(field)) ? [retrievalId] : [];
      } catch (error) {
        if (error instanceof Fault && REASONS[error.reason].kind === 'refusal') return [];
        throw error;
      }
    }),
  );
  return new Set(ids.flat());
}

/** An answer that is given again is a release like the first. @throws Fault TRANSFER_NOT_PERMITTED */
export async function demandStillPermitted(
  intermediary: Intermediary,
  inForce: PermissionInForce,
  given: Omit<ExchangeContext, 'purpose'>,
  { purpose, retrievals }: RestsOn,
): Promise<void> {
  const permitted = await stillPermitted(intermediary, { ...given, purpose }, retrievals);
  for (const it of retrievals) {
    inForce.demand({ caller: given.caller, purpose }, it);
    if (!permitted.has(it.retrievalId)) throw refusal('TRANSFER_NOT_PERMITTED');
  }
}
