import type { ParticipantKind } from './catalogue.js';
import type { ReadSections, Report } from './sections.js';
import type { Path } from './yaml-file.js';

/** Kinds of participants that may ask for evidence. */
export const ASKING: readonly ParticipantKind[] = ['online-service', 'authority', 'pages'];
/** Who may offer a service: somebody with a form, or pages that look persons up. */
export const OFFERING: readonly ParticipantKind[] = ['online-service', 'pages'];

const WITH_ID = [
  'areas',
  'participants',
  'registers',
  'evidence_types',
  'legal_bases',
  'purposes',
  'rules',
  'services',
  'bundles',
  'recipient_matrices',
  'administrators',
  'agreements',
  'retention',
] as const;
type WithId = (typeof WITH_ID)[number];

export function checkUniqueIds(read: ReadSections, report: Report): void {
  for (const section of WITH_ID) {
    const entries: readonly Readonly<{ id: string }>[] = read[section] ?? [];
    const twice = twiceIn(entries, ({ id }) => id);
    for (const [index, id] of twice) report(section, [section, index, 'id'], `${section} has "${id}" twice`);
  }
}

/** Index and key of every item whose key an earlier one has. */
export function twiceIn<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [number, string])[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    const isTwice = seen.has(key);
    seen.add(key);
    return isTwice ? [[index, key] as const] : [];
  });
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
