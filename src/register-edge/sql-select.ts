import type { CompanyKey } from '../tokens/company-key.js';
import { columnOf } from './evidence-mapping.js';
import type { RecordOf } from './evidence-source.js';
import type { EvidenceView, LocalKeys } from './register-config.js';
import { type Dialect, quoted } from './sql-database.js';

/** The view is there for somebody else's keys as well: which one is read, and as of which day (in Germany). */
export type Reads = Readonly<{
  view: EvidenceView;
  /** Where the register keeps its own keys of persons. */
  persons?: LocalKeys | undefined;
  today: string;
}>;

export type Statement = Readonly<{ text: string; values: readonly string[] }>;

type Bind = (value: string) => () => string;

/** Undefined where the view knows nobody of that kind, or not by that kind of key. */
export function selectOf(
  reads: Reads,
  subject: RecordOf,
  asked: readonly string[],
  dialect: Dialect,
): Statement | undefined {
  const { as_of, available_at, view } = reads.view;
  const values: string[] = [];
  const bind: Bind = (value) => () => dialect.placeholder(values.push(value));
  const name = (column: string) => quoted(dialect, column);
  const found =
    'company' in subject
      ? byCompany(reads.view.company, subject.company, dialect, bind)
      : byPerson(reads, subject, dialect, bind);
  if (found === undefined) return undefined;
  const columns = asked.map((id) => `${name(columnOf(reads.view, id))} as ${dialect.quote(`a_${id}`)}`);
  const valid = validOn(reads, dialect, bind);
  const later = available_at === undefined ? [] : [`${name(available_at)} as available_at`];
  // Only what is asked for is read (GDPR Art. 5 (1) c); names come from the configuration, values never stand in the text.
  return {
    text: `select ${[`${name(as_of)} as as_of`, ...later, ...found.select, ...columns].join(', ')}
    from ${name(view)} where ${[...found.where, ...valid].join(' and ')} limit 2`,
    values,
  };
}

function validOn({ view: { valid_from, valid_until }, today }: Reads, dialect: Dialect, bind: Bind): readonly string[] {
  const day = bind(today);
  const [from, until] = [valid_from, valid_until].map((it) => it && quoted(dialect, it));
  return [
    ...(from === undefined ? [] : [`(${from} is null or ${from} <= ${day()})`]),
    ...(until === undefined ? [] : [`(${until} is null or ${until} >= ${day()})`]),
  ];
}

/** Some records with everything that is configured, whoever they are about. */
export function selectSome({ view }: Reads, dialect: Dialect, count: number): Statement {
  const { as_of, available_at, person, company, attributes } = view;
  const columns = {
    as_of,
    blocked: person?.blocked ?? company?.blocked ?? '',
    ...(company === undefined ? {} : { representatives: company.representatives }),
    ...(available_at === undefined ? {} : { available_at }),
    ...Object.fromEntries(Object.entries(attributes).map(([id, column]) => [`a_${id}`, column])),
  };
  const list = Object.entries(columns).map(([name, it]) => `${quoted(dialect, it)} as ${dialect.quote(name)}`);
  return { text: `select ${list.join(', ')} from ${quoted(dialect, view.view)} limit ${count}`, values: [] };
}

/** How many keys have more than one valid record. */
export function countTwice(reads: Reads, dialect: Dialect): Statement {
  const values: string[] = [];
  const bind: Bind = (value) => () => dialect.placeholder(values.push(value));
  const keys = keysOf(reads.view).map((it) => quoted(dialect, it));
  const conditions = [...keys.map((it) => `${it} is not null`), ...validOn(reads, dialect, bind)];
  const twice = `select ${keys.join(', ')} from ${quoted(dialect, reads.view.view)} where ${conditions.join(' and ')}
    group by ${keys.join(', ')} having count(*) > 1`;
  return { text: `select count(*) as n from (${twice}) as twice`, values };
}

/** Columns that together mean one subject. */
export function keysOf({ person, company }: EvidenceView): readonly string[] {
  if (company !== undefined) return [company.kind, company.court, company.number];
  if (person === undefined) return [];
  return 'idnr' in person ? [person.idnr, person.birth_date] : [person.local_key];
}

type Selection = Readonly<{ select: readonly string[]; where: readonly string[] }>;

function byPerson(
  { view: { person }, persons }: Reads,
  { idnr, birthDate }: Extract<RecordOf, { idnr: string }>,
  dialect: Dialect,
  bind: Bind,
): Selection | undefined {
  if (person === undefined) return undefined;
  const is = (column: string, value: string) => dialect.isText(quoted(dialect, column), bind(value));
  const select = [`${quoted(dialect, person.blocked)} as blocked`];
  if ('idnr' in person) return { select, where: [is(person.idnr, idnr), is(person.birth_date, birthDate)] };
  if (persons === undefined) return undefined;
  const known = `select ${quoted(dialect, persons.local_key)} from ${quoted(dialect, persons.view)}
    where ${is(persons.idnr, idnr)} and ${is(persons.birth_date, birthDate)}`;
  return { select, where: [`${quoted(dialect, person.local_key)} in (${known})`] };
}

function byCompany(
  company: EvidenceView['company'],
  key: CompanyKey,
  dialect: Dialect,
  bind: Bind,
): Selection | undefined {
  if (company === undefined) return undefined;
  const { kind, court, number, business_number, representatives, blocked } = company;
  const select = [`${quoted(dialect, blocked)} as blocked`, `${quoted(dialect, representatives)} as representatives`];
  const is = (column: string, value: string) => dialect.isText(quoted(dialect, column), bind(value));
  if (key.set === 'register-number')
    return { select, where: [is(kind, key.kind), is(court, key.court), is(number, key.number)] };
  return business_number === undefined ? undefined : { select, where: [is(business_number, key.business_number)] };
}
