import type { ReadSections, Report } from './sections.js';
import type { Path } from './yaml-file.js';

const WITH_ID = [
  'areas',
  'participants',
  'registers',
  'evidence_types',
  'legal_bases',
  'purposes',
  'rules',
  'services',
  'administrators',
  'retention',
] as const;
type WithId = (typeof WITH_ID)[number];

export function checkUniqueIds(read: ReadSections, report: Report): void {
  for (const section of WITH_ID) {
    const seen = new Set<string>();
    for (const [index, { id }] of (read[section] ?? []).entries()) {
      if (seen.has(id)) report(section, [section, index, 'id'], `${section} has "${id}" twice`);
      seen.add(id);
    }
  }
}

/** Entries by id; absent where the section's own file is broken, so that one fault does not breed a hundred. */
export function byId<S extends WithId>(read: ReadSections, section: S): ReadonlyMap<string, Entry<S>> | undefined {
  const entries: readonly Entry<S>[] | undefined = read[section] as readonly Entry<S>[] | undefined;
  return entries && new Map(entries.map((it) => [it.id, it]));
}

type Entry<S extends WithId> = NonNullable<ReadSections[S]>[number];

/** Reports an id that `known` does not have. Returns the entry it means. */
export function resolve<T>(
  known: ReadonlyMap<string, T> | undefined,
  id: string,
  kind: string,
  say: (path: Path, message: string) => void,
  path: Path,
): T | undefined {
  const found = known?.get(id);
  if (known !== undefined && found === undefined) say(path, `${kind} "${id}" does not exist`);
  return found;
}
