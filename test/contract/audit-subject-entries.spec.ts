import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { SessionDesk } from '../../src/access/session-desk.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { PostgresLogReader } from '../../src/audit/log-reader.postgres.js';
import type { LogStore, NewEntry } from '../../src/audit/log-store.js';
import type { PersonRef } from '../../src/audit/record.js';
import { openRecord } from '../../src/audit/record-cipher.js';
import { subjectKey } from '../../src/audit/subject-index.js';
import { type ResolvedPerson, sealSubject } from '../../src/identity/subject-token.js';
import type { Caller } from '../../src/platform/caller.js';
import { Seal } from '../../src/platform/secrets.js';
import { type Session, signSession } from '../../src/tokens/session-token.js';
import { ListSubjectEntries, ListSubjectEntriesHandler } from '../../src/transparency/list-subject-entries.js';
import { subjectKeys } from '../../src/transparency/subject-keys.js';
import { ToldEntries } from '../../src/transparency/told-entries.js';
import { MemorySessionStore } from '../access/memory-session-store.js';
import { anEntry } from '../audit/entries.js';
import { createLogDatabase, type LogDatabase } from '../audit/log-database.js';
import { FixedClock, MemoryKeyVault } from '../audit/log-keys.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';
import { aSession } from '../support/sessions.js';
import { SilentLog } from '../support/silent-log.js';

const ISSUER = 'https://node.example';
const ERIKA: PersonRef = { kind: 'idnr', idnr: '02468135792' };
const MAX: PersonRef = { kind: 'idnr', idnr: '01357924682' };
const OFFICER = 'pairwise-pseudonym-of-an-officer';
const CITIZEN = 'pairwise-pseudonym-of-a-citizen';
const GROUNDS = { reason: 'Beschwerde vom 3. November', fileReference: 'DSB-7/2026' };

const federation = await aFederation();
const pages: Caller = { participant: federation.current.lookup.participant('pages')!, thumbprint: 'x5t of the pages' };
const seal = new Seal(Buffer.alloc(32, 3));
const vault = new MemoryKeyVault();
const clock = new FixedClock(NOW);
const silent = new SilentLog();
let database: LogDatabase;
let store: LogStore;
let handler: ListSubjectEntriesHandler;

function handlerOn(log: LogStore, reader: PostgresLogReader): ListSubjectEntriesHandler {
  const key = federation.key('node', 'access-token');
  const node = new NodeIdentity('node', ISSUER, federation.nodeCertificate, key, key);
  const audit = new AuditLog(log);
  const desk = new SessionDesk(node, federation.current, new MemorySessionStore(), audit, clock);
  return new ListSubjectEntriesHandler(
    desk,
    reader,
    new ToldEntries(reader, vault, clock, silent),
    vault,
    audit,
    seal,
    clock,
  );
}

beforeAll(async () => {
  database = await createLogDatabase();
  store = database.store({ vault, clock });
  handler = handlerOn(store, new PostgresLogReader(database.pool));
});
afterAll(() => database.close());

const append = async (...entries: NewEntry[]) => (await store.append(entries)).map(({ index }) => index);
const about = (person: PersonRef, as: 'subject' | 'decider' = 'subject', deviation: Partial<NewEntry> = {}) =>
  anEntry({ persons: [{ person, as }], ...deviation });

/** A person as a logged lookup found them, with the decision that the lookup used. */
async function found(person: PersonRef, deviation: Partial<ResolvedPerson['decided']> = {}): Promise<ResolvedPerson> {
  const [trigger, by] = [randomUUID(), randomUUID()];
  await append(
    anEntry({ persons: [], effects: [{ kind: 'grant-trigger', trigger }] }),
    anEntry({ persons: [], effects: [{ kind: 'use-trigger', trigger, by }] }),
  );
  return {
    role: 'person',
    idnr: person.kind === 'idnr' ? person.idnr : '',
    birth_date: '1992-08-12',
    opening: { birth_date: '1992-08-12', family_name: 'Musterfrau', idnr: null },
    lookup: { trigger, by },
    decided: {
      ...{ purpose: 'datenauskunft', legal_basis: 'ozg-10', acting: 'SELF', attester: 'pages', decider: CITIZEN },
      ...deviation,
    },
    representative: null,
  };
}
const foundByOfficer = (person: PersonRef) =>
  found(person, {
    ...{ purpose: 'datenschutzkontrolle', legal_basis: 'idnrg-9', acting: 'AUTHORITY', decider: OFFICER },
  });
