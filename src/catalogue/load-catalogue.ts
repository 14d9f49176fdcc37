import { join } from 'node:path';
import { packageRoot } from '../platform/paths.js';
import type { Catalogue, Rule } from './catalogue.js';
import { CatalogueFault, type Fault } from './catalogue-fault.js';
import { contentDigest } from './content-digest.js';
import { checkCrossReferences } from './cross-references.js';
import { type SchemaCheck, schemaCheck } from './schema-check.js';
import type { ReadSections, SectionName, Sections } from './sections.js';
import { readYamlFile, type YamlFile } from './yaml-file.js';

const FILES: Record<SectionName, string> = {
  settings: 'settings',
  areas: 'areas',
  participants: 'participants',
  keys: 'keys',
  administrators: 'administrators',
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
const OF_DEPLOYMENT: readonly SectionName[] = ['keys', 'administrators', 'endpoints'];

/** What is lawful is data; what is well-formed comes with the program, and is compiled once. */
let schemas: SchemaCheck | undefined;

export type CatalogueFolder = Readonly<{
  folder: string;
  /** Holds `keys.yaml`, `administrators.yaml` and `endpoints.yaml`, if not the same folder. */
  deployment?: string;
  /** Limit per file. */
  maxBytes?: number;
}>;

/** What the catalogue says wherever it is deployed. */
export type Law = Omit<Catalogue, 'version' | 'keys' | 'endpoints'>;

/** Reads, checks and freezes a catalogue. Throws one `CatalogueFault` with every fault that it has. */
export function loadCatalogue(from: CatalogueFolder): Catalogue {
  const sections = readSections(from, SECTIONS) as Sections;
  const { endpoints: _, ...versioned } = sections;
  return deepFreeze({ version: contentDigest(versioned), ...sections });
}

/** The same without a deployment's keys and addresses. */
export function loadLaw(folder: string): Law {
  return deepFreeze(
    readSections(
      { folder },
      SECTIONS.filter((it) => !OF_DEPLOYMENT.includes(it)),
    ) as Law,
  );
}

/** Every one of the sections that are wanted: a single fault, and nothing is returned. */
function readSections(
  { folder, deployment = folder, maxBytes = 8 * 1024 * 1024 }: CatalogueFolder,
  wanted: readonly SectionName[],
): ReadSections {
  schemas ??= schemaCheck(join(packageRoot, 'catalogue', 'schema'), Object.values(FILES));
  const faults: Fault[] = [];
  const files = new Map<SectionName, YamlFile>();
  const read: Record<string, unknown> = {};
  for (const section of wanted) {
    const name = FILES[section];
    const file = readYamlFile(OF_DEPLOYMENT.includes(section) ? deployment : folder, `${name}.yaml`, maxBytes);
    files.set(section, file);
    const found = file.faults.length > 0 ? file.faults : schemas(name, file);
    faults.push(...found);
    if (found.length === 0) read[section] = contentOf(section, file.content);
  }
  // The schema has just proved the shape of every section that is present.
  const sections = read as ReadSections;
  checkCrossReferences(sections, (section, path, message) => {
    const file = files.get(section);
    faults.push({ file: `${FILES[section]}.yaml`, line: file?.lineOf(path) ?? 0, message });
  });
  if (faults.length > 0) throw new CatalogueFault(faults);
  return sections;
}

function contentOf(section: SectionName, content: unknown): unknown {
  if (section === 'settings') return content;
  const entries = (content as Record<string, unknown>)[section];
  if (section === 'rules') return (entries as readonly Rule[]).map(withoutGaps);
  return entries;
}

/** A deny has neither attesters nor a level, and without fields denies everything. */
function withoutGaps(rule: Rule): Rule {
  return {
    ...rule,
    fields: rule.fields ?? [],
    attested_by: rule.attested_by ?? [],
    min_assurance: rule.min_assurance ?? 'low',
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
