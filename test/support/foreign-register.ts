import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { spawnBound } from '../../src/demo/bound-process.js';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { withClient } from '../../src/demo/database.js';
import { setFault } from '../../src/demo/fault-switch.js';
import type { ForeignFault } from '../../src/demo/foreign-registers/fault.js';
import type { SimulatedRecord } from '../../src/demo/foreign-registers/records.js';
import { SIMULATED_ERRORS } from '../../src/demo/foreign-registers/xnachweis.js';
import { freePort } from '../../src/demo/free-port.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import { registerProcess } from '../../src/demo/register-process.js';
import type { RunningSystem } from '../../src/demo/supervisor.js';
import { type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';

const CLIENT = 'TEST/GOV/1001/EDGE';
const CLASSIFICATIONS = 'https://sr.oots.tech.ec.europa.eu/evidencetypeclassifications/ec/TEST/';
const IDENTIFIER = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
const PATH = '/xnachweis';
const AGENT = { scheme: 'urn:cef.eu:names:identifier:EAS:TEST', name: 'SIMULATOR' };
const PROVIDER = { ...AGENT, id: 'test:register', classification: 'EP' };
const AUTHORITY = { directory: 'DVDV', id: 'test:register', name: 'SIMULATOR' };
const AUTHORITY_NAMESPACE = 'http://xoev.de/schemata/basisnachricht/behoerde/1_1';
const START_TRIES = 300;

type Kind = 'xroad' | 'xnachweis';

/** An edge in the place of that of one register, which asks a simulated foreign register in a process of its own. */
export type ForeignSystem = Readonly<{
  misbehave(fault: ForeignFault): Promise<void>;
  /** What edge and simulator wrote to their operational logs. */
  logs(): string;
  /** The register's own edge serves again. */
  leave(): Promise<void>;
}>;

export async function askInstead(system: RunningSystem, register: string, kind: Kind): Promise<ForeignSystem> {
  const folder = join(system.dataFolder, 'foreign', kind);
  // The log of an earlier run would say that it serves.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const authority = await createAuthority('foreign authority');
  const served = await issueLeaf(authority, { commonName: 'localhost', participant: 'foreign-register' });
  const keys = join(folder, 'keys');
  writeIdentity(join(keys, 'tls'), served);
  const identity = join(folder, 'edge-tls');
  writeIdentity(identity, await issueLeaf(authority, { commonName: 'edge', participant: register }));

  const port = await freePort();
  const adminPort = await freePort();
  const simulation = join(folder, 'simulation.json');
  const types = typesOf(system, register);
  writeFileSync(simulation, JSON.stringify(simulationOf(kind, types, await recordsIn(system, register, types))));
  const simulatorLog = join(folder, 'simulator.log');
  const log = openSync(simulatorLog, 'a', 0o600);
  const simulator = spawnBound({
    command: process.execPath,
    args: ['--enable-source-maps', 'dist/src/demo/foreign-registers/main.js'],
    env: {
      ...inheritedEnvironment(),
      EINMAL_MODE: 'development',
      EINMAL_KEYS: keys,
      EINMAL_SIMULATOR_PORT: String(port),
      EINMAL_SIMULATION_FILE: simulation,
      EINMAL_SIMULATOR_ADMIN_PORT: String(adminPort),
    },
    stdio: ['ignore', log, log],
    farewell: 'SIGTERM',
  });
  for (
    let tries = 0;
    !readFileSync(simulatorLog, 'utf8').includes('SIMULATOR of a foreign register serves');
    tries += 1
  ) {
    if (tries === START_TRIES) throw new Error('the simulator does not start');
    await sleep(100);
  }

  const config = join(folder, 'register.yaml');
  writeFileSync(config, stringify(configOf(kind, register, types, thumbprintOfPem(served.cert))));
  const real = system.process(register);
  const edgeLog = join(folder, 'edge.log');
  const edge = registerProcess(system, register, {
    ...{ entry: 'dist/src/register-edge/main.js', logFile: edgeLog },
    env: {
      EINMAL_LOG_LEVEL: 'trace',
      EINMAL_REGISTER_CONFIG: config,
      DATA_URL: `https://localhost:${port}`,
      DATA_TLS: identity,
    },
  });
  await real.stop();
  await edge.start();
  return {
    misbehave: (mode) => setFault(adminPort, { mode }),
    logs: () => readFileSync(edgeLog, 'utf8') + readFileSync(simulatorLog, 'utf8'),
    leave: async () => {
      await edge.stop();
      simulator.child.kill('SIGTERM');
      await simulator.ended;
      await real.start();
    },
  };
}

function writeIdentity(folder: string, { ca, cert, key }: TlsIdentity): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, pem] of Object.entries({ ca, cert, key }))
    writeFileSync(join(folder, `${name}.pem`), pem, { mode: 0o600 });
}

