import { Command, InvalidArgumentError } from 'commander';
import { ConfigFault } from '../platform/config.js';
import { StartFault } from '../platform/run-process.js';
import type { Reconciled } from '../reconciliation/reconciliation.js';
import type { Finding } from '../reconciliation/reconciliation-journal.js';
import { RegisterLogSilent } from '../reconciliation/register-log.js';
import { startReconcile } from '../reconciliation/start-reconcile.js';

type Options = Readonly<{ register: string; from: number; to: number; json?: boolean }>;

/** Exit codes: 0 both logs agree, 1 they differ, 2 cannot tell. */
export function reconcileCommand(): Command {
  return (
    new Command('reconcile')
      .description(
        "compare the node's log with that of a register (exit code 0: they agree, 1: they differ, 2: cannot tell)",
      )
      // A wrong option says nothing about the logs: not the code of "they differ".
      .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
      .requiredOption('--register <id>', 'register of the catalogue, or the identity directory')
      .requiredOption('--from <time>', 'from this time on, ISO 8601, for example 2026-11-23T00:00:00Z', moment)
      .requiredOption('--to <time>', 'before this time', moment)
      .option('--json', 'one JSON document on standard output')
      .action(async ({ register, from, to, json }: Options) => {
        process.exitCode = 2;
        try {
          if (from >= to) throw new StartFault('--to must be after --from');
          const result = await startReconcile(register, { fromMs: from, toMs: to });
          process.stdout.write(json ? `${JSON.stringify(toDocument(result), null, 2)}\n` : toText(result));
          process.exitCode = exitCodeOf(result);
        } catch (error) {
          process.stderr.write(`${sentenceOf(error)}\n`);
        }
      })
  );
}

function exitCodeOf({ differences, undecided, complete }: Reconciled): number {
  if (differences > 0) return 1;
  return undecided > 0 || !complete ? 2 : 0;
}

/** Nothing of a person: random identifiers, times, names of participants and of the catalogue. */
function toDocument({ findings, ...result }: Reconciled) {
  return { ...result, findings: findings.map(toItem) };
}

function toItem({ kind, line, members, retrieval }: Finding) {
  return {
    kind,
    retrieval: retrieval?.opened.caller.retrieval_ref,
    exchange: retrieval?.opened.caller.exchange_ref,
    ours: retrieval?.ours,
    register_sequence: line?.sequence,
    register_time: line && new Date(line.atMs).toISOString(),
    register_outcome: line?.outcome,
    members,
  };
}

function toText(result: Reconciled): string {
  const { register, from, to, lines, retrievals, open, undecided, differences, complete, findings } = result;
  const items = findings.map((finding) => {
    const { kind, retrieval, ours, register_sequence, register_outcome, members } = toItem(finding);
    const facts = {
      ...{ retrieval, ours, 'line there': register_sequence, there: register_outcome },
      members: members?.join(', '),
    };
    const told = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : `${name} ${value}`));
    return `  ${kind}: ${told.join(', ')}\n`;
  });
  return [
    `${register}, ${from} to ${to}: ${retrievals} retrievals here, ${lines} lines there, ${differences} differences\n`,
    ...items,
    ...(differences > items.length ? [`  and ${differences - items.length} more\n`] : []),
    ...(open > 0 ? [`${open} retrievals have not ended yet\n`] : []),
    ...(undecided > 0 ? [`${undecided} cannot be compared: records were erased or cannot be read\n`] : []),
    ...(complete ? [] : ['stopped after too many new differences: compare again\n']),
  ].join('');
}

function moment(text: string): number {
  const ms = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:\d{2}))?$/.test(text) || Number.isNaN(ms))
    throw new InvalidArgumentError('ISO 8601 with a time zone, or a day');
  return ms;
}

/** Any other message might quote a value. */
function sentenceOf(error: unknown): string {
  if (error instanceof RegisterLogSilent || error instanceof StartFault || error instanceof ConfigFault)
    return error.message;
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  return `cannot tell: ${error instanceof Error ? error.name : typeof error}${code}`;
}
