import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { Fault } from '../../src/platform/fault.js';
import type { EvidenceRecord, Found, Later, RecordOf } from '../../src/register-edge/evidence-source.js';
import type { OpenedSource } from '../../src/register-edge/open-source.js';
import { eventually } from '../support/eventually.js';
import type { SilentLog } from '../support/silent-log.js';
import { type ProbeRow, type ProbeTables, whileNamesAreLists } from './probe-tables.js';
import { AWAITED } from './source-call.js';

/** A source with the tables of the probe, filled, and the adapter opened over it with `openSource`. */
export type ProbedSource = Readonly<{
  opened: OpenedSource;
  /** Where the schema changed: whether it keeps to what it read before, or refuses what it cannot read. */
  keepsFormer: boolean;
  /** The same, with a limit of time that does not count here; absent where nothing takes long. */
  patient?: OpenedSource;
  /** Whether the source still works on what takes long (`slow`), where it can be seen. */
  isReading?: () => Promise<boolean>;
  /** Takes a column from `person_row`. */
  dropColumn(column: 'moved_in'): Promise<void>;
  /** Takes the source away, and brings it back. */
  takeAway(): Promise<void>;
  bringBack(): Promise<void>;
  /** Statements that would change something, through the same connection as the adapter's; none where it knows no statements. */
  writes: readonly (() => Promise<unknown>)[];
  /** What there is nothing of here: records of companies, keys of its own, an answer that takes long (`slow`), columns to check. */
  without: readonly ('companies' | 'local keys' | 'time limit' | 'columns')[];
  /** What the adapter was given to write to. */
  log: SilentLog;
  end(): Promise<void>;
}>;

type Answer = Found<EvidenceRecord> | Later;

const NOBODY = makeTestIdnr(1);
const ONE = makeTestIdnr(11);
const BLOCKED = makeTestIdnr(12);
const UNSURE = makeTestIdnr(13);
const TWICE = makeTestIdnr(14);
const EMPTY = makeTestIdnr(15);
const HOSTILE = makeTestIdnr(16);
const FORMER = makeTestIdnr(17);
const MOVED = makeTestIdnr(18);
const OTHER_CODE = makeTestIdnr(19);
const NOT_YET = makeTestIdnr(20);
const LATER = makeTestIdnr(21);
const LATER_BLOCKED = makeTestIdnr(22);
const CAME = makeTestIdnr(23);
const BORN = '1992-03-29';

/** The register is well; what it has of this one cannot be used. */
const OF_RECORD = { reason: 'REGISTER_UNAVAILABLE', of: 'record' };

const HOSTILE_NAME = `O'Brien "x" \\ %s ; -- \u202Egnu\u202C \u0130\u{1F600}\tß`;

const row = (idnr: string, over: ProbeRow = {}): ProbeRow => ({
  idnr,
  birth_date: BORN,
  blocked: false,
  as_of: '2026-03-01T22:30:00Z',
  valid_from: null,
  valid_until: null,
  available_at: null,
  name: 'Musterfrau',
  moved_in: '2024-02-29',
  status: 'LD',
  nations: ['DE', 'TR'],
  children: [{ given_names: 'Kim', birth_date: '2020-01-01' }],
  ...over,
});

const firm = (over: ProbeRow = {}): ProbeRow => ({
  kind: 'HRB',
  court: 'TEST1',
  entry: '900001',
  number: 'DE136695976-00001',
  representatives: [{ family_name_key: 'musterfrau', birth_date: '1980-01-01' }],
  blocked: false,
  as_of: '2026-03-01T22:30:00Z',
  name: 'Muster GmbH',
  ...over,
});

