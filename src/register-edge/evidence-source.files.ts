import type { Clock } from '../platform/clock.js';
import { outage } from '../platform/fault.js';
import { germanDay } from '../platform/german-day.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { attributesOf, columnOf, mappingOf, type TypesInForce } from './evidence-mapping.js';
import { type EvidenceRecord, EvidenceSource, type Found, type Later, type RecordOf } from './evidence-source.js';
import { type Finding, fails, holds } from './finding.js';
import { foundIn, moment, type Reading } from './found-record.js';
import { isDay, isValidOn } from './record-day.js';
import { RecordFileFault } from './record-file.js';
import type { ReadFile, RecordFolder } from './record-folder.js';
import { type Finder, finderOf, knownPersons } from './record-index.js';
import type { EvidenceTables, EvidenceView } from './register-config.js';
import { codeOf, SAMPLE_SIZE, sampleFindings, twiceFinding } from './sample.js';
import type { Row } from './sql-database.js';
import { keysOf } from './sql-select.js';
import { type ExpectedView, evidenceViews } from './view-check.js';

const LOOK_EVERY_MS = 1000;

/** CSV knows texts alone; JSON has what it needs, and may still hold a list in a text. */
const READING: Reading = { free: [false, 'false'], blocked: [true, 'true'], jsonInText: true };

type Loaded = Readonly<{
  versions: ReadonlyMap<string, string>;
  rows: ReadonlyMap<string, readonly Row[]>;
  finders: ReadonlyMap<string, Finder>;
}>;

/**
 * Reads files as if they were views, and looks every second whether there are new ones. All of a register's files come into
 * force together or not at all: where one is faulty, or still changing, the former stay and the log says why. Where one is
 * gone nothing is answered: to take the files away is how the register stops.
 */
export class FilesEvidenceSource extends EvidenceSource {
  #loaded: Loaded | undefined;
  #seen: string | undefined;
  #reported: string | undefined;
  #isGone = false;
  #looking: Promise<void> | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly folder: RecordFolder,
    private readonly tables: EvidenceTables,
    private readonly types: TypesInForce,
    private readonly log: OperationalLog,
    private readonly clock: Clock,
  ) {
    super();
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  override async find(
    evidenceType: string,
    subject: RecordOf,
    attributes: readonly string[],
  ): Promise<Found<EvidenceRecord> | Later> {
    const view = mappingOf(this.tables.evidence ?? {}, evidenceType);
    const finder = this.#isGone ? undefined : this.#loaded?.finders.get(evidenceType);
    if (finder === undefined) throw outage('REGISTER_UNAVAILABLE', new RecordFileFault('is gone'));
    const columns = attributes.map((attribute) => [`a_${attribute}`, columnOf(view, attribute)] as const);
    const nowMs = this.clock.now();
    const today = germanDay(nowMs);
    const rows = finder(subject).filter((row) => isValidOn(today, at(row, view.valid_from), at(row, view.valid_until)));
    const known = attributesOf(this.types(), evidenceType);
    const asked = { subject, attributes, known, codeLists: view.code_lists, nowMs };
    return foundIn(
      rows.map((row) => asSelected(view, row, columns)),
      asked,
      READING,
    );
  }

  /** Reads everything now; what is found takes effect where nothing fails. */
  async check(): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    const read = new Map<string, ReadFile>();
    for (const { view, columns } of evidenceViews(this.tables)) {
      const [rule, about] = ['is there with its columns', `file ${view}`];
      try {
        const file = read.get(view) ?? (await this.folder.read(view));
        read.set(view, file);
        demandColumns(file, columns);
        findings.push(holds(rule, about));
      } catch (error) {
        const fault = error instanceof RecordFileFault ? error.message : `cannot be read (${codeOf(error)})`;
        const todo = 'write the whole file under another name in the same folder, then rename it';
        findings.push(fails(rule, about, fault, todo));
      }
    }
    for (const [id, view] of Object.entries(this.tables.evidence ?? {})) {
      const rows = read.get(view.view)?.rows ?? [];
      if (findings.every(({ state }) => state === 'holds')) findings.push(...contentFindings(id, view, rows));
    }
    if (findings.every(({ state }) => state === 'holds')) this.#loaded = this.#indexed(read);
    return findings;
  }

  /** What some records say, and whether keys are there twice; after a check. */
  sample(): readonly Finding[] {
    return Object.entries(this.tables.evidence ?? {}).flatMap(([id, view]) => {
      const rows = this.#loaded?.rows.get(view.view) ?? [];
      const attributes = Object.entries(view.attributes).map(([it, column]) => [`a_${it}`, column] as const);
      const some = rows.slice(0, SAMPLE_SIZE).map((row) => asSelected(view, row, attributes));
      return [...sampleFindings(id, view, this.types(), some, READING), twiceFinding(id, twiceIn(view, rows))];
    });
  }

  /** Whether there are other files than those in force: at once where they have settled, else the next time. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    try {
      const names = [...new Set(evidenceViews(this.tables).map(({ view }) => view))];
      const found = await Promise.all(names.map(async (it) => [it, await this.folder.versionOf(it)] as const));
      const gone = found.filter(([, version]) => version === undefined).map(([name]) => name);
      if (gone.length > 0 && !this.#isGone)
        this.log.error({ files: gone.join(', ') }, 'files of the register are gone');
      this.#isGone = gone.length > 0;
      const now = found.map(([, version]) => version).join(' ');
      const before = this.#seen;
      this.#seen = now;
      // What still changes is being written.
      if (this.#isGone || now !== before || now === this.#versions() || now === this.#reported) return;
      const faults = (await this.check()).filter(({ state }) => state !== 'holds');
      this.#reported = faults.length > 0 ? now : undefined;
      for (const { about, fault = '' } of faults)
        this.log.error({ file: about, fault }, 'a new file of the register is faulty; the former stay in force');
      if (faults.length === 0) this.log.info({ files: names.join(', ') }, 'new files of the register in force');
    } catch (error) {
      this.#isGone = true;
      this.log.error(describeError(error), 'files of the register cannot be looked at');
    }
  }

  #versions(): string {
    return [...(this.#loaded?.versions.values() ?? [])].join(' ');
  }

  #indexed(read: ReadonlyMap<string, ReadFile>): Loaded {
    const { evidence = {}, persons } = this.tables;
    const rowsOf = (name: string) => read.get(name)?.rows ?? [];
    const known = persons === undefined ? undefined : knownPersons(persons, rowsOf(persons.view));
    const finders = Object.entries(evidence).map(
      ([id, view]) => [id, finderOf(view, rowsOf(view.view), known)] as const,
    );
    const versions = [...read].map(([name, { version }]) => [name, version] as const);
    const rows = new Map([...read].map(([name, it]) => [name, it.rows]));
    return { versions: new Map(versions), rows, finders: new Map(finders) };
  }
}

/** In every record: one that lacks a column is a fault of the whole file. */
function demandColumns({ header, rows }: ReadFile, columns: ExpectedView['columns']): void {
  const missing = header === undefined ? [] : columns.filter((it) => !header.includes(it));
  if (missing.length > 0) throw new RecordFileFault(`lacks a configured column: ${missing.join(', ')}`);
  rows.forEach((row, at) => {
    const absent = columns.filter((it) => !Object.hasOwn(row, it));
    if (absent.length > 0)
      throw new RecordFileFault(`lacks a configured column in record ${at + 1}: ${absent.join(', ')}`);
  });
}

