import { Command } from 'commander';
import type { ErasureStatement } from '../audit/record.js';
import type { SingleErasure } from '../erasure/right-to-erasure.js';
import { startErase, startPurge } from '../erasure/start-erasure.js';
import { fsckCommand } from './fsck-command.js';
import { reconcileCommand } from './reconcile-command.js';
import { recoverCommand } from './recover-command.js';
import { whole } from './whole.js';

type EraseOptions = Readonly<{ entry: readonly number[] }> & Omit<SingleErasure, 'entries'>;

/** `einmal audit`: keeps the log as the law wants it, with the environment of a node. */
export function auditCommand(): Command {
  const command = new Command('audit').description('keep the log as the law wants it');
  command
    .command('purge')
    .description('erase records after their term, and again what a restore brought back (IDNrG § 9 Abs. 3)')
    .action(async () => tell(await startPurge()));
  command
    .command('erase')
    .description('erase single records before their time, where a person has a right to it (DSGVO Art. 17)')
    .requiredOption('--entry <index...>', 'entries of the log whose records go', indices, [])
    .requiredOption('--reason <text>', 'why; stands in the protected half of the entry')
    .requiredOption('--file-reference <text>', 'file reference of the decision')
    .requiredOption('--ordered-by <text>', 'who decided it, as your files name them; stands there too')
    .action(async ({ entry, reason, fileReference, orderedBy }: EraseOptions) =>
      tell(await startErase({ entries: entry, reason, fileReference, orderedBy })),
    );
  command.addCommand(fsckCommand());
  command.addCommand(recoverCommand());
  command.addCommand(reconcileCommand());
  return command;
}

function indices(text: string, before: readonly number[]): readonly number[] {
  return [...before, whole(0)(text)];
}

function tell(statements: readonly ErasureStatement[]): void {
  for (const statement of statements) process.stdout.write(`${JSON.stringify(statement)}\n`);
  process.stderr.write(`${statements.length} erasures stated in the log\n`);
}