/** Synthetic: numbers begin with 0. */
export const PROBE_ROWS: ProbeTables = {
  person_row: [
    row(ONE),
    row(BLOCKED, { blocked: true }),
    row(UNSURE, { blocked: null }),
    row(TWICE),
    row(TWICE, { name: 'Doppelt' }),
    row(EMPTY, { name: null, moved_in: null, status: null, nations: null, children: null }),
    row(HOSTILE, { name: HOSTILE_NAME }),
    row(FORMER, { valid_until: '2020-12-31' }),
    row(MOVED, { name: 'Alt', valid_until: '2020-12-31' }),
    row(MOVED, { name: 'Neu', valid_from: '2021-01-01' }),
    row(OTHER_CODE, { status: 'XX' }),
    row(NOT_YET, { valid_from: '2999-01-01' }),
    row(LATER, { available_at: '2037-12-31T22:30:00Z', status: 'XX' }),
    row(LATER_BLOCKED, { available_at: '2037-12-31T22:30:00Z', blocked: true }),
    row(CAME, { available_at: '2026-03-01T22:30:00Z' }),
  ],
  known_person: [{ idnr: ONE, birth_date: BORN, local_key: 'L-1' }],
  local_row: [
    { local_key: 'L-1', blocked: false, as_of: '2026-03-01T22:30:00Z', name: 'Musterfrau' },
    { local_key: 'L-2', blocked: false, as_of: '2026-03-01T22:30:00Z', name: 'Unbekannt' },
  ],
  firm_row: [firm(), firm({ court: 'test1', number: null, name: 'Kleine Gerichte' })],
};

