#!/usr/bin/env -S node --max-semi-space-size=4
import { Command, Option } from 'commander';
import type { PeopleOptions } from '../demo/people/people-command.js';
import { ConfigFault } from '../platform/config.js';
import { MIGRATED_DATABASES, migrateCommand } from './migrate-command.js';
import { versionsLast } from './versions-last.js';
import { whole } from './whole.js';

/** Files that start a process: started here as they are by themselves. */
const PROCESSES = {
  node: { what: 'a node', entry: '../main.js' },
  intermediary: { what: 'an intermediary', entry: '../intermediary/main.js' },
  pages: { what: 'the pages for citizens and data protection', entry: '../pages/main.js' },
} as const;

/** What a command needs is loaded for that command alone: most of a second is saved. */
const GROUPS: Readonly<Record<string, () => Promise<Command>>> = {
  access: async () => (await import('./access-command.js')).accessCommand(),
  audit: async () => (await import('./audit-command.js')).auditCommand(),
  catalogue: async () => (await import('./catalogue-command.js')).catalogueCommand(),
  doctor: async () => (await import('./doctor-command.js')).doctorCommand(),
  onboard: async () => (await import('./onboard-command.js')).onboardCommand(),
  register: async () => (await import('./register-command.js')).registerCommand(),
  verify: async () => (await import('./verify-command.js')).verifyCommand(),
  policy: async () => (await import('./policy-command.js')).policyCommand(),
};

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
  .action(async (options: PeopleOptions) => (await import('../demo/people/people-command.js')).peopleCommand(options));

const [wanted = ''] = process.argv.slice(2);
const group = GROUPS[wanted];
if (group !== undefined) program.addCommand(await group());
else if (!program.commands.some((it) => it.name() === wanted))
  for (const each of Object.values(GROUPS)) program.addCommand(await each());

try {
  await program.parseAsync(versionsLast(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  const sentence =
    error instanceof ConfigFault ? error.message : `${error instanceof Error ? error.message : error}${code}`;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