type Types = readonly Readonly<{ id: string; attributes: readonly string[] }>[];

function lookupOf({ dataFolder }: RunningSystem): CatalogueLookup {
  return new CatalogueLookup(loadCatalogue({ folder: join(dataFolder, 'catalogue') }));
}

function typesOf(system: RunningSystem, register: string): Types {
  const lookup = lookupOf(system);
  return (lookup.register(register)?.evidence_types ?? []).map((id) => ({
    id,
    attributes: lookup.evidenceType(id)?.attributes.map((it) => it.id) ?? [],
  }));
}

/** What the register's own views say. */
async function recordsIn(system: RunningSystem, register: string, types: Types): Promise<readonly SimulatedRecord[]> {
  const records: SimulatedRecord[] = [];
  await withClient(system.databases.dataOf(register).ownerUrl, async (connection) => {
    for (const { id } of types) {
      const view = connection.escapeIdentifier(id.replaceAll('-', '_'));
      const { rows } = await connection.query<{ row: Record<string, unknown> }>(
        `select row_to_json(v) as row from nachweis.${view} v`,
      );
      for (const { row } of rows) {
        const { idnr, birth_date, blocked, as_of, ...rest } = row as SimulatedRecord & Record<string, unknown>;
        records.push({ evidence_type: id, idnr, birth_date, blocked, as_of, values: { birth_date, ...rest } });
      }
    }
  });
  return records;
}

function serviceOf(evidenceType: string): string {
  return `TEST/GOV/2002/REGISTER/${evidenceType}`;
}

function simulationOf(kind: Kind, types: Types, records: readonly SimulatedRecord[]): object {
  if (kind === 'xroad') {
    const services = Object.fromEntries(types.map(({ id }) => [serviceOf(id), id]));
    return { kind, client: CLIENT, services, records };
  }
  const evidence = types.map(({ id }) => [
    id,
    { classification: CLASSIFICATIONS + id, identifier: IDENTIFIER, subsets: {} },
  ]);
  return {
    ...{ kind, path: PATH, provider: PROVIDER, authority: AUTHORITY, authority_namespace: AUTHORITY_NAMESPACE },
    ...{ language: 'DE', evidence: Object.fromEntries(evidence), records },
  };
}

function configOf(kind: Kind, register: string, types: Types, certificate: string): object {
  const connection = {
    kind,
    url_env: 'DATA_URL',
    identity_env: 'DATA_TLS',
    server_certificates: [certificate],
    timeout_ms: 1500,
  };
  const pointers = (attributes: readonly string[]) => Object.fromEntries(attributes.map((id) => [id, `/${id}`]));
  const evidence = (of: (type: Types[number]) => object) => Object.fromEntries(types.map((it) => [it.id, of(it)]));
  if (kind === 'xroad')
    return {
      ...{ register, simulator: true },
      data_source: { ...connection, client: CLIENT },
      evidence: evidence(({ id, attributes }) => ({
        service: serviceOf(id),
        request: { idnr: '/person/idnr', birth_date: '/person/birth_date', fields: '/fields' },
        records: '/records',
        person: { idnr: '/idnr', birth_date: '/birth_date', blocked: '/blocked' },
        as_of: '/as_of',
        attributes: pointers(attributes),
      })),
    };
  const list_versions = { language: '1', agent_classification: '1', loa: '1', media_type: '1', directory: '1' };
  return {
    ...{ register, simulator: true },
    data_source: {
      ...connection,
      path: PATH,
      requester: { ...AGENT, id: 'test:edge', classification: 'ER' },
      provider: PROVIDER,
      author: { ...AUTHORITY, id: 'test:edge' },
      reader: AUTHORITY,
      ...{ language: 'DE', assurance: 'High' },
      unverified: {
        authority_namespace: AUTHORITY_NAMESPACE,
        list_versions,
        error_codes: { none: [SIMULATED_ERRORS.none] },
      },
    },
    evidence: evidence(({ id, attributes }) => ({
      ...{ identifier: IDENTIFIER, classification: CLASSIFICATIONS + id, title: id, as_of: '/as_of' },
      attributes: pointers(attributes),
    })),
  };
}
