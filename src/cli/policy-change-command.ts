import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type ActingAdministrator,
  type CatalogueChanges,
  connectCatalogueChanges,
  type Proposal,
} from '../client/catalogue-changes.js';
import { readProfile } from '../client/node-profile.js';
import { importSigningKey } from '../tokens/jws.js';
import { loosenedText, versionsText } from './policy-report.js';
import { type SignDecisionOptions, signDecision } from './sign-decision.js';

type ProfileOption = Readonly<{ profile: string }>;
type ActingOptions = ProfileOption & Readonly<{ as: string; key: string }>;
type AtOption = Readonly<{ at?: number }>;

/** Changes of the catalogue, asked of a node: two administrators, each with a key of their own. */
export function addChangeCommands(policy: Command, conclude: (act: () => Promise<number>) => Promise<void>): void {
  const change = (name: string, description: string) =>
    policy
      .command(name)
      .description(description)
      .requiredOption('--profile <file>', 'profile of the pages in whose session somebody acts');
  const acting = (name: string, description: string) =>
    change(name, description)
      .requiredOption('--as <administrator>', 'who acts, as the catalogue names them')
      .requiredOption('--key <file>', 'their private key (JWK)');
  acting('propose', 'propose files of a changed catalogue (exit code 0 proposed, 1 it has faults)')
    .argument('<files...>', 'the files that change, for example rules.yaml')
    .option('--at <time>', 'when it shall take effect; as soon as it is approved if absent', moment)
    .action((files: readonly string[], options: ActingOptions & AtOption) =>
      conclude(async () => propose(options, { files: await readFiles(files), version: '' })),
    );
  acting('rollback', 'propose to go back to an earlier version (exit code 0 proposed, 1 it has faults)')
    .argument('<version>', 'version, as "einmal policy versions" lists it')
    .option('--at <time>', 'when it shall take effect; as soon as it is approved if absent', moment)
    .action((version: string, options: ActingOptions & AtOption) =>
      conclude(() => propose(options, { files: {}, version })),
    );
  for (const [name, approve, description] of [
    ['approve', true, 'approve what another administrator proposed: it takes effect at its time'],
    ['reject', false, 'reject a proposal, or take the own one back'],
  ] as const)
    acting(name, description)
      .argument('<version>', 'version that was proposed')
      .requiredOption('--reason <text>', 'why')
      .action((version: string, options: ActingOptions & Readonly<{ reason: string }>) =>
        conclude(async () => {
          const by = await actingOf(options);
          const { activate_at } = await connected(options, (it) => it.decide(by, version, approve, options.reason));
          const moment = activate_at === null ? 'at once' : new Date(activate_at).toISOString();
          process.stdout.write(`${version}, for ${moment}, is ${approve ? 'approved' : 'rejected'}\n`);
          return 0;
        }),
      );
  policy
    .command('sign-decision')
    .description('sign what the pages show about a proposal, read from standard input; prints what is pasted there')
    .requiredOption('--as <administrator>', 'who decides, as the catalogue names them')
    .requiredOption('--key <file>', 'their private key (JWK)')
    .requiredOption('--node <participant>', 'node whose catalogue it is')
    .option('--catalogue <folder>', 'files of the version, to see that the decision is about these')
    .action((options: SignDecisionOptions) =>
      conclude(async () => {
        const { says, signature } = await signDecision(await text(process.stdin), options);
        process.stderr.write(says);
        process.stdout.write(`${signature}\n`);
        return 0;
      }),
    );
  change('versions', 'list what was in force, and what is proposed')
    .option('--json', 'print one JSON document')
    .action((options: ProfileOption & Readonly<{ json?: true }>) =>
      conclude(async () => {
        const versions = await connected(options, (it) => it.versions());
        process.stdout.write(options.json ? `${JSON.stringify(versions, undefined, 2)}\n` : versionsText(versions));
        return 0;
      }),
    );
  change('fetch', 'write the files of a version into a folder, for the own copy of others or to look at them')
    .option('--version <version>', 'version; the one in force if absent')
    .requiredOption('--to <folder>', 'folder; files of other names in it stay')
    .action((options: ProfileOption & Readonly<{ version?: string; to: string }>) =>
      conclude(async () => {
        const { version, files } = await connected(options, (it) => it.files(options.version));
        await mkdir(options.to, { recursive: true });
        for (const [name, text] of Object.entries(files)) await writeFile(join(options.to, basename(name)), text);
        process.stdout.write(`${version}\n`);
        return 0;
      }),
    );
}

async function propose(options: ActingOptions & AtOption, content: Proposal): Promise<number> {
  const by = await actingOf(options);
  const proposal = { ...content, ...(options.at === undefined ? {} : { activateAt: options.at }) };
  const { version, faults, loosened } = await connected(options, (changes) => changes.propose(by, proposal));
  for (const { file = '', line = 0, message = '' } of faults) process.stdout.write(`${file}:${line}: ${message}\n`);
  if (faults.length > 0) return 1;
  process.stdout.write(`${version}\n`);
  process.stderr.write(loosenedText(loosened));
  process.stderr.write('Proposed; another administrator approves it: einmal policy approve.\n');
  return 0;
}

async function actingOf({ as: id, key }: ActingOptions): Promise<ActingAdministrator> {
  return { id, key: await importSigningKey(JSON.parse(await readFile(key, 'utf8'))) };
}

async function connected<T>({ profile }: ProfileOption, use: (changes: CatalogueChanges) => Promise<T>): Promise<T> {
  const changes = await connectCatalogueChanges(await readProfile(profile));
  try {
    return await use(changes);
  } finally {
    changes.close();
  }
}

async function readFiles(paths: readonly string[]): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [basename(path), await readFile(path, 'utf8')] as const)),
  );
}

/** Milliseconds since the epoch. */
function moment(value: string): number {
  const ms = Date.parse(value);
  if (!Number.isFinite(ms)) throw new InvalidArgumentError('a time such as 2026-12-01T00:00:00Z');
  return ms;
}
