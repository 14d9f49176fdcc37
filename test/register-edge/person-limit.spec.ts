import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { Fault } from '../../src/platform/fault.js';
import { Seal } from '../../src/platform/secrets.js';
import type { Asked } from '../../src/register-edge/asked.js';
import { decodeLookup } from '../../src/register-edge/decode-lookup.js';
import { decodeRetrieval } from '../../src/register-edge/decode-retrieval.js';
import { type Answer, EdgeDesk, exactlyOne } from '../../src/register-edge/edge-desk.js';
import type { Examined } from '../../src/register-edge/examiner.js';
import { Examiner } from '../../src/register-edge/examiner.js';
import type { PersonCounts } from '../../src/register-edge/person-counts.js';
import { PersonLimit } from '../../src/register-edge/person-limit.js';
import { RateLimit } from '../../src/register-edge/rate-limit.js';
import type { RateLimits } from '../../src/register-edge/register-config.js';
import type { PersonKey } from '../../src/tokens/register-request.js';
import { aFederation, type Federation } from './federation.js';
import { MemoryEdgeLog } from './memory-edge-log.js';
import { MemoryPersonCounts } from './memory-person-counts.js';
import { MemoryRateStore } from './memory-rate-store.js';
import { MemoryReplayStore } from './memory-replay-store.js';
import { aCaller, aLookup, aRetrieval, type Deviation, NOW, somebody } from './presented.js';

const seal = new Seal(Buffer.alloc(32, 7));
const RULE = 'kindergeld-meldedaten';
const persons = (max: number, per: 'minute' | 'day' = 'day', rule = RULE): Deviation => ({
  permission: { obligations: { rates: [{ rule, of: 'persons', max, per }] } },
});
/** Synthetic persons, each with a number of their own. */
const person = (at: number) => ({ ...somebody, idnr: makeTestIdnr(5000 + at) });

