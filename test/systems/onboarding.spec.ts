import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import type { OnlineService, Rule } from '../../src/catalogue/catalogue.js';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import type { NodeProfile } from '../../src/client/node-profile.js';
import { createDatabase } from '../../src/demo/database.js';
import { DemoProcess } from '../../src/demo/demo-process.js';
import { freePort } from '../../src/demo/free-port.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { migrate } from '../../src/platform/migrate.js';
import { packageRoot } from '../../src/platform/paths.js';
import { readTlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { edgeMigrations } from '../../src/register-edge/migrations/edge-migrations.js';
import { eventually } from '../support/eventually.js';
import { family } from '../support/faulty-application.js';
import { done, einmal, Operators } from '../support/own-federation.js';

const REGISTER = 'melderegister-muenchen';
const CONSUMER = 'familienkasse-zwei';
const MUNICH = '091620000000';
const BREMEN = '040110000000';
const UNTIL = '2036-01-01T00:00:00Z';

let folder: string;
let system: RunningSystem;
let operators: Operators;
const started: DemoProcess[] = [];
const connections: NodeConnection[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-onboarding-'));
  system = await startSystem({
    dataFolder: join(packageRoot, 'data', 'e2e-onboarding'),
    fresh: true,
    service: 'kindergeld',
    personCount: 60,
  });
  operators = await Operators.of(system);
}, 120_000);
afterAll(async () => {
  for (const it of connections) it.close();
  operators?.close();
  await Promise.all(started.map((it) => it.stop()));
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
}, 180_000);

const at = (...path: readonly string[]) => join(folder, ...path);
const pids = () => system.processes.map(({ pid }) => pid);

/** Keys, certificate and introduction of who joins. @returns the fingerprint that they read out */
async function introduced(id: string, kind: string, more: readonly string[]): Promise<string> {
  const [keys, certificate] = [at(id), at(`${id}.pem`)];
  const authority = join(system.dataFolder, 'keys', 'ca');
  await done(
    'onboard',
    'keys',
    id,
    '--kind',
    kind,
    '--title',
    'Neu',
    '--area',
    'inneres',
    '--to',
    keys,
    '--host',
    'localhost',
  );
  await done(
    'onboard',
    'issue',
    '--authority',
    authority,
    '--request',
    join(keys, 'tls', 'request.pem'),
    '--to',
    certificate,
  );
  const ca = system.pki.caFile;
  const to = at(`${id}.yaml`);
  const said = await done(
    'onboard',
    'introduce',
    '--keys',
    keys,
    '--certificate',
    certificate,
    '--ca',
    ca,
    '--to',
    to,
    ...more,
  );
  return said.at(-1) ?? '';
}

async function imported(id: string, fingerprint: string, more: readonly string[] = []): Promise<string> {
  const to = at(`proposal-${id}`);
  const from = ['--fingerprint', fingerprint, '--catalogue', operators.catalogue, '--to', to];
  await done('onboard', 'import', at(`${id}.yaml`), ...from, ...more);
  return to;
}

const agreementKey = (participant: string) => join(system.pki.folderOf(participant), 'signing', 'agreement.jwk.json');
const signed = (proposal: string, side: string, participant: string, key: string) =>
  done('onboard', 'sign', '--catalogue', proposal, '--side', side, '--participant', participant, '--key', key);

/** By the two administrators, through the commands that they have. @returns the version */
async function activated(proposal: string, names: readonly string[]): Promise<string> {
  expect(await einmal('policy', 'check', '--catalogue', proposal)).toMatchObject({ code: 0 });
  const profile = ['--profile', system.profileFile('pages')];
  const as = (id: string) => [...profile, '--as', id, '--key', system.pki.administratorKeyFile(id)];
  const files = names.map((name) => join(proposal, name));
  const [version = ''] = await done('policy', 'propose', ...files, ...as('administrator-1'));
  await done('policy', 'approve', version, '--reason', 'compared by telephone', ...as('administrator-2'));
  await operators.spread(version);
  return version;
}

