import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atOnce, type Steps } from '../platform/slices.js';
import type { Catalogue, Endpoint, Rule } from './catalogue.js';
import { CatalogueFault, type Fault } from './catalogue-fault.js';
import { catalogueVersion } from './catalogue-version.js';
import { checkCrossReferences } from './cross-references.js';
import { digestOfBytes } from './digest-of-bytes.js';
import { type SchemaCheck, schemaCheck } from './schema-check.js';
import type { ReadSections, Report, SectionName, Sections } from './sections.js';
import { missingFile, parseYamlFile, plainContent, readYamlFile, type YamlFile } from './yaml-file.js';

const FILES: Record<SectionName, string> = {
  settings: 'settings',
  areas: 'areas',
  participants: 'participants',
  keys: 'keys',
  administrators: 'administrators',
  agreements: 'agreements',
  endpoints: 'endpoints',
  registers: 'registers',
  evidence_types: 'evidence-types',
  legal_bases: 'legal-bases',
  purposes: 'purposes',
  rules: 'rules',
  services: 'services',
  bundles: 'bundles',
  recipient_matrices: 'recipients',
  retention: 'retention',
};
const SECTIONS: readonly SectionName[] = Object.keys(FILES).filter((it): it is SectionName => it in FILES);
/** Generated per deployment; everything else is the same in all of them. */
const OF_DEPLOYMENT: readonly SectionName[] = ['keys', 'administrators', 'agreements', 'endpoints'];
/** An address is no part of a version: a moved host is no other law (ADR 19). */
const OF_VERSION: readonly SectionName[] = SECTIONS.filter((it) => it !== 'endpoints');
const OF_LAW: readonly SectionName[] = SECTIONS.filter((it) => !OF_DEPLOYMENT.includes(it));

/** What is lawful is data; what is well-formed comes with the program. */
let schemas: SchemaCheck | undefined;

function schemaOf(section: SectionName, file: YamlFile): Fault[] {
  schemas ??= schemaCheck(Object.values(FILES));
  return schemas(FILES[section], file);
}

/** From which bytes, by their digest, a section was read. */
const readFrom = new WeakMap<object, string>();
/** A file that names parts of itself is read in one piece: some 15 ms. */
const MOST_CHANGED_BYTES = 128 * 1024;
const ENTRIES_AT_ONCE = 20;

/** Room for a hundred thousand rules. */
const MAX_BYTES = 64 * 1024 * 1024;

export type CatalogueFolder = Readonly<{
  folder: string;
  /**
   * Holds `keys.yaml`, `administrators.yaml`, `agreements.yaml` and `endpoints.yaml`, if not the same folder. `none`: rules are
   * looked at, nobody is talked to.
   */
  deployment?: string | Readonly<{ none: true }>;
  /** Limit per file. */
  maxBytes?: number;
}> &
  Reading;

export type Reading = Readonly<{
  /** For a catalogue that is to come into force; see `checkAgreements`. */
  nowMs?: number;
  /** Called between small parts of the work, by which a thread lets others go first. */
  pause?: () => void;
}>;

/** What the catalogue says wherever it is deployed. */
export type Law = Omit<Catalogue, 'version' | 'keys' | 'administrators' | 'agreements' | 'endpoints'>;

/** Reads, checks and freezes a catalogue. Throws one `CatalogueFault` with every fault that it has. */
export function loadCatalogue(given: CatalogueFolder): Catalogue {
  const { folder, deployment = folder, maxBytes = MAX_BYTES } = given;
  const { nowMs, pause } = given;
  const file = (section: SectionName): Given => {
    if (!OF_DEPLOYMENT.includes(section)) return readYamlFile(folder, fileOf(section), maxBytes, pause);
    if (typeof deployment === 'string') return readYamlFile(deployment, fileOf(section), maxBytes, pause);
    return { entries: section === 'agreements' ? undefined : [] };
  };
  return atOnce(withVersion(atOnce(readSections(SECTIONS, file, nowMs), pause)), pause);
}