const sealed = (person: ResolvedPerson, bound: object = {}) =>
  sealSubject(seal, person, { consumer: 'pages', certificate: pages.thumbprint, nowMs: clock.now(), ...bound }).token;
const signed = (session: Session) =>
  signSession(session, { pages: 'pages', issuer: ISSUER, key: federation.key('pages', 'session'), nowMs: clock.now() });

type Asking = Readonly<{ limit?: number; pageToken?: string; as?: ListSubjectEntriesHandler; caller?: Caller }>;
async function ask(session: Session, grounds: object = {}, { limit = 100, pageToken = '', ...asking }: Asking = {}) {
  const given = { subjectToken: '', reason: '', fileReference: '', ...grounds };
  const { as = handler, caller = pages } = asking;
  return as.execute(new ListSubjectEntries(caller, await signed(session), given, limit, pageToken));
}
const citizen = async (person = ERIKA, deviation: Partial<Session> = {}) =>
  aSession({ role: 'citizen', actor: CITIZEN, subject: sealed(await found(person)), ...deviation });
const officer = (deviation: Partial<Session> = {}) => aSession({ role: 'officer', actor: OFFICER, ...deviation });
const indices = (page: Awaited<ReturnType<typeof ask>>) => page.found.map(({ record }) => record.index);
/** What the work left in the log. */
async function written(work: () => Promise<unknown>) {
  const { size } = await store.head();
  await work();
  const { rows } = await database.pool.query('select event from log.record where index >= $1 order by index', [size]);
  return rows.map(({ event }) => event);
}

describe('a citizen (OZG § 10, GDPR Art. 15)', () => {
  it('sees the entries about themself, newest first, each with its capacity, and nobody else’s', async () => {
    const session = await citizen();
    const given = await append(
      about(ERIKA),
      about(MAX),
      about(ERIKA, 'decider'),
      anEntry({
        persons: [
          { person: ERIKA, as: 'subject' },
          { person: ERIKA, as: 'decider' },
          { person: MAX, as: 'decider' },
        ],
      }),
      about({ kind: 'pseudonym', issuer: 'pages', value: CITIZEN }, 'decider'),
      about({ kind: 'pseudonym', issuer: 'familienkasse-online', value: CITIZEN }, 'decider'),
    );
    const page = await ask(session);
    expect(page.found.map(({ record, capacities }) => [record.index - given[0]!, capacities])).toEqual([
      [4, ['decider']],
      [3, ['subject', 'decider']],
      [2, ['decider']],
      [0, ['subject']],
    ]);
    expect(page.nextPageToken).toBe('');
  });

  it('finds later that they looked: a read is an entry (design 6)', async () => {
    const session = await citizen();
    const { size } = await store.head();
    expect(indices(await ask(session))).not.toContain(size);
    const [own] = (await ask(session)).found;
    expect(own).toMatchObject({
      capacities: ['subject', 'decider'],
      record: {
        index: size,
        caller: { event: 'subject.listed', consumer: 'pages', purpose: 'datenauskunft', legal_basis: 'ozg-10' },
      },
    });
  });

  it('sees entries of every month that is kept, and none of a month whose key was destroyed (IDNrG § 9 Abs. 3)', async () => {
    const person: PersonRef = { kind: 'idnr', idnr: '09876543217' };
    const months = [NOW - 60 * 86_400_000, NOW - 30 * 86_400_000, NOW];
    const given: number[] = [];
    for (const ms of months) {
      clock.ms = ms;
      given.push(...(await append(about(person))));
    }
    const actor = 'pairwise-pseudonym-of-a-newcomer';
    const session = await citizen(person, { actor, subject: sealed(await found(person, { decider: actor })) });
    expect(indices(await ask(session))).toEqual(given.toReversed());
    await vault.destroy({ retentionClass: 'standard', month: '2026-09' });
    expect(indices(await ask(session)).slice(1)).toEqual([given[2], given[1]]);
  });

  it('needs the level of assurance high (OZG § 10)', async () => {
    for (const assurance of ['low', 'substantial'] as const) {
      const session = await citizen(ERIKA, { assurance });
      const events = await written(() => expect(ask(session)).rejects.toMatchObject({ reason: 'ASSURANCE_TOO_LOW' }));
      expect(events).toEqual([]);
    }
  });

  it('has nothing to give reasons for', async () => {
    const session = await citizen();
    await expect(ask(session, { subjectToken: 'x', ...GROUNDS })).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
      violations: [{ field: 'subject_token' }, { field: 'reason' }, { field: 'file_reference' }],
    });
  });

  it('is told how far back the log reaches', async () => {
    const { rows } = await database.pool.query('select min(log_time) as oldest from log.record');
    expect((await ask(await citizen())).reachesBackTo).toBe(rows[0].oldest.getTime());
  });

  it('gets an empty list where the log has nothing, like anybody else', async () => {
    const actor = 'pairwise-pseudonym-of-nobody';
    const nobody = await found({ kind: 'idnr', idnr: '05555555555' }, { decider: actor });
    const page = await ask(await citizen(ERIKA, { actor, subject: sealed(nobody) }));
    expect(page).toMatchObject({ found: [], nextPageToken: '' });
  });
});

