import { Command, Option } from 'commander';
import type { Agree, Import, Introduce, Issue, MakeDecryptionKey, MakeKeys, Renew, Sign, Switch } from './onboard.js';

const KINDS = ['online-service', 'authority', 'register', 'identity-directory', 'intermediary', 'node', 'pages'];
const SIDES = ['consumer', 'register'];

/** `einmal onboard`: how a participant joins, and what its counterpart does about it. */
export function onboardCommand(): Command {
  const command = new Command('onboard').description(
    'join a federation: keys, certificate request, introduction, agreement, proposal',
  );
  command
    .command('keys')
    .description('make the keys of a participant and a certificate request (PKCS#10); what is there stays')
    .argument('<participant>', 'id that it is to have in the catalogue')
    .addOption(new Option('--kind <kind>', 'what it is').choices(KINDS).makeOptionMandatory())
    .requiredOption('--title <text>', 'its name for people, German')
    .requiredOption('--area <area>', 'area of the catalogue that it belongs to')
    .requiredOption('--to <folder>', 'key folder: what its process reads (EINMAL_KEYS)')
    .option('--host <names...>', 'where it is reached: names or addresses that the certificate is for', [])
    .action(async (id: string, options: Omit<MakeKeys, 'id'>) =>
      print(await (await steps()).makeKeys({ id, ...options })),
    );
  command
    .command('renew')
    .description('make the keys that are to replace those of a folder, and a request for the next certificate')
    .requiredOption('--keys <folder>', 'key folder of "einmal onboard keys"; what is in use stays')
    .option('--host <names...>', 'where it is reached: names or addresses that the certificate is for', [])
    .action(async (options: Renew) => print(await (await steps()).renew(options)));
  command
    .command('switch')
    .description("put renewed keys and certificate into use, once everybody's catalogue names them")
    .requiredOption('--keys <folder>', 'key folder')
    .action(async (options: Switch) => print(await (await steps()).switchKeys(options)));
  command
    .command('decryption-key')
    .description('at the node that a consumer commissions: make the key that its evidence is encrypted to')
    .argument('<consumer>', 'whose evidence it decrypts')
    .requiredOption('--keys <folder>', 'key folder of the node: the private half stays in it')
    .requiredOption('--to <file>', 'file for the public half, which the consumer introduces')
    .action(async (consumer: string, options: Omit<MakeDecryptionKey, 'consumer'>) =>
      print(await (await steps()).makeDecryptionKey({ consumer, ...options })),
    );
  command
    .command('issue')
    .description('development only: a certificate of the development authority for a request')
    .requiredOption('--authority <folder>', 'folder with ca.pem and key.pem of the development authority')
    .requiredOption('--request <file>', 'request, PEM')
    .requiredOption('--to <file>', 'file for the certificate')
    .action(async (options: Issue) => print(await (await steps()).issue(options)));
  command
    .command('introduce')
    .description('install the certificate and write the one signed file for the counterpart; prints its fingerprint')
    .requiredOption('--keys <folder>', 'key folder of "einmal onboard keys"')
    .requiredOption('--certificate <file>', 'certificate that was issued, PEM')
    .requiredOption('--ca <file>', 'certificate of the authority, PEM')
    .requiredOption('--to <file>', 'file to write')
    .option('--address <host:port>', 'gRPC address, of who is called')
    .option('--witness-address <host:port>', 'HTTPS address, of who co-signs checkpoints')
    .option('--register <file>', 'YAML of the register, as in registers.yaml without its participant')
    .option('--encryption-key <file>', 'public half that the commissioned node has made')
    .option('--decryption-by <node>', 'which node that is')
    .action(async (options: Introduce) => print(await (await steps()).introduceWith(options)));
  command
    .command('import')
    .description('at the counterpart: work out a proposal for the catalogue from an introduction')
    .argument('<introduction>', 'file of the one who joins')
    .requiredOption('--fingerprint <text>', 'what they read out, over another way than the file came')
    .requiredOption('--catalogue <folder>', 'catalogue in force, or the folder of a proposal that was begun')
    .requiredOption('--to <folder>', 'folder of the proposal; the same as --catalogue to go on with one')
    .option('--with <files...>', 'YAML with further entries, by section: rules, services, purposes', [])
    .option('--replace', 'what the catalogue has of this participant already is replaced: new keys')
    .action(async (file: string, options: Omit<Import, 'file'>) =>
      print(await (await steps()).importOne({ file, ...options })),
    );
  command
    .command('agree')
    .description('draft agreements of what the rules allow between two sides; both sign them, then they hold')
    .requiredOption('--catalogue <folder>', 'folder of the proposal')
    .requiredOption('--node <node>', 'who asks for the consumer')
    .requiredOption('--until <time>', 'end, for example 2030-01-01T00:00:00Z')
    .option('--from <time>', 'beginning; now if absent')
    .option('--consumer <participant>', 'of this consumer alone')
    .option('--register <register>', 'with this register alone')
    .action(async (options: Agree) => print(await (await steps()).agree(options)));
  command
    .command('sign')
    .description("put one side's signature under every agreement that it has a part in and that lacks it")
    .requiredOption('--catalogue <folder>', 'folder of the proposal')
    .addOption(new Option('--side <side>', 'which side signs').choices(SIDES).makeOptionMandatory())
    .requiredOption('--participant <id>', 'who signs')
    .requiredOption('--key <file>', 'its private agreement key (JWK)')
    .action(async (options: Sign) => print(await (await steps()).sign(options)));
  return command;
}

/** Certificates need a library that no other command does. */
async function steps() {
  return import('./onboard.js');
}

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((it) => `${it}\n`).join(''));
}