describe('about how many persons a register lets itself be asked', () => {
  let federation: Federation;
  let counts: MemoryPersonCounts;
  let time: { now: () => number };

  beforeAll(async () => {
    federation = await aFederation();
  });
  beforeEach(() => {
    counts = new MemoryPersonCounts();
    time = { now: () => NOW };
  });

  function aDesk({
    register: id = 'melderegister-bremen',
    current = federation.current,
    limits,
    by = counts,
  }: Readonly<{ register?: string; current?: CurrentCatalogue; limits?: RateLimits; by?: PersonCounts }> = {}) {
    const register = current.lookup.register(id);
    if (register === undefined) throw new Error('no such register');
    const log = new MemoryEdgeLog();
    const clock = { now: () => NOW };
    const desk = new EdgeDesk(
      new Examiner(current, new CurrentRules(current), register, clock),
      new PersonLimit(by, seal, time),
      new RateLimit(limits, new MemoryRateStore(), time),
      new MemoryReplayStore(),
      log,
      seal,
      current,
      clock,
    );
    return { desk, log };
  }
  const decoded = async (deviation: Deviation, of = somebody) =>
    decodeRetrieval(await aRetrieval(federation, deviation, { person: of }), { allowTestNumbers: true });
  const answer = async (): Promise<Answer<string>> => ({ value: 'evidence', attributes: [], subject: somebody.idnr });
  const nobody = async (): Promise<Answer<string>> => exactlyOne({ kind: 'none' }, somebody.idnr);
  const endOf = (answered: Promise<unknown>): Promise<unknown> =>
    answered.then(
      () => 'answered',
      (error: unknown) => error,
    );
  const reasonOf = async (answered: Promise<unknown>) => {
    const end = await endOf(answered);
    return end instanceof Fault ? end.reason : end;
  };
  type Desk = ReturnType<typeof aDesk>['desk'];
  const ask = async (desk: Desk, at: number, deviation: Deviation, how = answer) =>
    reasonOf(desk.serve(aCaller(federation), await decoded(deviation, person(at)), how));

  it('is limited by the permission: refused beyond it, until when, and on record (BSI TR-03176-1)', async () => {
    const { desk, log } = aDesk();
    for (const at of [0, 1, 0, 1]) expect(await ask(desk, at, persons(2))).toBe('answered');
    const beyond = await endOf(desk.serve(aCaller(federation), await decoded(persons(2), person(2)), answer));
    expect(beyond).toMatchObject({ reason: 'REGISTER_RATE_LIMITED', retryDelayMs: 86_400_000 - (NOW % 86_400_000) });
    expect(log.entries.at(-1)).toMatchObject({
      consumer: 'familienkasse-online',
      outcome: 'refused',
      reason: 'REGISTER_RATE_LIMITED',
      cause: 'PERSONS_USED_UP',
      attributes: [],
      subject: null,
    });
    expect(await ask(desk, 1, persons(2))).toBe('answered');
  });

  it('refuses before the source is looked at, whoever it is: nobody learns who exists (IDNrG § 6 Abs. 5)', async () => {
    const { desk } = aDesk();
    expect(await ask(desk, 0, persons(1), nobody)).toBe('SUBJECT_NOT_AVAILABLE');
    let looked = 0;
    const look = (end: typeof answer) => async () => {
      looked++;
      return end();
    };
    const beyond = [];
    for (const how of [look(answer), look(nobody)])
      beyond.push(await endOf(desk.serve(aCaller(federation), await decoded(persons(1), person(1)), how)));
    expect(beyond[0]).toMatchObject({ reason: 'REGISTER_RATE_LIMITED' });
    expect({ ...(beyond[1] as Fault) }).toEqual({ ...(beyond[0] as Fault) });
    expect(looked).toBe(0);
  });

  it('takes the refused request when the next period has begun: nothing of it is used up', async () => {
    const { desk } = aDesk();
    expect(await ask(desk, 0, persons(1, 'minute'))).toBe('answered');
    const request = await decoded(persons(1, 'minute'), person(1));
    expect(await reasonOf(desk.serve(aCaller(federation), request, answer))).toBe('REGISTER_RATE_LIMITED');
    time.now = () => NOW + 60_000;
    expect(await reasonOf(desk.serve(aCaller(federation), request, answer))).toBe('answered');
  });

  it('counts the very same request once, however often it comes', async () => {
    const { desk, log } = aDesk();
    const request = await decoded(persons(2));
    for (let times = 0; times < 3; times += 1) await desk.serve(aCaller(federation), request, answer);
    expect(log.entries.map(({ outcome }) => outcome)).toEqual(['answered', 'repeated', 'repeated']);
    expect(await ask(desk, 1, persons(2))).toBe('answered');
    expect(await ask(desk, 2, persons(2))).toBe('REGISTER_RATE_LIMITED');
  });

  it('counts nothing that is not proven: nobody uses up what another may ask', async () => {
    const { desk } = aDesk();
    const forged: Deviation = { ...persons(1), trigger: { attestation: 'none' } };
    for (const at of [0, 1, 2]) expect(await ask(desk, at, forged)).toBe('TRIGGER_INVALID');
    expect(counts.taken).toEqual([]);
    expect(await ask(desk, 3, persons(1))).toBe('answered');
  });

  it('leaves the limit of requests as it was where it refuses', async () => {
    const { desk } = aDesk({ limits: { each_consumer: { max: 2, per: 'day' } } });
    expect(await ask(desk, 0, persons(1))).toBe('answered');
    for (const at of [1, 2, 3]) expect(await ask(desk, at, persons(1))).toBe('REGISTER_RATE_LIMITED');
    expect(await ask(desk, 0, persons(1))).toBe('answered');
  });

  it('counts each rule by itself, and lets every limit hold', async () => {
    const { desk } = aDesk();
    expect(await ask(desk, 0, persons(1))).toBe('answered');
    expect(await ask(desk, 1, persons(1, 'day', 'another'))).toBe('answered');
    const both = [persons(1), persons(9, 'day', 'wide')].flatMap((it) => it.permission?.obligations?.rates ?? []);
    expect(await ask(desk, 2, { permission: { obligations: { rates: both } } })).toBe('REGISTER_RATE_LIMITED');
  });

  it('is limited by the own rules: a permission that knows no limit is refused, and of both the lower counts', async () => {
    const rules = federation.current.catalogue.rules.map((it) =>
      it.id === RULE && it.effect === 'allow' ? { ...it, limits: { persons: { max: 2, per: 'day' } } as const } : it,
    );
    const { desk } = aDesk({ current: new CurrentCatalogue({ ...federation.current.catalogue, rules }) });
    expect(await ask(desk, 0, {})).toBe('PERMISSION_INVALID');
    expect(await ask(desk, 0, persons(3))).toBe('PERMISSION_INVALID');
    for (const at of [0, 1]) expect(await ask(desk, at, persons(2))).toBe('answered');
    expect(await ask(desk, 2, persons(2))).toBe('REGISTER_RATE_LIMITED');
    const [[, uses] = []] = counts.taken;
    expect(uses).toMatchObject([{ consumer: 'familienkasse-online', rule: RULE, max: 2 }]);
  });

  it('knows a person by a digest that is keyed for this alone, and nothing else of them (IDNrG § 9)', async () => {
    const { desk, log } = aDesk();
    await desk.serve(aCaller(federation), await decoded(persons(2)), answer);
    const [[digest] = []] = counts.taken;
    expect(digest).toBe(seal.fingerprint(somebody.idnr, 'register-edge person limit'));
    expect(digest).not.toBe(log.entries[0]?.subject);
    for (const value of [somebody.idnr, somebody.familyName, somebody.birthDate])
      expect(JSON.stringify(counts.taken)).not.toContain(value);
  });

  it('counts who is looked up by what they are looked up by', async () => {
    const { desk } = aDesk({ register: 'identity-directory' });
    const options = { allowTestNumbers: true, evidenceType: 'identity' };
    const lookUp = async (key: PersonKey) => {
      const wire = await aLookup(federation, { ...persons(2, 'day', 'kindergeld-identity'), lookup: { key } });
      return reasonOf(desk.serve(aCaller(federation), decodeLookup(wire, options), nobody));
    };
    const named = (family_name: string): PersonKey => ({
      set: 'name',
      family_name,
      given_names: 'Erika',
      birth_date: '1990-04-05',
    });
    const numbered = (birth_date: string): PersonKey => ({ set: 'idnr', idnr: somebody.idnr, birth_date });
    const keys = [named('Musterfrau'), named('Musterfrau'), numbered('1990-04-05'), numbered('1990')];
    for (const key of keys) expect(await lookUp(key)).toBe('SUBJECT_NOT_AVAILABLE');
    expect(await lookUp(named('Musterfrau-Beispiel'))).toBe('REGISTER_RATE_LIMITED');
  });

  it('counts no company: it is no person', async () => {
    const obligations = persons(1).permission?.obligations;
    const request = { consumer: 'gewerbe-online', company: { key: { set: 'business-number', business_number: '1' } } };
    const about = {
      asked: { request },
      permission: { obligations },
      own: { obligations },
    } as unknown as Examined<Asked>;
    await new PersonLimit(counts, seal, time).take(about);
    expect(counts.taken).toEqual([]);
  });

  it('answers nothing where nothing can be counted, on record as failed', async () => {
    const { desk, log } = aDesk({ by: { take: () => Promise.reject(new Error('no connection')) } });
    expect(await ask(desk, 0, persons(1))).toBe('REGISTER_UNAVAILABLE');
    expect(log.entries).toMatchObject([{ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' }]);
    expect(await ask(desk, 0, {})).toBe('answered');
  });
});
