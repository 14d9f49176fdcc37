import type { RecordOf } from './evidence-source.js';
import type { EvidenceView, LocalKeys } from './register-config.js';
import type { Row } from './sql-database.js';

/** Separates what no key contains: subjects with it were refused before. */
const SEPARATOR = '\0';

/** Rows by what columns say of them. */
export class RecordIndex {
  readonly #rows = new Map<string, Row[]>();

  constructor(rows: readonly Row[], columns: readonly string[]) {
    for (const row of rows) {
      const key = columns.map((it) => row[it]);
      // Who has no number is nobody's record.
      if (!key.every((it) => typeof it === 'string')) continue;
      const text = key.join(SEPARATOR);
      const known = this.#rows.get(text);
      if (known === undefined) this.#rows.set(text, [row]);
      else known.push(row);
    }
  }

  at(values: readonly string[]): readonly Row[] {
    return this.#rows.get(values.join(SEPARATOR)) ?? [];
  }
}

/** Finds the rows of one subject. */
export type Finder = (subject: RecordOf) => readonly Row[];

export function finderOf({ person, company }: EvidenceView, rows: readonly Row[], persons?: KnownPersons): Finder {
  if (company !== undefined) {
    const byEntry = new RecordIndex(rows, [company.kind, company.court, company.number]);
    const byNumber =
      company.business_number === undefined ? undefined : new RecordIndex(rows, [company.business_number]);
    return (subject) => {
      if (!('company' in subject)) return [];
      const key = subject.company;
      if (key.set === 'register-number') return byEntry.at([key.kind, key.court, key.number]);
      return byNumber?.at([key.business_number]) ?? [];
    };
  }
  if (person === undefined) return () => [];
  if ('idnr' in person) {
    const byPerson = new RecordIndex(rows, [person.idnr, person.birth_date]);
    return (subject) => ('idnr' in subject ? byPerson.at([subject.idnr, subject.birthDate]) : []);
  }
  const byLocalKey = new RecordIndex(rows, [person.local_key]);
  return (subject) => {
    if (!('idnr' in subject) || persons === undefined) return [];
    const { keys, index } = persons;
    const known = index.at([subject.idnr, subject.birthDate]).map((it) => it[keys.local_key]);
    return [...new Set(known)].flatMap((it) => (typeof it === 'string' ? byLocalKey.at([it]) : []));
  };
}

export type KnownPersons = Readonly<{ keys: LocalKeys; index: RecordIndex }>;

export function knownPersons(keys: LocalKeys, rows: readonly Row[]): KnownPersons {
  return { keys, index: new RecordIndex(rows, [keys.idnr, keys.birth_date]) };
}
