import { relative } from 'node:path';
import Table from 'cli-table3';
import { PLAIN, verificationLines } from './demo-report.js';
import { DEMO_TASK, type TaskResult } from './demo-task.js';

/** The evidence of an authority for a person at a terminal. */
export function taskReport({
  task,
  evidenceType,
  attributes,
  archive,
  archiveFile,
  verification,
  log,
  authority,
}: TaskResult): string {
  const { evidence, not_delivered, receipt, state } = task.answer;
  const shown = new Table({ head: ['Attribute', 'Value', 'Register', 'As of', 'Assurance'], ...PLAIN });
  const withheld = new Table({ head: ['Withheld', 'By'], ...PLAIN });
  for (const { register, as_of, assurance, withheld: fields } of evidence) {
    for (const { id, title } of evidenceType.attributes)
      if (id in attributes) shown.push([title.de, readable(attributes[id]), register, as_of.slice(0, 10), assurance]);
    const norms = Map.groupBy(fields, ({ norm }) => norm);
    for (const [norm, of] of norms) withheld.push([of.map(({ attribute }) => attribute).join(', '), norm]);
  }
  const missing = not_delivered.map((it) => `Not delivered: ${it.evidence_type}, ${it.reason}: ${it.manual}`);
  return [
    `${evidenceType.title.de} for ${authority} under ${task.norm} (synthetic persons, simulated registers)`,
    shown.toString(),
    withheld.toString(),
    ...missing,
    `State: ${state.toLowerCase()}. In the log alone, encrypted: file ${DEMO_TASK.fileReference}, official ${DEMO_TASK.actingOfficial}`,
    `Receipt: entry ${receipt.log_index} of a log of ${receipt.tree_size} entries, root ${receipt.root_hash}`,
    ...verificationLines(verification, log),
    `Archive: ${relative(process.cwd(), archiveFile)} ${archive.verdict === 'holds' ? '✔' : '✘'}, again at any time: npx einmal verify archive <file> --vkey <key of the log>`,
  ].join('\n');
}

function readable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
