import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.js';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { readYamlFile } from '../catalogue/yaml-file.js';
import { SystemClock } from '../platform/clock.js';
import { ConfigFault, optional, readConfig } from '../platform/config.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { readTlsIdentity } from '../platform/tls.js';
import { readSigningKey } from '../tokens/jws.js';
import { readDataAccess } from './edge-config.js';
import { type Finding, fails, holds, unknown } from './finding.js';
import { openDirectory, openSource } from './open-source.js';
import { describedFindings } from './openapi-check.js';
import { agreedRegister } from './register-agreement.js';
import { isDirectory, isRest, type RegisterConfig, readRegisterConfig } from './register-config.js';
import { codeOf } from './sample.js';

type Environment = Readonly<Record<string, string | undefined>>;
const DAY_MS = 86_400_000;
const RENEW_BEFORE_DAYS = 30;
const MAX_DESCRIPTION_BYTES = 8 * 1024 * 1024;

const surroundings = {
  catalogueFolder: optional('EINMAL_CATALOGUE'),
  keyFolder: optional('EINMAL_KEYS'),
  participant: optional('EINMAL_PARTICIPANT'),
} as const;

/** Goes through everything that must hold before a register can answer, rule by rule; no value of a person is in it. */
export async function readiness(
  configFile: string,
  log: OperationalLog,
  environment?: Environment,
): Promise<readonly Finding[]> {
  const file = basename(configFile);
  const wellFormed = 'the file is well-formed';
  let config: RegisterConfig;
  try {
    config = readRegisterConfig(configFile);
  } catch (error) {
    return faultFindings(error, wellFormed, file, 'correct the file; docs/join-a-register.md explains its members');
  }
  const { catalogueFolder, keyFolder, participant } = readConfig(surroundings, environment);
  const { findings, catalogue } = readCatalogue(catalogueFolder);
  const owner = participant ?? catalogue?.registers.find(({ id }) => id === config.register)?.participant ?? '';
  return [
    holds(wellFormed, file),
    ...findings,
    ...(catalogue === undefined ? [] : agreed(config, catalogue, owner)),
    ...(await keys(keyFolder, owner, catalogue)),
    ...described(config, dirname(configFile)),
    ...(await data(config, catalogue, log, environment)),
  ];
}

function readCatalogue(folder: string | undefined): { findings: readonly Finding[]; catalogue?: Catalogue } {
  const rule = 'the catalogue can be read';
  if (folder === undefined) {
    const todo = 'set EINMAL_CATALOGUE to the folder of the catalogue: types of attributes are checked by it';
    return { findings: [unknown(rule, 'catalogue', 'EINMAL_CATALOGUE is not set', todo)] };
  }
  try {
    const isDeployed = existsSync(join(folder, 'keys.yaml'));
    const catalogue = loadCatalogue(isDeployed ? { folder } : { folder, deployment: { none: true } });
    const detail = isDeployed ? `version ${catalogue.version.slice(0, 12)}` : 'without keys and agreements';
    return { catalogue, findings: [holds(rule, 'catalogue', detail)] };
  } catch (error) {
    const faults =
      error instanceof CatalogueFault
        ? error.faults.map((it) => `${it.file}:${it.line}: ${it.message}`)
        : [codeOf(error)];
    return { findings: faults.map((it) => fails(rule, 'catalogue', it, 'run `einmal policy check`')) };
  }
}

function agreed(config: RegisterConfig, catalogue: Catalogue, owner: string): readonly Finding[] {
  const rule = 'the file serves exactly what the catalogue says';
  try {
    const { id } = agreedRegister(config, new CatalogueLookup(catalogue), owner);
    return [holds(rule, id)];
  } catch (error) {
    return faultFindings(
      error,
      rule,
      config.register,
      'add to the file what is missing, or propose a change of the catalogue',
    );
  }
}