async function connected(profile: NodeProfile): Promise<NodeConnection> {
  const connection = await connectToNode(profile);
  connections.push(connection);
  return connection;
}

async function evidenceFrom(connection: NodeConnection, service: string, ars: string): Promise<readonly string[]> {
  const description = await connection.describeService(service);
  const person = { decider: 'pairwise-pseudonym-of-a-synthetic-citizen', assurance: 'substantial' } as const;
  const { triggerIds } = await connection.grantTriggers(await connection.attest(description, family, person));
  const { evidence } = await connection.prefill({ service, applicants: family, triggerIds, ars });
  return evidence.map(({ register }) => register);
}

describe('a new register', () => {
  let before: readonly (number | undefined)[];
  let port: number;
  let introduction: string;
  beforeAll(async () => {
    before = pids();
    port = await freePort();
    const register = {
      id: REGISTER,
      type: 'melderegister',
      idnrg_annex: 1,
      competence: ['09162'],
      evidence_types: ['meldedaten'],
    };
    await writeFile(at('register.yaml'), stringify({ ...register, source: 'a test', verified: false }));
    const more = ['--address', `localhost:${port}`, '--register', at('register.yaml')];
    introduction = await introduced(REGISTER, 'register', more);
  }, 180_000);

  it('is not imported by another fingerprint than the one that its operator reads out', async () => {
    const other = ['--fingerprint', introduction.replace(/^..../, 'ffff'), '--to', at('elsewhere')];
    const ran = await einmal('onboard', 'import', at(`${REGISTER}.yaml`), '--catalogue', operators.catalogue, ...other);
    expect(ran).toMatchObject({ code: 1, said: expect.stringContaining('not the introduction whose fingerprint') });
  }, 30_000);

  it('joins from nothing to its first answered request, and nobody is started again', async () => {
    const familienkasse = await connected(system.profile('familienkasse-online'));
    expect(await evidenceFrom(familienkasse, 'kindergeld', MUNICH)).not.toContain(REGISTER);

    const proposal = await imported(REGISTER, introduction);
    const drafted = await done(
      ...['onboard', 'agree', '--catalogue', proposal, '--node', 'node', '--until', UNTIL],
      ...['--consumer', 'familienkasse-online', '--register', REGISTER],
    );
    expect(drafted).toEqual([`familienkasse-online--${REGISTER}`]);
    expect(await einmal('policy', 'check', '--catalogue', proposal)).toMatchObject({ code: 1 });
    await signed(proposal, 'consumer', 'familienkasse-online', agreementKey('familienkasse-online'));
    await signed(proposal, 'register', REGISTER, at(REGISTER, 'signing', 'agreement.jwk.json'));
    await activated(proposal, ['participants.yaml', 'keys.yaml', 'registers.yaml', 'agreements.yaml']);
    await writeFile(
      join(operators.catalogue, 'endpoints.yaml'),
      await readFile(join(proposal, 'endpoints.yaml'), 'utf8'),
    );

    await startEdge(port);
    const registers = () => evidenceFrom(familienkasse, 'kindergeld', MUNICH);
    expect(await eventually(registers, (it) => it.includes(REGISTER))).toContain(REGISTER);
    expect(await evidenceFrom(familienkasse, 'kindergeld', BREMEN)).toContain('melderegister-bremen');
    expect(pids()).toEqual(before);
  }, 180_000);
});

