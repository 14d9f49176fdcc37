import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { startOpening, startProposal, startSignature } from '../recovery/start-opening.js';
import { startReplay } from '../recovery/start-recovery.js';
import type { RecoveryStatement } from '../tokens/recovery-token.js';
import { postgresStarter } from './postgres-starter.js';

type WalOptions = Readonly<{ backup: string; archive: string; target: string; bin?: string }>;
type SignOptions = Readonly<{ as: string; key: string }>;

/** `einmal audit recover`: what to do when the node says that its log was rolled back. Never touches a healthy one. */
export function recoverCommand(): Command {
  const command = new Command('recover').description('bring a log back that was rolled back, or go on in another one');
  command
    .command('wal')
    .description('replay archived WAL over an older base backup, up to what was acknowledged')
    .requiredOption('--backup <folder>', 'base backup: a data folder of PostgreSQL, which stays as it is')
    .requiredOption('--archive <folder>', 'archived WAL')
    .requiredOption('--target <folder>', 'where the recovered data folder is made')
    .option('--bin <folder>', "PostgreSQL's programs; those of the package if absent")
    .action(recoverWal);
  command
    .command('propose')
    .description('print what is lost for good, for two administrators to sign; makes the key of the new log')
    .requiredOption('--new-origin <name>', 'name of the log that goes on')
    .action(async ({ newOrigin }: Readonly<{ newOrigin: string }>) => {
      const statement = await startProposal(newOrigin);
      process.stderr.write(described(statement));
      process.stdout.write(`${JSON.stringify(statement, undefined, 2)}\n`);
    });
  command
    .command('sign')
    .description("print one administrator's signature under a statement")
    .argument('<statement>', 'file that "recover propose" printed')
    .requiredOption('--as <administrator>', 'who signs, as the catalogue names them')
    .requiredOption('--key <file>', 'private key (JWK)')
    .action(async (file: string, options: SignOptions) => {
      const { statement, token } = await startSignature({ statement: file, key: options.key }, options.as);
      process.stderr.write(described(statement));
      process.stdout.write(`${token}\n`);
    });
  command
    .command('open')
    .description('end the log and open the new one, by the signatures of two administrators')
    .requiredOption('--signed <file...>', 'the two signatures')
    .action(async ({ signed }: Readonly<{ signed: readonly string[] }>) => {
      const tokens = await Promise.all(signed.map(async (file) => (await readFile(file, 'utf8')).trim()));
      const { statement, by, newOrigin } = await startOpening(tokens);
      process.stderr.write(`${described(statement)}Decided by ${by.join(' and ')}. The new log is open:\n`);
      process.stdout.write(`EINMAL_LOG_ORIGIN=${newOrigin}\nverifier key: ${statement.new_log}\n`);
    });
  return command;
}

async function recoverWal({ backup, archive, target, bin }: WalOptions): Promise<void> {
  const folders = { backup: resolve(backup), archive: resolve(archive), target: resolve(target) };
  const found = await startReplay({ ...folders, ...(await postgresStarter(bin)) });
  const { size, acknowledged, fault } = found;
  process.stdout.write(`recovered: ${size} entries, root ${found.root.toString('base64')}\n`);
  process.stdout.write(`acknowledged: ${acknowledged ?? 'not known, no checkpoint is kept'}\n`);
  if (fault === undefined) {
    process.stdout.write(
      `It holds. Start PostgreSQL on ${folders.target}, then: einmal audit fsck, einmal audit purge, the nodes.\n`,
    );
    return;
  }
  process.stdout.write(
    `It does NOT hold: ${fault}.\nLook for the missing WAL, or let two administrators decide: einmal audit recover propose.\n`,
  );
  process.exitCode = 1;
}

/** For the person who signs: nothing of it is hidden in a file. */
function described({ old_log, new_log, cause, kept, database, lost }: RecoveryStatement): string {
  const acknowledged = kept === undefined ? 'not known' : `${kept.size} entries, root ${kept.root}`;
  return [
    `The log ${old_log} ends (${cause}).`,
    `  acknowledged: ${acknowledged}`,
    `  in the database: ${database.size} entries, root ${database.root}`,
    `  lost for good: the entries from ${lost.from} ${lost.to === undefined ? 'on' : `to ${lost.to - 1}`}`,
    `The log ${new_log} goes on.`,
    '',
  ].join('\n');
}
