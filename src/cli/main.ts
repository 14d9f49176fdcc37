#!/usr/bin/env -S node --max-semi-space-size=4
import { Command, Option } from 'commander';
import { peopleCommand } from '../demo/people/people-command.js';
import { ConfigFault } from '../platform/config.js';
import { accessCommand } from './access-command.js';
import { auditCommand } from './audit-command.js';
import { catalogueCommand } from './catalogue-command.js';
import { doctorCommand } from './doctor-command.js';
import { MIGRATED_DATABASES, migrateCommand } from './migrate-command.js';
import { onboardCommand } from './onboard-command.js';
import { policyCommand } from './policy-command.js';
import { registerCommand } from './register-command.js';
import { verifyCommand } from './verify-command.js';
import { whole } from './whole.js';

/** Files that start a process: started here as they are by themselves. */
const PROCESSES = {
  node: { what: 'a node', entry: '../main.js' },
  intermediary: { what: 'an intermediary', entry: '../intermediary/main.js' },
  pages: { what: 'the pages for citizens and data protection', entry: '../pages/main.js' },
} as const;

const program = new Command('einmal').description('Once-only register data-exchange broker.').enablePositionalOptions();

for (const [name, { what, entry }] of Object.entries(PROCESSES)) {
  program
    .command(name)
    .description(`start ${what}, configured by the environment`)
    .action(async () => void (await import(new URL(entry, import.meta.url).href)));
}

program
  .command('migrate')
  .description('bring a database to its newest state, as its owner (EINMAL_DATABASE_OWNER_URL)')
  .argument('<whose>', MIGRATED_DATABASES.join(', '))
  .option('--role <login>', 'login that uses it, which gets its rights; it must exist')
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

program.addCommand(accessCommand());
program.addCommand(auditCommand());
program.addCommand(catalogueCommand());
program.addCommand(doctorCommand());
program.addCommand(onboardCommand());

program.addCommand(registerCommand());
program.addCommand(verifyCommand());
program.addCommand(policyCommand());

try {
  await program.parseAsync();
} catch (error) {
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  const sentence =
    error instanceof ConfigFault ? error.message : `${error instanceof Error ? error.message : error}${code}`;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
