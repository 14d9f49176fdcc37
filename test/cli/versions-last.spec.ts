import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { versionsLast } from '../../src/cli/versions-last.js';

const VERSION = `-h${'A'.repeat(41)}`;

/** What a command of a group understands, as the groups of `einmal` are put together. */
async function understood(given: readonly string[]): Promise<unknown> {
  let found: unknown;
  const approve = new Command('approve')
    .argument('<version>')
    .requiredOption('--reason <text>')
    .option('--as <who>')
    .action((version, options) => {
      found = { version, ...options };
    });
  const program = new Command('einmal').enablePositionalOptions().exitOverride();
  program.addCommand(new Command('policy').addCommand(approve.exitOverride()).exitOverride());
  await program.parseAsync(versionsLast(given), { from: 'user' });
  return found;
}

describe('a version of the catalogue that begins with "-"', () => {
  it.each([
    [['policy', 'approve', VERSION, '--reason', 'checked', '--as', 'one']],
    [['policy', 'approve', '--reason', 'checked', '--as', 'one', '--', VERSION]],
  ])('is taken for a version: %j', async (given) => {
    expect(await understood(given)).toEqual({ version: VERSION, reason: 'checked', as: 'one' });
  });

  it('stays where it is the value of an option', async () => {
    expect(await understood(['policy', 'approve', 'other', '--reason', VERSION])).toEqual({
      version: 'other',
      reason: VERSION,
    });
  });
});