async function keys(
  folder: string | undefined,
  owner: string,
  catalogue: Catalogue | undefined,
): Promise<readonly Finding[]> {
  const rule = 'keys and certificate are there and known';
  if (folder === undefined) {
    const todo = 'set EINMAL_KEYS to the folder with the keys of this register';
    return [unknown(rule, 'keys', 'EINMAL_KEYS is not set', todo)];
  }
  const findings: Finding[] = [];
  try {
    const certificate = new X509Certificate(readTlsIdentity(folder).cert);
    const leftDays = Math.floor((Date.parse(certificate.validTo) - Date.now()) / DAY_MS);
    const until = `until ${new Date(certificate.validTo).toISOString().slice(0, 10)}`;
    const held = 'the certificate is valid for a month at least';
    findings.push(
      leftDays >= RENEW_BEFORE_DAYS
        ? holds(held, 'tls/cert.pem', until)
        : fails(held, 'tls/cert.pem', leftDays < 0 ? 'has ended' : `is valid ${until} only`, 'have a new one issued'),
    );
  } catch (error) {
    findings.push(fails(rule, 'tls', `cannot be read (${codeOf(error)})`, 'tls/ needs ca.pem, cert.pem and key.pem'));
  }
  try {
    const { kid, alg } = await readSigningKey(folder, 'evidence');
    const isDeployed = (catalogue?.keys.length ?? 0) > 0;
    const named = catalogue && new CatalogueLookup(catalogue).key(owner, 'evidence', kid);
    const todo = 'propose the key for the catalogue: what it signs is believed by nobody before';
    findings.push(
      named?.alg === alg
        ? holds(rule, 'signing/evidence.jwk.json', kid)
        : isDeployed
          ? fails(rule, 'signing/evidence.jwk.json', `is not named in the catalogue for "${owner}"`, todo)
          : unknown(rule, 'signing/evidence.jwk.json', 'cannot be compared with a catalogue without keys', todo),
    );
  } catch (error) {
    const todo = 'a private key as JWK with kid and alg';
    findings.push(fails(rule, 'signing/evidence.jwk.json', `cannot be read (${codeOf(error)})`, todo));
  }
  return findings;
}

function described(config: RegisterConfig, folder: string): readonly Finding[] {
  const name = isRest(config) ? config.data_source.described_by : undefined;
  if (!isRest(config) || name === undefined) return [];
  const { content, faults } = readYamlFile(folder, name, MAX_DESCRIPTION_BYTES);
  if (faults.length === 0) return describedFindings(content, config.evidence);
  const rule = 'the description of the interface can be read';
  return faults.map(({ line, message }) =>
    fails(rule, `${name}:${line}`, message, 'correct "described_by" or the file'),
  );
}

async function data(
  config: RegisterConfig,
  catalogue: Catalogue | undefined,
  log: OperationalLog,
  environment: Environment | undefined,
): Promise<readonly Finding[]> {
  const rule = 'the data source answers';
  const about = config.data_source.kind ?? 'postgres';
  const todo = `see that it runs, and that ${config.data_source.url_env} leads to it with the role that reads`;
  try {
    const access = readDataAccess(config, environment);
    const opening = {
      ...{ url: access.dataUrl, token: access.dataToken, authorities: access.dataAuthorities },
      identity: access.dataIdentity,
      ...{ types: () => catalogue?.evidence_types ?? [], log, clock: new SystemClock() },
    };
    const opened = isDirectory(config) ? openDirectory(config, opening) : await openSource(config, opening);
    try {
      const found = [holds(rule, about), ...(await opened.check())];
      const isComplete = found.every(({ state }) => state === 'holds') && catalogue !== undefined;
      return 'sample' in opened && isComplete ? [...found, ...(await opened.sample())] : found;
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof ConfigFault) return faultFindings(error, rule, about, todo);
    return [fails(rule, about, `does not (${codeOf(error)})`, todo)];
  }
}

function faultFindings(error: unknown, rule: string, about: string, todo: string): readonly Finding[] {
  if (!(error instanceof ConfigFault)) throw error;
  return error.faults.map((fault) => fails(rule, about, fault, todo));
}
