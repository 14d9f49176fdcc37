import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml';
import { CATALOGUE_FILES } from '../catalogue/load-catalogue.js';
import { ConfigFault } from '../platform/config.js';

/** Entries by the name of their section, which is that of their file but for what it calls them by. */
export type Entries = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

const FILES: Readonly<Record<string, string>> = {
  evidence_types: 'evidence-types.yaml',
  legal_bases: 'legal-bases.yaml',
  recipient_matrices: 'recipients.yaml',
};
/** What of an entry names it: an entry of the same name takes its place. */
const NAMED_BY: Readonly<Record<string, string>> = { keys: 'participant', endpoints: 'participant' };

/** Copies the files of a catalogue into a folder of their own, where a proposal is worked out. */
export async function beginProposal(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of CATALOGUE_FILES) await cp(join(from, name), join(to, name), { errorOnExist: true, force: false });
}

/**
 * Adds entries to the files of a folder; comments and everything else in them stay. An entry that is there already is replaced,
 * where `replace` says so. @returns the files that changed @throws ConfigFault and changes nothing
 */
export async function mergeInto(folder: string, entries: Entries, replace = false): Promise<readonly string[]> {
  const changed = new Map<string, Document>();
  for (const [section, added] of Object.entries(entries)) {
    if (added.length === 0) continue;
    const file = FILES[section] ?? `${section}.yaml`;
    if (!CATALOGUE_FILES.includes(file)) throw new ConfigFault([`a catalogue has no section "${section}"`]);
    const document = parseDocument(await readFile(join(folder, file), 'utf8'));
    const list = document.get(section);
    if (document.errors.length > 0 || !isSeq(list)) throw new ConfigFault([`${file} has no list "${section}"`]);
    // An empty list may be written as [], and what is added must not be on one line.
    list.flow = false;
    for (const entry of added) put(document, list, entry, { section, replace });
    changed.set(file, document);
  }
  for (const [file, document] of changed)
    await writeFile(join(folder, file), document.toString({ lineWidth: 0, flowCollectionPadding: false }));
  return [...changed.keys()];
}

function put(
  document: Document,
  list: YAMLSeq,
  entry: Readonly<Record<string, unknown>>,
  { section, replace }: Readonly<{ section: string; replace: boolean }>,
): void {
  const name = NAMED_BY[section] ?? 'id';
  const at = list.items.findIndex((it) => isMap(it) && it.get(name) === entry[name]);
  // As written out in another file: nothing refers to anything else in it.
  const node = document.createNode(entry, { aliasDuplicateObjects: false });
  if (at < 0) list.add(node);
  else if (replace) list.items[at] = node;
  else throw new ConfigFault([`${section} has "${String(entry[name])}" already`]);
}