/** The same without a deployment's keys and addresses. */
export function loadLaw(folder: string): Law {
  return deepFreeze(atOnce(readSections(OF_LAW, (section) => readYamlFile(folder, fileOf(section), MAX_BYTES))) as Law);
}

/** The files of one version by name, as they were written. */
export type VersionFiles = ReadonlyMap<string, Buffer>;

export const CATALOGUE_FILES: readonly string[] = SECTIONS.map(fileOf);
export const VERSION_FILES: readonly string[] = OF_VERSION.map(fileOf);

/**
 * A version from its files; addresses of participants that it does not know are left out.
 * @throws CatalogueFault with every fault, and for files that no version has
 */
export function readVersion(files: VersionFiles, endpoints: readonly Endpoint[], reading: Reading = {}): Catalogue {
  demandKnown(files, VERSION_FILES);
  const given = (section: SectionName) => {
    const content = files.get(fileOf(section));
    if (content === undefined) return missingFile(fileOf(section));
    return parseYamlFile(fileOf(section), content, MAX_BYTES, reading.pause);
  };
  const { nowMs, pause } = reading;
  const read = atOnce(readSections(OF_VERSION, given, nowMs), pause);
  return atOnce(withVersion({ ...read, endpoints: knownOf(read.participants ?? [], endpoints) }), pause);
}

type Changes = Readonly<{
  /** By name: all of a version, or of a folder. */
  files: VersionFiles;
  /** Those of a version; a folder has a file of them. */
  endpoints?: readonly Endpoint[];
  nowMs?: number;
}>;

/**
 * What `readVersion` or `loadCatalogue` would give, by reading only those files whose bytes are not the ones from which `known` was
 * read; all that holds between files is checked. Undefined where that is not worth it or not possible.
 * @throws CatalogueFault some fault, without its line: who reads all of the files says which they are
 */
export function* readChanges(known: Catalogue, { files, endpoints, nowMs }: Changes): Steps<Catalogue | undefined> {
  const wanted = endpoints === undefined ? SECTIONS : OF_VERSION;
  if (files.size !== wanted.length) return undefined;
  const given = new Map<SectionName, Given>();
  for (const section of wanted) {
    const [name, held] = [fileOf(section), known[section]];
    const bytes = files.get(name);
    if (bytes === undefined) return undefined;
    const digest = digestOfBytes(bytes);
    if (held !== undefined && readFrom.get(held) === digest) {
      given.set(section, { entries: held });
      continue;
    }
    if (bytes.length > MOST_CHANGED_BYTES) return undefined;
    const content = yield* plainContent(bytes);
    const file = { name, content, digest, faults: [], lineOf: () => 0 };
    if (content === undefined || !(yield* isValid(section, file))) return undefined;
    given.set(section, file);
    yield;
  }
  const read = yield* readSections(wanted, (section) => given.get(section) ?? { entries: undefined }, nowMs);
  return yield* withVersion(
    endpoints === undefined ? read : { ...read, endpoints: knownOf(read.participants ?? [], endpoints) },
  );
}

/** Piece by piece: a file of nothing but faults has hundreds of thousands, and others wait while it is looked at. */
function* isValid(section: SectionName, file: YamlFile): Steps<boolean> {
  const entries = (file.content as Readonly<Record<string, unknown>> | null)?.[section];
  for (let at = 0; Array.isArray(entries) && at < entries.length; at += ENTRIES_AT_ONCE) {
    const piece = { ...file, content: { [section]: entries.slice(at, at + ENTRIES_AT_ONCE) } };
    if (schemaOf(section, piece).length > 0) return false;
    yield;
  }
  return true;
}

/** The same version with other addresses; those of participants that it does not know are left out. */
export function withEndpoints(catalogue: Catalogue, endpoints: readonly Endpoint[]): Catalogue {
  return Object.freeze({ ...catalogue, endpoints: deepFreeze(knownOf(catalogue.participants, endpoints)) });
}

function knownOf(participants: Catalogue['participants'], endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const known = new Set(participants.map(({ id }) => id));
  return endpoints.filter(({ participant }) => known.has(participant));
}

export const ENDPOINTS_FILE = fileOf('endpoints');

