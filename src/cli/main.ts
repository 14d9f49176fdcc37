#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { peopleCommand } from '../demo/people/people-command.js';
import { startPurge } from '../erasure/start-purge.js';
import { ConfigFault } from '../platform/config.js';
import { MIGRATED_PROCESSES, migrateCommand } from './migrate-command.js';
import { policyCommand } from './policy-command.js';
import { verifyCommand } from './verify-command.js';

/** Files that start a process: started here as they are by themselves. */
const PROCESSES = {
  node: { what: 'a node', entry: '../main.js' },
  intermediary: { what: 'an intermediary', entry: '../intermediary/main.js' },
  register: { what: 'a register edge', entry: '../register-edge/main.js' },
} as const;

const program = new Command('einmal').description('Once-only register data-exchange broker.');

for (const [name, { what, entry }] of Object.entries(PROCESSES)) {
  program
    .command(name)
    .description(`start ${what}, configured by the environment`)
    .action(async () => void (await import(new URL(entry, import.meta.url).href)));
}

program
  .command('migrate')
  .description('bring the database of a process to its newest state, as its owner (EINMAL_DATABASE_OWNER_URL)')
  .argument('<process>', MIGRATED_PROCESSES.join(', '))
  .option('--role <login>', 'login of the process, which gets its rights; it must exist')
  .action(migrateCommand);

program
  .command('people')
  .description('write a deterministic synthetic population')
  .requiredOption('--count <number>', 'persons', whole(1))
  .requiredOption('--seed <number>', 'seed', whole(0))
  .option('--out <file>', 'file to write; standard output if absent')
  .addOption(
    new Option('--format <format>', 'one household or one person per line')
      .choices(['ndjson', 'csv'])
      .default('ndjson'),
  )
  .action(peopleCommand);

program
  .command('audit')
  .description('keep the log as the law wants it')
  .command('purge')
  .description('erase records after their term, and again what a restore brought back (IDNrG § 9 Abs. 3)')
  .action(async () => {
    const statements = await startPurge();
    for (const statement of statements) process.stdout.write(`${JSON.stringify(statement)}\n`);
    process.stderr.write(`${statements.length} erasures stated in the log\n`);
  });

program.addCommand(verifyCommand());
program.addCommand(policyCommand());

function whole(min: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isSafeInteger(number) || number < min) throw new InvalidArgumentError(`a whole number from ${min} on`);
    return number;
  };
}

try {
  await program.parseAsync();
} catch (error) {
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  const sentence =
    error instanceof ConfigFault ? error.message : `${error instanceof Error ? error.message : error}${code}`;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
