import type { Verifiable } from './verifiable-answer.js';

/** The parts of what `npm run demo -- --json` prints that are verified, from an answer. */
export function demoDocument({ answer, trust }: Verifiable) {
  const { opening, ...receipt } = answer.receipt;
  return {
    fields: answer.fields,
    not_delivered: answer.not_delivered,
    receipt: { ...receipt, opening: { ...opening, release_salt: answer.release_salt } },
    evidence: answer.evidence.map(({ sd_jwt }) => sd_jwt),
    trust,
  };
}