describe('an officer', () => {
  it('searches with a reason and a file reference, which are on record before anything is seen', async () => {
    const person = await foundByOfficer(ERIKA);
    const [given] = await append(about(ERIKA));
    const session = officer();
    const page = await ask(session, { subjectToken: sealed(person), ...GROUNDS });
    expect(indices(page)[0]).toBe(given);
    const record = await new PostgresLogReader(database.pool).record(given! + 2);
    expect(record?.caller).toMatchObject({ event: 'subject.listed', purpose: 'datenschutzkontrolle' });
    const keys = await vault.find(record!.sealed.epoch);
    expect(openRecord(record!.sealed, keys!).part).toEqual({
      note: GROUNDS.reason,
      file_reference: GROUNDS.fileReference,
      session: { id: session.id, role: 'officer', assurance: 'high', actor: OFFICER },
      subjects: [{ role: 'person', person: ERIKA }],
    });
  });

  it('finds a search of which the person is told later; the person finds it from that moment on (BDSG § 34 Abs. 1 Nr. 1)', async () => {
    const searched: PersonRef = { kind: 'idnr', idnr: '04444444448' };
    const until = Math.floor(clock.now() / 1000) + 3600;
    const delayed_notice = { norm: 'BDSG § 33 Abs. 1 Nr. 1 Buchst. a, § 34 Abs. 1 Nr. 1', until };
    const person = await found(searched, {
      ...{ purpose: 'datenschutzkontrolle', legal_basis: 'idnrg-9', acting: 'AUTHORITY', decider: OFFICER },
      delayed_notice,
    });
    const [before] = await append(about(searched));
    await ask(officer(), { subjectToken: sealed(person), ...GROUNDS });
    const [, after] = [await append(about(searched)), (await store.head()).size - 1];

    const actor = 'pairwise-pseudonym-of-who-is-searched';
    const asThemself = async () =>
      citizen(searched, { actor, subject: sealed(await found(searched, { decider: actor })) });
    // One at a time: what is kept back leaves no gap, and the list goes on behind it.
    const seen: number[] = [];
    let pageToken = '';
    const session = await asThemself();
    do {
      const page = await ask(session, {}, { limit: 1, pageToken });
      seen.push(...indices(page));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(seen.filter((it) => it <= after)).toEqual([after, before]);

    const again = await ask(officer(), { subjectToken: sealed(person), ...GROUNDS });
    const kept = again.found.filter(({ toldFrom }) => toldFrom !== undefined);
    expect(kept.map(({ record, toldFrom }) => [record.caller.event, toldFrom])).toEqual([
      ['subject.listed', until * 1000],
    ]);

    clock.ms += 3_600_000;
    const told = await ask(await asThemself());
    expect(indices(told)).toEqual(expect.arrayContaining(kept.map(({ record }) => record.index)));
    clock.ms -= 3_600_000;

    // Altering it neither keeps it back nor hides any other, and the operator is told which it is.
    const [hidden = 0] = kept.map(({ record }) => record.index);
    await database.tamper(`update log.record set ciphertext = ciphertext || '\\x00' where index = ${hidden}`);
    expect(indices(await ask(await asThemself()))).toEqual(expect.arrayContaining([after, hidden, before]));
    expect(silent.lines).toContain(
      JSON.stringify({ index: hidden, message: 'a record does not open; run "einmal audit fsck"' }),
    );
  });

  it('does not get what concerns the officer alone', async () => {
    await append(about({ kind: 'pseudonym', issuer: 'pages', value: OFFICER }, 'decider'));
    const person = await foundByOfficer({ kind: 'idnr', idnr: '03333333333' });
    const page = await ask(officer(), { subjectToken: sealed(person), ...GROUNDS });
    expect(indices(page)).toEqual([]);
  });

  it('is seen by the person who was searched for', async () => {
    await ask(officer(), { subjectToken: sealed(await foundByOfficer(ERIKA)), ...GROUNDS });
    const [newest] = (await ask(await citizen())).found;
    expect(newest).toMatchObject({
      capacities: ['subject'],
      record: { caller: { event: 'subject.listed', purpose: 'datenschutzkontrolle' } },
    });
  });

  it.each([
    ['no reason', { reason: '' }, ['reason']],
    ['a reason that is none', { reason: 'weil      ' }, ['reason']],
    ['no file reference', { fileReference: ' ' }, ['file_reference']],
    ['nothing', { subjectToken: '', reason: '', fileReference: '' }, ['subject_token', 'reason', 'file_reference']],
  ])('searches nobody with %s', async (_title, change, fields) => {
    const person = await foundByOfficer(ERIKA);
    const session = officer();
    const events = await written(async () => {
      const asked = ask(session, { subjectToken: sealed(person), ...GROUNDS, ...change });
      await expect(asked).rejects.toMatchObject({
        reason: 'REQUEST_INVALID',
        violations: fields.map((field) => expect.objectContaining({ field })),
      });
    });
    expect(events).toEqual(['session.opened']);
  });

  it.each(['auditor', 'administrator'] as const)('is no %s: they search nobody', async (role) => {
    const person = await foundByOfficer(ERIKA);
    const session = officer({ role });
    const events = await written(() =>
      expect(ask(session, { subjectToken: sealed(person), ...GROUNDS })).rejects.toMatchObject({
        reason: 'CALL_NOT_ALLOWED',
      }),
    );
    expect(events).toEqual(['session.opened']);
  });
});

describe('a subject token', () => {
  const refused = { reason: 'SUBJECT_TOKEN_INVALID' };

  it.each<[string, Partial<ResolvedPerson['decided']>]>([
    ['that somebody else got for themself', { decider: 'pairwise-pseudonym-of-another' }],
    ['of a decision that others attested', { attester: 'familienkasse-online' }],
    ['of a lookup for an authority', { acting: 'AUTHORITY' }],
    ['of a lookup for somebody represented', { acting: 'REPRESENTATIVE' }],
  ])('%s shows a citizen nothing', async (_title, decided) => {
    const session = await citizen(ERIKA, { subject: sealed(await found(ERIKA, decided)) });
    expect(await written(() => expect(ask(session)).rejects.toMatchObject(refused))).toEqual([]);
  });

  it('of the person themself is of no use to an officer, nor one of another officer', async () => {
    const tokens = [
      sealed(await found(ERIKA, { decider: OFFICER })),
      sealed(await found(ERIKA, { acting: 'AUTHORITY', decider: 'pairwise-pseudonym-of-another' })),
    ];
    for (const subjectToken of tokens)
      await expect(ask(officer(), { subjectToken, ...GROUNDS })).rejects.toMatchObject(refused);
  });

  it('is refused in one way, altered, expired, of another participant or certificate', async () => {
    const person = await found(ERIKA);
    const tokens = [
      'x',
      `${sealed(person)}A`,
      sealed(person, { nowMs: clock.now() - 601_000 }),
      sealed(person, { consumer: 'familienkasse-online' }),
      sealed(person, { certificate: 'another' }),
      sealed({ ...person, representative: '01357924682' }),
      sealed({ ...person, lookup: { ...person.lookup, trigger: 'unknown' } }),
      sealed({ ...person, lookup: { ...person.lookup, by: 'another' } }),
    ];
    for (const subject of tokens) {
      const session = await citizen(ERIKA, { subject });
      expect(await written(() => expect(ask(session)).rejects.toMatchObject(refused))).toEqual([]);
    }
  });

  it('ends with the decision that its lookup rests on (GDPR Art. 7 (3))', async () => {
    const person = await found(ERIKA);
    const session = await citizen(ERIKA, { subject: sealed(person) });
    await ask(session);
    await append(anEntry({ persons: [], effects: [{ kind: 'withdraw-trigger', trigger: person.lookup.trigger }] }));
    await expect(ask(session)).rejects.toMatchObject({ reason: 'TRIGGER_WITHDRAWN' });
  });
});

describe('pages of a list', () => {
  const paged: PersonRef = { kind: 'idnr', idnr: '04444444444' };

  it('give every entry once, although the log grows meanwhile', async () => {
    const given = await append(...Array.from({ length: 7 }, (_, i) => about(paged, i % 2 ? 'subject' : 'decider')));
    const session = await citizen(paged, { actor: 'pairwise-pseudonym-of-a-reader' });
    const own = { ...session, subject: sealed(await found(paged, { decider: session.actor })) };
    const seen: number[] = [];
    let pageToken = '';
    do {
      const page = await ask(own, {}, { limit: 3, pageToken });
      seen.push(...indices(page));
      pageToken = page.nextPageToken;
      await append(about(paged));
    } while (pageToken !== '');
    expect(seen).toEqual(given.toReversed());
  });

  it('continue the same list of the same session alone; then nothing is read', async () => {
    const session = officer();
    const grounds = { subjectToken: sealed(await foundByOfficer(paged)), ...GROUNDS };
    const { nextPageToken: pageToken } = await ask(session, grounds, { limit: 1 });
    const another = { ...grounds, subjectToken: sealed(await foundByOfficer(ERIKA)) };
    const attempts: [Session, object, string][] = [
      [officer(), grounds, pageToken],
      [session, another, pageToken],
      [session, { ...grounds, reason: 'ein anderer Grund' }, pageToken],
      [session, { ...grounds, fileReference: 'DSB-8/2026' }, pageToken],
      ...[`${pageToken}A`, pageToken.slice(0, -2), '5', ' ', 'x'.repeat(500)].map(
        (token): [Session, object, string] => [session, grounds, token],
      ),
    ];
    for (const [by, on, token] of attempts) {
      const events = await written(() =>
        expect(ask(by, on, { pageToken: token })).rejects.toMatchObject({
          reason: 'REQUEST_INVALID',
          violations: [{ field: 'page_token' }],
        }),
      );
      expect(events.filter((event) => event !== 'session.opened')).toEqual([]);
    }
    expect(indices(await ask(session, grounds, { limit: 1, pageToken }))).toHaveLength(1);
  });
});

describe('while the log cannot be written', () => {
  const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
  afterAll(() => pool.end());

  it('nobody is shown anything: what is not logged is not read (FZV § 68)', async () => {
    const session = await citizen();
    const closed = handlerOn(database.store({ vault, pool, clock }), new PostgresLogReader(database.pool));
    await expect(ask(session, {}, { as: closed })).rejects.toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
  });
});

describe('a large log', () => {
  const kept = new MemoryKeyVault();
  let large: LogDatabase;
  beforeAll(async () => {
    large = await createLogDatabase();
  });
  afterAll(() => large.close());

  const epochs = Array.from({ length: 25 }, (_, i) => ({
    retentionClass: 'standard',
    month: new Date(Date.UTC(2024, 10 + i, 1)).toISOString().slice(0, 7),
  }));

  /** Every hundredth record is about ERIKA, in the epoch of its place; all others about others. */
  async function grow(from: number, to: number): Promise<void> {
    const keys = await Promise.all(epochs.map(async (epoch) => subjectKey((await kept.obtain(epoch)).indexKey, ERIKA)));
    await large.owner.query(
      `insert into log.entry (index, leaf, leaf_hash) select i, leaf, sha256('\\x00'::bytea || leaf)
       from (select i, '\\x01'::bytea || sha256(i::text::bytea) as leaf from generate_series($1::bigint, $2) as i) s`,
      [from, to - 1],
    );
    await large.owner.query(
      `insert into log.record (index, event, log_time, consumer, caller_salt, protected_hash, record_id,
         retention_class, epoch, wrapped_key, ciphertext)
       select i, 'retrieval.closed', now(), 'familienkasse-online', sha256('s'), sha256('p'), gen_random_uuid(),
         'standard', '2026-11', '', repeat('x', 400)::bytea from generate_series($1::bigint, $2) as i`,
      [from, to - 1],
    );
    await large.owner.query(
      `insert into log.subject_index (key, index, capacity)
       select case when i % 100 = 0 then ($3::bytea[])[1 + (i / 100) % 25] else sha256((i % 5000)::text::bytea) end, i, 'subject'
       from generate_series($1::bigint, $2) as i`,
      [from, to - 1, keys],
    );
    await large.owner.query('vacuum analyze log.entry, log.record, log.subject_index');
  }

  type Plan = Readonly<Record<string, number>>;
  type Explained = Readonly<{ rows: readonly Readonly<{ 'QUERY PLAN': readonly Readonly<{ Plan: Plan }>[] }>[] }>;

  /** Blocks that one search touches once the database has planned it for good, as the database counts them. */
  async function blocksOfSearch(): Promise<number> {
    const client = await large.owner.connect();
    let blocks = 0;
    const explaining = {
      query: async ({ text, values }: pg.QueryConfig) => {
        const { rows }: Explained = await client.query(`explain (analyze, buffers, format json) ${text}`, values);
        const plan = rows[0]!['QUERY PLAN'][0]!.Plan;
        blocks += plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!;
        return { rows: [] };
      },
    };
    try {
      await client.query('set plan_cache_mode = force_generic_plan');
      const keys = await subjectKeys(kept, [ERIKA]);
      await new PostgresLogReader(explaining as unknown as pg.Pool).about(keys, Number.MAX_SAFE_INTEGER, 20);
      return blocks;
    } finally {
      client.release(true);
    }
  }

  it('is searched by person with as little work as a small one', async () => {
    await grow(0, 4000);
    const small = await blocksOfSearch();
    await grow(4000, 80_000);
    const big = await blocksOfSearch();
    const keys = await subjectKeys(kept, [ERIKA]);
    expect(await new PostgresLogReader(large.pool).about(keys, 70_000, 20)).toHaveLength(20);
    expect(small).toBeGreaterThan(0);
    expect(big).toBeLessThanOrEqual(2 * small);
  }, 60_000);
});

describe('somebody else under the same pseudonym', () => {
  const pseudonym = (value: string): PersonRef => ({ kind: 'pseudonym', issuer: 'familienkasse-online', value });
  const decided = (...persons: PersonRef[]) =>
    anEntry({ persons: persons.map((person) => ({ person, as: 'decider' as const })) });
  const keysOf = (...persons: PersonRef[]) => subjectKeys(vault, persons);

  it('is one whom an entry names as who decided, and none whom another entry or another capacity names', async () => {
    const [mine, shared, inVain, both] = ['mine', 'shared', 'in vain', 'both'].map((it) =>
      pseudonym(it + randomUUID()),
    );
    await append(
      decided(mine!, ERIKA),
      decided(shared!, ERIKA),
      decided(shared!, MAX),
      decided(inVain!, ERIKA),
      decided(inVain!),
      decided(both!, mine!),
      decided(both!, MAX, ERIKA),
      anEntry({
        persons: [
          { person: inVain!, as: 'decider' },
          { person: MAX, as: 'subject' },
        ],
      }),
    );
    const reader = new PostgresLogReader(database.pool);
    const found = await reader.shared(await keysOf(mine!, shared!, inVain!, both!), await keysOf(ERIKA));
    const among = await keysOf(shared!);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((key) => among.some((it) => it.equals(key)))).toBe(true);
    expect(await reader.shared(await keysOf(mine!, inVain!, both!), await keysOf(ERIKA))).toEqual([]);
    expect(await reader.shared([], await keysOf(ERIKA))).toEqual([]);
  });
});