function contentFindings(id: string, view: EvidenceView, rows: readonly Row[]): readonly Finding[] {
  const { as_of, person, company, valid_from, valid_until, available_at } = view;
  const blocked = person?.blocked ?? company?.blocked ?? '';
  const days = [valid_from, valid_until].filter((it) => it !== undefined);
  const finding = (rule: string, faulty: number, todo: string): Finding =>
    faulty < 0 ? holds(rule, id) : fails(rule, id, `is not so in record ${faulty + 1}`, todo);
  return [
    finding(
      'as-of is a moment with time zone',
      rows.findIndex((row) => moment(row[as_of]) === undefined),
      `write "${as_of}" as ISO 8601 with Z or an offset`,
    ),
    finding(
      'the block is true, false or absent',
      rows.findIndex((row) => !/^(true|false|null)$/.test(String(row[blocked]))),
      `write "${blocked}" as true or false; absent counts as blocked`,
    ),
    finding(
      'validity is a day or empty',
      rows.findIndex((row) => days.some((it) => row[it] !== null && !isDay(row[it]))),
      'write days as ISO 8601, for example 2026-12-31',
    ),
    ...(available_at === undefined
      ? []
      : [
          finding(
            'available-at is a moment with time zone or empty',
            rows.findIndex((row) => row[available_at] !== null && moment(row[available_at]) === undefined),
            `write "${available_at}" as ISO 8601 with Z or an offset`,
          ),
        ]),
  ];
}

/** How many keys more than one record has that is valid for ever. */
function twiceIn(view: EvidenceView, rows: readonly Row[]): number {
  if (view.valid_from !== undefined || view.valid_until !== undefined) return 0;
  const keys = keysOf(view);
  const counted = Map.groupBy(rows, (row) => JSON.stringify(keys.map((it) => row[it])));
  return [...counted.values()].filter((it) => it.length > 1).length;
}

function at(row: Row, column: string | undefined): unknown {
  return column === undefined ? null : row[column];
}

function asSelected(
  { person, company, as_of, available_at }: EvidenceView,
  row: Row,
  columns: readonly (readonly [name: string, column: string])[],
): Row {
  return {
    as_of: row[as_of],
    blocked: row[person?.blocked ?? company?.blocked ?? ''],
    ...(company === undefined ? {} : { representatives: row[company.representatives] }),
    ...(available_at === undefined ? {} : { available_at: row[available_at] }),
    ...Object.fromEntries(columns.map(([name, column]) => [name, row[column]])),
  };
}