/** Every sentence of the port, against one adapter over a real source. */
export function keepsTheContractOfAnEvidenceSource(title: string, probe: () => Promise<ProbedSource>): void {
  describe(`${title} as a register's own data`, () => {
    let probed: ProbedSource;

    beforeAll(async () => {
      probed = await probe();
    });
    afterAll(() => probed?.end());

    const find = (subject: RecordOf, attributes: readonly string[], type = 'person'): Promise<Answer> =>
      probed.opened.source.find(type, subject, attributes, AWAITED);
    const of = (idnr: string, birthDate = BORN): RecordOf => ({ idnr, birthDate });
    const faultOf = async (asked: Promise<Answer>): Promise<Readonly<{ reason: string; of?: string }>> => {
      try {
        return { reason: (await asked).kind };
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        expect(`${error.message} ${JSON.stringify(error.metadata)}`).not.toMatch(/Musterfrau|0\d{10}/);
        return { reason: error.reason, ...error.metadata };
      }
    };
    const reasonOf = async (asked: Promise<Answer>): Promise<string> => (await faultOf(asked)).reason;

    it('is there as configured', async () => {
      const findings = await probed.opened.check();
      expect(findings.filter(({ state }) => state !== 'holds')).toEqual([]);
      expect(findings.length).toBeGreaterThan(0);
    });

    it('whose record cannot be read is no outage of the register: everybody else is answered at once', async () => {
      expect(await faultOf(find(of(ONE), ['faulty']))).toEqual(OF_RECORD);
      expect(await find(of(ONE), ['status'])).toMatchObject({ kind: 'one' });
    });

    it('gives the one record of a number and a date of birth (EGovG § 5 Abs. 4), each value of the type that the catalogue promises', async () => {
      expect(await find(of(ONE), ['name', 'moved_in', 'status', 'nations', 'children'])).toEqual({
        kind: 'one',
        record: {
          asOf: '2026-03-01T22:30:00.000Z',
          attributes: {
            name: 'Musterfrau',
            moved_in: '2024-02-29',
            status: 'ledig',
            nations: ['DE', 'TR'],
            children: [{ given_names: 'Kim', birth_date: '2020-01-01' }],
          },
        },
      });
    });

    it('judges by the types that are in force when it is asked, not by those of its start', async () => {
      expect(await whileNamesAreLists(() => faultOf(find(of(ONE), ['name'])))).toEqual(OF_RECORD);
      expect(await find(of(ONE), ['name'])).toMatchObject({ kind: 'one' });
    });

    it('finds nobody by another number or another date of birth', async () => {
      expect(await find(of(NOBODY), ['name'])).toEqual({ kind: 'none' });
      expect(await find(of(ONE, '1992-03-28'), ['name'])).toEqual({ kind: 'none' });
      expect(await find(of(ONE.replace(/^0/, '')), ['name'])).toEqual({ kind: 'none' });
    });

    it('does not choose between several', async () => {
      expect(await find(of(TWICE), ['name'])).toEqual({ kind: 'several' });
    });

    it('takes for blocked what is not clearly free (IDNrG § 6 Abs. 5)', async () => {
      expect(await find(of(BLOCKED), ['name'])).toEqual({ kind: 'blocked' });
      expect(await find(of(UNSURE), ['name'])).toEqual({ kind: 'blocked' });
    });

    it('says null where the register has no value', async () => {
      const found = await find(of(EMPTY), ['name', 'moved_in', 'status', 'nations', 'children']);
      expect(found).toMatchObject({
        record: { attributes: { name: null, moved_in: null, status: null, nations: null, children: null } },
      });
    });

    it('reads no column but those asked for (GDPR Art. 5 (1) c)', async () => {
      const found = await find(of(ONE), ['status']);
      expect(found).toMatchObject({ record: { attributes: { status: 'ledig' } } });
      expect(Object.keys((found as { record: EvidenceRecord }).record.attributes)).toEqual(['status']);
      expect(await faultOf(find(of(ONE), ['status', 'faulty']))).toEqual(OF_RECORD);
    });

    it('cannot be asked for what is not configured', async () => {
      await expect(find(of(ONE), ['idnr'])).rejects.toThrow('without column');
      await expect(find(of(ONE), ['constructor'])).rejects.toThrow('without column');
      await expect(find(of(ONE), ['name'], 'constructor')).rejects.toThrow('evidence type without');
    });

    it.each([
      `' or '1'='1`,
      `" or ""="`,
      `${ONE}' --`,
      `${ONE}\0`,
      `\0`,
      `${ONE} `,
      ` ${ONE}`,
      `\u202E${ONE}`,
      `${ONE}\u200F`,
      '%',
      '\\',
      `${ONE}\\`,
      '',
      '🙂'.repeat(5000),
      '\uD800',
    ])('finds nobody by a key that nobody has: %j', async (hostile) => {
      expect(await find(of(hostile), ['name'])).toEqual({ kind: 'none' });
      const key = { set: 'register-number', kind: 'HRB', court: hostile, number: '900001' } as const;
      const type = probed.without.includes('companies') ? 'person' : 'firm';
      expect(await find({ company: key, representative: null }, ['name'], type)).toEqual({ kind: 'none' });
    });

    it('passes values on as they are, whatever is in them', async () => {
      expect(await find(of(HOSTILE), ['name'])).toMatchObject({ record: { attributes: { name: HOSTILE_NAME } } });
    });

    it('gives the value that a code means, and nothing for a code in no list', async () => {
      expect(await faultOf(find(of(OTHER_CODE), ['status']))).toEqual(OF_RECORD);
      expect(await find(of(OTHER_CODE), ['name'])).toMatchObject({ kind: 'one' });
    });

    it('has no record that is no longer or not yet valid', async () => {
      expect(await find(of(FORMER), ['name'])).toEqual({ kind: 'none' });
      expect(await find(of(NOT_YET), ['name'])).toEqual({ kind: 'none' });
      expect(await find(of(MOVED), ['name'])).toMatchObject({ record: { attributes: { name: 'Neu' } } });
    });

    it('says from when on a record can be had, and nothing else of it', async () => {
      const availableAt = Date.parse('2037-12-31T22:30:00Z');
      expect(await find(of(LATER), ['name', 'status'])).toEqual({ kind: 'later', availableAt });
      expect(await find(of(CAME), ['name'])).toMatchObject({ record: { attributes: { name: 'Musterfrau' } } });
      // Who may not know of a record does not learn of its time (IDNrG § 6 Abs. 5).
      expect(await find(of(LATER_BLOCKED), ['name'])).toEqual({ kind: 'blocked' });
    });

    it("finds a record by the register's own key where the record has no number", async () => {
      if (probed.without.includes('local keys')) return;
      expect(await find(of(ONE), ['name'], 'local')).toMatchObject({ record: { attributes: { name: 'Musterfrau' } } });
      expect(await find(of(EMPTY), ['name'], 'local')).toEqual({ kind: 'none' });
    });

    it('finds a company by its entry or its number, exactly as they are written (UBRegG § 3 Abs. 3)', async () => {
      const entry = { set: 'register-number', kind: 'HRB', court: 'TEST1', number: '900001' } as const;
      if (probed.without.includes('companies')) return;
      const number = { set: 'business-number', business_number: 'DE136695976-00001' } as const;
      for (const company of [entry, number])
        expect(await find({ company, representative: null }, ['name'], 'firm')).toMatchObject({
          record: { attributes: { name: 'Muster GmbH' } },
        });
      expect(await find({ company: entry, representative: null }, ['name'])).toEqual({ kind: 'none' });
      expect(await find(of(ONE), ['name'], 'firm')).toEqual({ kind: 'none' });
    });

    it('is for nobody but those who represent the company (HRV § 43)', async () => {
      const company = { set: 'register-number', kind: 'HRB', court: 'TEST1', number: '900001' } as const;
      if (probed.without.includes('companies')) return;
      const representative = { family_name: 'Musterfrau', birth_date: '1980-01-01' };
      expect(await find({ company, representative }, ['name'], 'firm')).toMatchObject({ kind: 'one' });
      const other = { ...representative, birth_date: '1980-01-02' };
      expect(await find({ company, representative: other }, ['name'], 'firm')).toEqual({ kind: 'not-represented' });
    });

    it('answers many at the same time, each with their own', async () => {
      const asked = [ONE, TWICE, BLOCKED, NOBODY].flatMap((it) => Array.from({ length: 20 }, () => it));
      const kinds = await Promise.all(asked.map(async (it) => (await find(of(it), ['name'])).kind));
      expect([...new Set(asked.map((it, at) => `${it} ${kinds[at]}`))]).toEqual([
        `${ONE} one`,
        `${TWICE} several`,
        `${BLOCKED} blocked`,
        `${NOBODY} none`,
      ]);
    });

    it('cannot change anything', async () => {
      for (const write of probed.writes) await expect(write()).rejects.toThrow();
      expect(await find(of(ONE), ['name'])).toMatchObject({ record: { attributes: { name: 'Musterfrau' } } });
    });

    it('ends what takes too long, and answers the next', async () => {
      if (probed.without.includes('time limit')) return;
      const started = Date.now();
      expect(await reasonOf(find(of(ONE), ['slow']))).toBe('REGISTER_UNAVAILABLE');
      expect(Date.now() - started).toBeLessThan(20_000);
      expect(await find(of(ONE), ['name'])).toMatchObject({ kind: 'one' });
    });

    it('reads on for nobody, and answers the next', async () => {
      const { patient, isReading } = probed;
      if (patient === undefined) return;
      const leaving = new AbortController();
      const asked = reasonOf(patient.source.find('person', of(ONE), ['slow'], { ...AWAITED, signal: leaving.signal }));
      if (isReading === undefined) await sleep(300);
      else expect(await eventually(isReading, (it) => it)).toBe(true);
      leaving.abort();
      expect(await asked).toBe('REGISTER_UNAVAILABLE');
      if (isReading !== undefined) expect(await eventually(isReading, (it) => !it)).toBe(false);
      expect(await patient.source.find('person', of(ONE), ['name'], AWAITED)).toMatchObject({ kind: 'one' });
      const left = patient.source.find('person', of(ONE), ['name'], { ...AWAITED, signal: leaving.signal });
      expect(await reasonOf(left)).toBe('REGISTER_UNAVAILABLE');
    });

    it('does not answer with what it cannot read any more', async () => {
      await probed.dropColumn('moved_in');
      if (probed.keepsFormer) {
        expect(await find(of(ONE), ['moved_in'])).toMatchObject({ record: { attributes: { moved_in: '2024-02-29' } } });
      } else {
        expect(await reasonOf(find(of(ONE), ['moved_in']))).toBe('REGISTER_UNAVAILABLE');
        expect(await find(of(ONE), ['name'])).toMatchObject({ kind: 'one' });
      }
      if (probed.without.includes('columns')) return;
      const faults = (await probed.opened.check()).filter(({ state }) => state === 'fails');
      expect(faults.map(({ fault }) => fault)).toEqual([
        expect.stringMatching(/lacks a configured column.*: moved_in$/),
      ]);
      expect(faults[0]?.todo).toBeDefined();
    });

    it('says REGISTER_UNAVAILABLE while the source is gone, and answers again when it is back', async () => {
      await probed.takeAway();
      const answered = () => reasonOf(find(of(ONE), ['name']));
      expect(await eventually(answered, (it) => it !== 'one')).toBe('REGISTER_UNAVAILABLE');
      await probed.bringBack();
      expect(await eventually(answered, (it) => it !== 'REGISTER_UNAVAILABLE')).toBe('one');
    });

    it('writes no value of a person to the operational log', () => {
      expect(probed.log.lines.join('\n')).not.toMatch(/Musterfrau|0\d{10}/);
    });
  });
}