/** The operator's part: an own database, a config file, the data that are there, and a process. */
async function startEdge(port: number): Promise<void> {
  const database = await createDatabase(system.postgres.url, {
    name: 'einmal_new_edge',
    owner: 'new_owner',
    logins: ['new_edge'],
  });
  await migrate(database.ownerUrl, edgeMigrations('new_edge'));
  const config = parse(
    await readFile(join(packageRoot, 'src/demo/registers/config/melderegister-bremen.yaml'), 'utf8'),
  );
  const { meldedaten } = config.evidence;
  await writeFile(at('edge.yaml'), stringify({ ...config, register: REGISTER, evidence: { meldedaten } }));
  const { cert } = readTlsIdentity(at(REGISTER));
  const edge = new DemoProcess({
    name: REGISTER,
    entry: 'dist/src/register-edge/main.js',
    logFile: at('edge.log'),
    health: {
      peer: { address: `localhost:${port}`, serverName: 'localhost', certificates: [thumbprintOfPem(cert)] },
      tls: readTlsIdentity(system.pki.folderOf('node')),
    },
    env: {
      EINMAL_MODE: 'development',
      EINMAL_PARTICIPANT: REGISTER,
      EINMAL_CATALOGUE: operators.catalogue,
      EINMAL_KEYS: at(REGISTER),
      EINMAL_GRPC_PORT: String(port),
      EINMAL_REGISTER_CONFIG: at('edge.yaml'),
      DATABASE_URL: database.urlOf('new_edge'),
      DATA_URL: system.databases.dataOf('melderegister-bremen').readerUrl,
    },
  });
  started.push(edge);
  await edge.start();
}

describe('a new consumer', () => {
  it('joins with a service of its own to its first filled form, and nobody is started again', async () => {
    const before = pids();
    const encryption = at('encryption.yaml');
    await done('onboard', 'decryption-key', CONSUMER, '--keys', system.pki.folderOf('node'), '--to', encryption);
    const commissioned = ['--encryption-key', encryption, '--decryption-by', 'node'];
    const fingerprint = await introduced(CONSUMER, 'online-service', commissioned);
    await writeFile(at('law.yaml'), stringify(await lawOf(CONSUMER), { aliasDuplicateObjects: false }));
    const proposal = await imported(CONSUMER, fingerprint, ['--with', at('law.yaml')]);
    const drafted = await done(
      ...['onboard', 'agree', '--catalogue', proposal, '--node', 'node', '--until', UNTIL, '--consumer', CONSUMER],
    );
    await signed(proposal, 'consumer', CONSUMER, at(CONSUMER, 'signing', 'agreement.jwk.json'));
    for (const id of drafted) {
      const register = id.slice(CONSUMER.length + 2);
      const own = register === REGISTER ? at(REGISTER, 'signing', 'agreement.jwk.json') : agreementKey(register);
      await signed(proposal, 'register', register, own);
    }
    const names = ['participants', 'keys', 'rules', 'services', 'agreements'].map((name) => `${name}.yaml`);
    await activated(proposal, names);

    const profile = { ...system.profile('familienkasse-online'), client: CONSUMER, keys: at(CONSUMER) };
    const connection = await connected(profile);
    const registers = () => evidenceFrom(connection, `${CONSUMER}-kindergeld`, BREMEN);
    expect(await eventually(registers, (it) => it.length === 3)).toContain('melderegister-bremen');
    expect(pids()).toEqual(before);
  }, 240_000);
});

/** The service Kindergeld and its rules once more, for another consumer. */
async function lawOf(consumer: string) {
  const read = async (name: string) => parse(await readFile(join(operators.catalogue, `${name}.yaml`), 'utf8'))[name];
  const services: readonly OnlineService[] = await read('services');
  const rules: readonly Rule[] = await read('rules');
  return {
    services: services
      .filter(({ id }) => id === 'kindergeld')
      .map(({ leika: _, ...it }) => ({ ...it, id: `${consumer}-kindergeld`, consumer })),
    rules: rules
      .filter(
        (it) => it.consumer === 'familienkasse-online' && it.purpose === 'kindergeld-antrag' && it.effect === 'allow',
      )
      .map((it) => ({ ...it, id: `${basename(it.id)}-zwei`, consumer })),
  };
}