/** The addresses of a folder by themselves: of participants whom a version may name or not. @throws CatalogueFault */
export function readEndpoints(folder: string): readonly Endpoint[] {
  const read = atOnce(readSections(['endpoints'], (section) => readYamlFile(folder, fileOf(section), MAX_BYTES)));
  return deepFreeze(read.endpoints ?? []);
}

/** The files of the version in a folder, unread. @throws Error where one cannot be had */
export function versionFilesOf(folder: string): VersionFiles {
  return new Map(VERSION_FILES.map((name) => [name, readFileSync(join(folder, name))]));
}

/**
 * The catalogue that there would be with these files in place of those in force, by name; keys and addresses stay.
 * @throws CatalogueFault with every fault that it would have
 */
export function proposeCatalogue(inForce: Catalogue, files: ReadonlyMap<string, Buffer>): Catalogue {
  demandKnown(files, OF_LAW.map(fileOf));
  const given = (section: SectionName): Given => {
    const content = files.get(fileOf(section));
    return content === undefined ? { entries: inForce[section] } : parseYamlFile(fileOf(section), content, MAX_BYTES);
  };
  return atOnce(withVersion(atOnce(readSections(SECTIONS, given))));
}

function demandKnown(files: ReadonlyMap<string, Buffer>, known: readonly string[]): void {
  const strange = [...files.keys()].filter((it) => !known.includes(it));
  if (strange.length > 0)
    throw new CatalogueFault(strange.map((file) => ({ file, line: 0, message: 'is no file that can be changed' })));
}

/** A file that still is to be checked, or what was checked before. */
type Given = YamlFile | Readonly<{ entries: unknown }>;

/** Every one of the sections that are wanted: a single fault, and nothing is returned. */
function* readSections(
  wanted: readonly SectionName[],
  given: (section: SectionName) => Given,
  nowMs?: number,
): Steps<ReadSections> {
  const faults: Fault[] = [];
  const files = new Map<SectionName, YamlFile>();
  const read: Record<string, unknown> = {};
  for (const section of wanted) {
    const file = given(section);
    yield;
    if ('entries' in file) {
      read[section] = file.entries;
      continue;
    }
    files.set(section, file);
    const found = file.faults.length > 0 ? file.faults : schemaOf(section, file);
    faults.push(...found);
    if (found.length > 0) continue;
    const content = contentOf(section, file.content);
    if (file.digest !== undefined) readFrom.set(content, file.digest);
    read[section] = content;
    yield;
  }
  // The schema has just proved the shape of every section that is present.
  const sections = read as ReadSections;
  const report: Report = (section, path, message) => {
    const file = files.get(section);
    faults.push({ file: fileOf(section), line: file?.lineOf(path) ?? 0, message });
  };
  yield* checkCrossReferences(sections, report, nowMs);
  if (faults.length > 0) throw new CatalogueFault(faults);
  return sections;
}

/** @param read all of the sections, none of which has a fault */
function* withVersion(read: ReadSections): Steps<Catalogue> {
  const { endpoints, agreements, ...others } = read as Sections;
  const versioned = { ...others, ...(agreements === undefined ? {} : { agreements }) };
  return deepFreeze({ version: yield* catalogueVersion(versioned), ...versioned, endpoints });
}

function fileOf(section: SectionName): string {
  return `${FILES[section]}.yaml`;
}

function contentOf(section: SectionName, content: unknown): object {
  if (section === 'settings') return content as object;
  const entries = (content as Record<string, object>)[section] ?? [];
  if (section === 'rules') return (entries as readonly Rule[]).map(withoutGaps);
  return entries;
}

/** A deny has neither attesters nor a level, and without fields denies everything; an allow has no gap. */
function withoutGaps(rule: Rule): Rule {
  if (rule.effect === 'allow') return rule;
  return {
    ...rule,
    fields: rule.fields ?? [],
    attested_by: rule.attested_by ?? [],
    min_assurance: rule.min_assurance ?? 'low',
  };
}

/** What is frozen is frozen throughout, and not walked through again. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
