import { createHash } from 'node:crypto';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { packageRoot } from '../platform/paths.js';
import type { Catalogue, Purpose, Rule } from './catalogue.js';
import { CatalogueFault, type Fault } from './catalogue-fault.js';
import { catalogueVersion } from './catalogue-version.js';
import { checkCrossReferences } from './cross-references.js';
import { schemaCheck } from './schema-check.js';
import type { ReadSections, SectionName, Sections } from './sections.js';
import { parseYamlFile, readYamlFile, type YamlFile } from './yaml-file.js';

const FILES: Record<SectionName, string> = {
  settings: 'settings',
  areas: 'areas',
  participants: 'participants',
  keys: 'keys',
  endpoints: 'endpoints',
  registers: 'registers',
  evidence_types: 'evidence-types',
  legal_bases: 'legal-bases',
  purposes: 'purposes',
  rules: 'rules',
  services: 'services',
};
const SECTIONS: readonly SectionName[] = Object.keys(FILES).filter((it): it is SectionName => it in FILES);
/** Generated per deployment; everything else is the same in all of them. */
const OF_DEPLOYMENT: readonly SectionName[] = ['keys', 'endpoints'];

/** Room for a hundred thousand rules. */
const MAX_BYTES = 64 * 1024 * 1024;

export type CatalogueFolder = Readonly<{
  folder: string;
  /** Holds `keys.yaml` and `endpoints.yaml`, if not the same folder. `none`: rules are looked at, nobody is talked to. */
  deployment?: string | Readonly<{ none: true }>;
  /** Limit per file. */
  maxBytes?: number;
}>;

/** Reads, checks and freezes a catalogue. Throws one `CatalogueFault` with every fault that it has. */
export function loadCatalogue({ folder, deployment = folder, maxBytes = MAX_BYTES }: CatalogueFolder): Catalogue {
  return assemble((section) => {
    const file = `${FILES[section]}.yaml`;
    if (!OF_DEPLOYMENT.includes(section)) return readYamlFile(folder, file, maxBytes);
    return typeof deployment === 'string' ? readYamlFile(deployment, file, maxBytes) : { entries: [] };
  });
}

/**
 * The catalogue that there would be with these files in place of those in force, by name; keys and addresses stay.
 * @throws CatalogueFault with every fault that it would have
 */
export function proposeCatalogue(inForce: Catalogue, files: ReadonlyMap<string, Buffer>): Catalogue {
  const changeable = SECTIONS.filter((it) => !OF_DEPLOYMENT.includes(it)).map((it) => `${FILES[it]}.yaml`);
  const strange = [...files.keys()].filter((it) => !changeable.includes(it));
  if (strange.length > 0)
    throw new CatalogueFault(strange.map((file) => ({ file, line: 0, message: 'is no file that can be changed' })));
  return assemble((section) => {
    const name = `${FILES[section]}.yaml`;
    const content = files.get(name);
    return content === undefined ? { entries: inForce[section] } : parseYamlFile(name, content, MAX_BYTES);
  });
}

/** A file that still is to be checked, or what was checked before. */
type Given = YamlFile | Readonly<{ entries: unknown }>;

function assemble(given: (section: SectionName) => Given): Catalogue {
  // What is lawful is data, what is well-formed comes with the program.
  const check = schemaCheck(join(packageRoot, 'catalogue', 'schema'), Object.values(FILES));
  const faults: Fault[] = [];
  const files = new Map<SectionName, YamlFile>();
  const read: Record<string, unknown> = {};
  for (const section of SECTIONS) {
    const file = given(section);
    if ('entries' in file) {
      read[section] = file.entries;
      continue;
    }
    files.set(section, file);
    const found = file.faults.length > 0 ? file.faults : check(FILES[section], file);
    faults.push(...found);
    if (found.length === 0) read[section] = contentOf(section, file.content);
  }
  // The schema has just proved the shape of every section that is present.
  const sections = read as ReadSections;
  checkCrossReferences(sections, (section, path, message) => {
    const file = files.get(section);
    faults.push({ file: `${FILES[section]}.yaml`, line: file?.lineOf(path) ?? 0, message });
  });
  if (faults.length > 0 || !isComplete(sections)) throw new CatalogueFault(faults);
  const { endpoints: _, ...versioned } = sections;
  return deepFreeze({ version: catalogueVersion(versioned), ...sections });
}

function isComplete(read: ReadSections): read is Sections {
  return SECTIONS.every((section) => read[section] !== undefined);
}

function contentOf(section: SectionName, content: unknown): unknown {
  if (section === 'settings') return content;
  const entries = (content as Record<string, unknown>)[section];
  if (section === 'rules') return (entries as readonly Rule[]).map(withoutGaps);
  if (section === 'purposes') return (entries as readonly Purpose[]).map((it) => ({ ...it, hash: digest(it) }));
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

/** base64url SHA-256 over the RFC 8785 form. */
function digest(value: unknown): string {
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('base64url');
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
