import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import type { CertificateAuthority } from '../../src/demo/certificates.js';
import { cast } from '../../src/demo/people/cast.js';
import type { Trust } from '../../src/verify/answer.js';

type ByName = Readonly<Record<string, string>>;

/** The one system that all end-to-end tests share: where everything is. */
export type E2eSystem = Readonly<{
  dataFolder: string;
  catalogue: string;
  endpoints: Readonly<{ grpc: string; http: string }>;
  pagesUrl: string;
  trust: Trust;
  /** Trust policy of log and witnesses. */
  policyFile: string;
  /** Key folder of each participant, private halves included. */
  keys: ByName;
  /** Folder with the development authority. */
  authority: string;
  /** Profile file of each online service. */
  profiles: ByName;
  /** Log file of each process. */
  logs: ByName;
  pids: Readonly<Record<string, number>>;
  /** Owner's URL of each process's database, and the superuser's. */
  databases: ByName;
  /** The node's own login, and that of its purge. */
  logins: ByName;
  /** Owner's URL of each register's own data. */
  data: ByName;
}>;

export function e2eSystem(): E2eSystem {
  const given = process.env.EINMAL_TEST_SYSTEM;
  if (given === undefined) throw new Error('there is no system: run the e2e project');
  return JSON.parse(given) as E2eSystem;
}

/** Name → value; a name that is missing is a mistake of the test. */
export function named(values: ByName, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`the system has no ${name}`);
  return value;
}

export function deployedCatalogue(): CatalogueLookup {
  return new CatalogueLookup(loadCatalogue({ folder: e2eSystem().catalogue }));
}

export function developmentAuthority(): CertificateAuthority {
  const read = (name: string) => readFileSync(join(e2eSystem().authority, name), 'utf8');
  return { certificatePem: read('ca.pem'), keyPem: read('key.pem') };
}

/** What a process has written to its operational log so far. */
export function operationalLogOf(process: string): string {
  return readFileSync(named(e2eSystem().logs, process), 'utf8');
}

/**
 * Names, numbers and dates of the whole cast. Left out is what could stand anywhere for another reason: given names
 * and towns (a register is named after one), and dates of which only the year is known.
 */
export const CAST_DICTIONARY: readonly string[] = [
  ...new Set(
    Object.values(cast)
      .flat()
      .flatMap(({ familyName, birthDate, idnr }) => [familyName, birthDate, idnr ?? ''])
      .filter((value) => value.length > 7),
  ),
];
