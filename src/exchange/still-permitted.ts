import { Intermediary } from '../permission/intermediary.js';
import { Fault } from '../platform/fault.js';
import { REASONS } from '../platform/reasons.js';
import type { ExchangeContext, PlannedRetrieval } from './exchange.js';

/** Which of them the intermediary permits still. What removes permission applies before every release, however late (design 5). */
export async function stillPermitted(
  intermediary: Intermediary,
  { deadline, signal, purpose }: Pick<ExchangeContext, 'deadline' | 'signal' | 'purpose'>,
  retrievals: readonly PlannedRetrieval[],
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
