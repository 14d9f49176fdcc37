import type { EvidenceType } from '../catalogue/catalogue.js';
import { describeError } from '../platform/operational-log.js';
import { attributesOf } from './evidence-mapping.js';
import { type Finding, fails, holds, unknown } from './finding.js';
import { moment, type Reading, type SourceRow, statedValue } from './found-record.js';
import type { EvidenceView } from './register-config.js';

export const SAMPLE_SIZE = 200;
/** Whoever asks waits for all registers together; one that takes longer is heard last. */
const LOOKUP_MS = 100;
const LOOKUPS = 3;

/** A person whom nobody is: no number is spelled so. */
export const NOBODY = { idnr: '00000000000', birthDate: '0001-01-01' } as const;

/** Whether records hold what the catalogue promises: counts, and never a value. */
export function sampleFindings(
  id: string,
  { attributes, available_at, code_lists: codeLists }: EvidenceView,
  types: readonly EvidenceType[],
  rows: readonly SourceRow[],
  reading: Reading,
): readonly Finding[] {
  const known = attributesOf(types, id);
  if (rows.length === 0)
    return [unknown('has records', id, 'shows no record', 'see that the view shows records, then check again')];
  const each = (rule: string, about: string, isSo: (row: SourceRow) => boolean, todo: string): Finding => {
    const faulty = rows.filter((row) => !isSo(row)).length;
    return faulty === 0
      ? holds(rule, about)
      : fails(rule, about, `is not so in ${faulty} of ${rows.length} sampled records`, todo);
  };
  return [
    holds('has records', id, `${rows.length} sampled`),
    each(
      'as-of is a moment with time zone',
      id,
      ({ as_of }) => moment(as_of) !== undefined,
      'make it a timestamp with time zone, as text ISO 8601 with Z or an offset',
    ),
    each(
      'the block is true or false',
      id,
      ({ blocked }) => reading.free.includes(blocked) || reading.blocked.includes(blocked),
      'what is neither counts as blocked: nobody would get these records',
    ),
    ...(available_at === undefined
      ? []
      : [
          each(
            'available-at is a moment with time zone, or absent',
            id,
            (row) => row.available_at === null || moment(row.available_at) !== undefined,
            'make it a timestamp with time zone, as text ISO 8601 with Z or an offset; absent: it can be had now',
          ),
        ]),
    ...Object.keys(attributes).map((name) => {
      const type = known.find((it) => it.id === name)?.type ?? 'of no type of the catalogue';
      const coded = codeLists !== undefined && Object.hasOwn(codeLists, name);
      return each(
        `is ${type}${coded ? ' by its code list' : ''}, or absent`,
        `${id}.${name}`,
        (row) => statedValue(name, row, { known, codeLists }, reading) !== undefined,
        coded ? 'add the missing codes to code_lists' : `make the column ${COLUMN[type] ?? 'one of its type'}`,
      );
    }),
  ];
}

const COLUMN: Readonly<Record<string, string>> = {
  string: 'text',
  date: 'a date, or text as YYYY-MM-DD',
  'partial-date': 'text as YYYY-MM-DD, YYYY-MM or YYYY',
  'string-list': 'a list of texts, or where the source has no lists, JSON',
  object: 'JSON',
};

export function twiceFinding(id: string, twice: number): Finding {
  const rule = 'has one record for each subject';
  if (twice === 0) return holds(rule, id);
  const todo =
    'nobody gets a record of these: mend the data, or let the view show the one that is valid (valid_from, valid_until)';
  return fails(rule, id, `has more than one for ${twice} of them`, todo);
}

/** Looks for nobody, so that without an index everything would be read. */
export async function lookupFinding(id: string, look: () => Promise<unknown>): Promise<Finding> {
  const rule = `finds a record within ${LOOKUP_MS} ms`;
  const todo = 'create an index on the columns by which a record is found, on the tables beneath the view';
  const took: number[] = [];
  try {
    for (let left = LOOKUPS; left > 0; left--) {
      const started = performance.now();
      await look();
      took.push(performance.now() - started);
    }
  } catch (error) {
    return fails(rule, id, `does not answer (${codeOf(error)})`, todo);
  }
  // The fastest: the first one may have opened a connection.
  const fastest = Math.min(...took);
  const said = `${fastest.toFixed(1)} ms`;
  return fastest <= LOOKUP_MS ? holds(rule, id, said) : fails(rule, id, `takes ${said}`, todo);
}

/** Of an error, or of what caused it; no message, which might quote a value. */
export function codeOf(error: unknown): string {
  const { code, error: name = 'unknown' } = describeError(error instanceof Error ? (error.cause ?? error) : error);
  return code ?? name;
}
