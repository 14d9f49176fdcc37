import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { AccessTokens } from '../client/access-tokens.js';
import { readProfile } from '../client/node-profile.js';
import { readTlsIdentity } from '../platform/tls.js';
import { importSigningKey, readSigningKey } from '../tokens/jws.js';
import { signUnlock } from '../tokens/unlock-token.js';

type SignOptions = Readonly<{
  participant: string;
  lock: string;
  node: string;
  note: string;
  as: string;
  key: string;
}>;

/** `einmal access`: how a participant that is locked comes back, by an administrator of the node and by itself. */
export function accessCommand(): Command {
  const command = new Command('access').description('end the lock of a participant that identified itself wrongly');
  command
    .command('sign-unlock')
    .description("print an administrator's signature that one lock may end, after following it up with the participant")
    .requiredOption('--participant <id>', 'who is locked')
    .requiredOption('--lock <id>', 'which lock: the participant was told, and the log says it')
    .requiredOption('--node <id>', 'participant that runs the node')
    .requiredOption('--note <text>', 'what the wrong identifications were, in one line; no names of persons')
    .requiredOption('--as <administrator>', 'who signs, as the catalogue names them')
    .requiredOption('--key <file>', 'private key (JWK)')
    .action(async ({ participant, lock, node, note, as: administrator, key }: SignOptions) => {
      const signing = await importSigningKey(JSON.parse(await readFile(key, 'utf8')));
      const by = { administrator, node, key: signing, nowMs: Date.now() };
      process.stdout.write(`${await signUnlock({ participant, lock, note }, by)}\n`);
    });
  command
    .command('unlock')
    .description('identify the participant of a profile properly, and present what the administrator signed')
    .requiredOption('--profile <file>', 'profile of the participant')
    .requiredOption('--signed <file>', 'file with the signature')
    .action(async ({ profile, signed }: Readonly<{ profile: string; signed: string }>) => {
      const read = await readProfile(profile);
      const key = await readSigningKey(read.keys, 'client-assertion');
      const tokens = new AccessTokens(read, readTlsIdentity(read.keys), key);
      await tokens.unlock((await readFile(signed, 'utf8')).trim());
      process.stdout.write(`${read.client} is not locked any more.\n`);
    });
  return command;
}
