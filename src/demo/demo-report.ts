import Table from 'cli-table3';
import { ownStatementsOn } from '../client/own-statements.js';
import type { Report } from '../verify/report.js';
import type { Verification } from '../verify/verify-answer.js';
import type { ExchangeResult } from './demo-exchange.js';

/** One line per row: no rules between them. */
export const PLAIN = {
  style: { head: [], border: [], compact: true },
  wordWrap: true,
};

/** The result for a person at a terminal. */
export function demoReport({ service, answer, verification, log }: ExchangeResult): string {
  const filled = new Table({ head: ['Field', 'Value', 'FIM id', 'Register', 'As of', 'Assurance'], ...PLAIN });
  for (const { label, value, fim_id, source, alternatives } of answer.fields) {
    const { register, as_of, assurance } = source;
    const others = alternatives.map((it) => `\n≠ ${it.value} (${it.source.register})`).join('');
    const own = ownStatementsOn(answer, { source, alternatives }).map((it) => `\n≠ ${it} (own statement)`);
    filled.push([label, `${value}${others}${own.join('')}`, fim_id, register, as_of.slice(0, 10), assurance]);
  }
  const missing = new Table({
    head: ['Not delivered', 'About', 'State', 'Reason', 'Instead'],
    colWidths: [34, 12, 12, 24, 66],
    ...PLAIN,
  });
  for (const { evidence_type, subject_role, state, reason, manual, available_at } of answer.not_delivered)
    missing.push([evidence_type, subject_role, stateText(state, available_at), reason, manual]);
  const { log_index, tree_size, root_hash } = answer.receipt;
  return [
    `${service.title.de}: the filled form (synthetic persons, simulated registers)`,
    filled.toString(),
    ...(answer.not_delivered.length > 0 ? [missing.toString()] : []),
    `State: ${answer.state === 'COMPLETE' ? 'complete' : 'incomplete'} (complete when each piece is delivered or refused)`,
    `Receipt: entry ${log_index} of a log of ${tree_size} entries, root ${root_hash}`,
    ...verificationLines(verification, log),
  ].join('\n');
}

/** `deferred until 2026-12-01T00:00:00.000Z` */
function stateText(state: string, availableAt: string | undefined): string {
  const text = state.toLowerCase().replaceAll('_', ' ');
  return availableAt === undefined ? text : `${text} until ${availableAt}`;
}

/** What was verified, and what does not hold. */
export function verificationLines(verification: Verification, log: Report): readonly string[] {
  const { evidence, permission, trigger, inclusion } = verification;
  const witnesses = log.verdict === 'holds';
  const shown = Object.entries({ evidence, permission, trigger, inclusion, witnesses }).map(
    ([part, holds]) => `${part} ${holds ? '✔' : '✘'}`,
  );
  return [
    `Verified with public keys alone: ${shown.join('  ')}`,
    ...verification.faults.map((fault) => `  ${fault}`),
    ...log.checks.filter(({ state }) => state !== 'holds').map(({ what, detail }) => `  ${what}: ${detail}`),
  ];
}
