import { beforeAll, describe, expect, it } from '@jest/globals';
import { CurrentRules } from '../../src/permission/current-rules.js';
import { Fault, outage } from '../../src/platform/fault.js';
import { Seal } from '../../src/platform/secrets.js';
import type { AskedRetrieval } from '../../src/register-edge/asked.js';
import { decodeRetrieval } from '../../src/register-edge/decode-retrieval.js';
import { type Answer, EdgeDesk, exactlyOne } from '../../src/register-edge/edge-desk.js';
import type { Found } from '../../src/register-edge/evidence-source.js';
import { type Examined, Examiner } from '../../src/register-edge/examiner.js';
import { PersonLimit } from '../../src/register-edge/person-limit.js';
import { RateLimit } from '../../src/register-edge/rate-limit.js';
import type { RateLimits } from '../../src/register-edge/register-config.js';
import { aFederation, type Federation } from './federation.js';
import { MemoryEdgeLog } from './memory-edge-log.js';
import { MemoryPersonCounts } from './memory-person-counts.js';
import { MemoryRateStore } from './memory-rate-store.js';
import { MemoryReplayStore } from './memory-replay-store.js';
import { aCaller, aRetrieval, type Deviation, FIELDS, NOW, somebody } from './presented.js';

const clock = { now: () => NOW };
const seal = new Seal(Buffer.alloc(32, 7));

describe('one exchange at a register', () => {
  let federation: Federation;

  beforeAll(async () => {
    federation = await aFederation();
  });

  function aDesk({ limits, at = clock }: Readonly<{ limits?: RateLimits; at?: typeof clock }> = {}) {
    const { current } = federation;
    const register = current.lookup.register('melderegister-bremen');
    if (register === undefined) throw new Error('no such register');
    const log = new MemoryEdgeLog();
    const replay = new MemoryReplayStore();
    const desk = new EdgeDesk(
      new Examiner(current, new CurrentRules(current), register, clock),
      new PersonLimit(new MemoryPersonCounts(), seal, clock),
      new RateLimit(limits, new MemoryRateStore(), at),
      replay,
      log,
      seal,
      current,
      clock,
    );
    return { desk, log, replay };
  }

  const decoded = async (deviation: Deviation = {}) =>
    decodeRetrieval(await aRetrieval(federation, deviation), { allowTestNumbers: true });
  const answer = async ({ asked }: Examined<AskedRetrieval>): Promise<Answer<string>> => ({
    value: 'evidence',
    attributes: asked.fields,
    subject: somebody.idnr,
  });
  const notFound = (found: Found<never>) => async (): Promise<Answer<string>> => exactlyOne(found, somebody.idnr);
  const reasonOf = (answered: Promise<unknown>) =>
    answered.then(
      () => 'answered',
      (error: unknown) => (error instanceof Fault ? error.reason : 'bug'),
    );

  it('is on record before its answer leaves (FZV § 68)', async () => {
    const { desk, log } = aDesk();
    const request = await decoded();
    expect(await desk.serve(aCaller(federation), request, answer)).toBe('evidence');
    expect(log.entries).toMatchObject([
      {
        at: NOW,
        caller: 'node',
        consumer: 'familienkasse-online',
        evidenceType: 'meldedaten',
        purpose: 'kindergeld-antrag',
        legalBasis: 'egovg-5-1-1',
        attributes: FIELDS,
        outcome: 'answered',
        reason: null,
        cause: null,
      },
    ]);
    const [entry] = log.entries;
    expect(entry?.permission).toMatch(/./);
    expect(entry?.attestation).toMatch(/./);
  });

  it('keeps a keyed index of the person and nothing else of them (IDNrG § 9)', async () => {
    const { desk, log } = aDesk();
    await desk.serve(aCaller(federation), await decoded(), answer);
    const text = JSON.stringify(log.entries);
    for (const value of [somebody.idnr, somebody.familyName, somebody.birthDate]) expect(text).not.toContain(value);
    expect(log.entries[0]?.subject).toBe(seal.fingerprint(somebody.idnr, 'register-edge subject'));
  });

  it('without a log nothing is answered, neither evidence nor refusal (FZV § 68)', async () => {
    const { desk, log } = aDesk();
    log.broken = true;
    const caller = aCaller(federation);
    expect(await reasonOf(desk.serve(caller, await decoded(), answer))).toBe('AUDIT_LOG_UNAVAILABLE');
    const refused = await decoded({ permission: { consumer: 'elterngeld-online' } });
    expect(await reasonOf(desk.serve(caller, refused, answer))).toBe('AUDIT_LOG_UNAVAILABLE');
  });

  it('answers the very same request again, and says in the log that it is a repeat', async () => {
    const { desk, log } = aDesk();
    const request = await decoded();
    await desk.serve(aCaller(federation), request, answer);
    expect(await desk.serve(aCaller(federation), request, answer)).toBe('evidence');
    expect(log.entries.map(({ outcome }) => outcome)).toEqual(['answered', 'repeated']);
  });

  it('says of a repeat that gets an announcement that it was deferred: nothing left it', async () => {
    const { desk, log } = aDesk();
    const request = await decoded();
    const later = async (examined: Examined<AskedRetrieval>) => ({
      ...(await answer(examined)),
      isLater: true as const,
    });
    for (const each of [later, later, answer]) await desk.serve(aCaller(federation), request, each);
    expect(log.entries.map(({ outcome, attributes }) => [outcome, attributes])).toEqual([
      ['deferred', []],
      ['deferred', []],
      ['repeated', FIELDS],
    ]);
  });

  it('refuses a decision that was presented with another request', async () => {
    const { desk, log } = aDesk();
    const jti = 'decision-0123456789';
    await desk.serve(aCaller(federation), await decoded({ attestationBy: { jti } }), answer);
    const again = await decoded({ attestationBy: { jti } });
    expect(await reasonOf(desk.serve(aCaller(federation), again, answer))).toBe('REPLAY');
    expect(log.entries[1]).toMatchObject({ outcome: 'refused', reason: 'REPLAY', cause: 'REPLAY_ATTESTATION' });
  });

  it('gives one answer for none, several and blocked, and keeps the cause to itself (IDNrG § 6 Abs. 5)', async () => {
    const { desk, log } = aDesk();
    for (const kind of ['none', 'several', 'blocked'] as const) {
      const fault = await desk.serve(aCaller(federation), await decoded(), notFound({ kind })).catch((it) => it);
      expect({ ...fault }).toEqual({ ...new Fault('SUBJECT_NOT_AVAILABLE') });
    }
    expect(log.entries.map(({ cause }) => cause)).toEqual(['SUBJECT_NONE', 'SUBJECT_SEVERAL', 'SUBJECT_BLOCKED']);
    expect(log.entries.map(({ attributes }) => attributes)).toEqual([[], [], []]);
  });

  it('tells the node the reason, the own log the cause', async () => {
    const { desk, log } = aDesk();
    const request = await decoded({ permissionBy: { nowMs: NOW - 700_000 } });
    expect(await reasonOf(desk.serve(aCaller(federation), request, answer))).toBe('PERMISSION_INVALID');
    expect(log.entries).toMatchObject([{ outcome: 'refused', cause: 'PERMISSION_EXPIRED', subject: null }]);
  });

  it('lets no text of a caller into the log that the catalogue does not have', async () => {
    const { desk, log } = aDesk();
    const request = await decoded({ request: { consumer: 'erika-musterfrau-1990' } });
    await reasonOf(desk.serve(aCaller(federation), request, answer));
    const unread = await decoded({ wire: { retrieval_id: 'Erika' } });
    expect(await reasonOf(desk.serve(aCaller(federation), unread, answer))).toBe('REQUEST_INVALID');
    expect(log.entries.map(({ consumer }) => consumer)).toEqual([null, null]);
    expect(JSON.stringify(log.entries)).not.toMatch(/erika/i);
  });

  it('keeps the retrieval id of a request that is broken elsewhere, so that both logs agree on what was refused', async () => {
    const { desk, log } = aDesk();
    const request = await aRetrieval(federation, { wire: { fields: [] } });
    const read = decodeRetrieval(request, { allowTestNumbers: true });
    expect(await reasonOf(desk.serve(aCaller(federation), read, answer))).toBe('REQUEST_INVALID');
    expect(log.entries).toMatchObject([{ outcome: 'refused', retrievalId: request.retrieval_id, consumer: null }]);
  });

  it('puts on record that the data source failed', async () => {
    const { desk, log } = aDesk();
    const down = async (): Promise<Answer<string>> => {
      throw outage('REGISTER_UNAVAILABLE', new Error('no connection'));
    };
    expect(await reasonOf(desk.serve(aCaller(federation), await decoded(), down))).toBe('REGISTER_UNAVAILABLE');
    expect(log.entries).toMatchObject([{ outcome: 'failed', reason: 'REGISTER_UNAVAILABLE' }]);
  });

  it('puts on record that nobody waited, and no outage, where the reading was broken off for that', async () => {
    const { desk, log } = aDesk();
    const leaving = new AbortController();
    const brokenOff = async (): Promise<Answer<string>> => {
      leaving.abort();
      throw outage('REGISTER_UNAVAILABLE', new Error('aborted'));
    };
    const served = desk.serve(aCaller(federation), await decoded(), brokenOff, { signal: leaving.signal });
    expect(await reasonOf(served)).toBe('DEADLINE_PASSED');
    expect(log.entries).toMatchObject([{ outcome: 'failed', reason: 'DEADLINE_PASSED', subject: null }]);
  });

  it.each([false, true])(
    'gives nothing to a caller who has left, and its log says so, and whose record was read (IDNrG § 9): %s',
    async (isLate) => {
      const { desk, log } = aDesk();
      const leaving = new AbortController();
      const asked: string[] = [];
      const whileLeaving = async (examined: Examined<AskedRetrieval>) => {
        asked.push('source');
        leaving.abort();
        return answer(examined);
      };
      if (!isLate) leaving.abort();
      const served = desk.serve(aCaller(federation), await decoded(), whileLeaving, { signal: leaving.signal });
      expect(await reasonOf(served)).toBe('DEADLINE_PASSED');
      expect(asked).toEqual(isLate ? ['source'] : []);
      expect(log.entries).toMatchObject([
        {
          ...{ outcome: 'failed', reason: 'DEADLINE_PASSED', attributes: [] },
          subject: isLate ? seal.fingerprint(somebody.idnr, 'register-edge subject') : null,
        },
      ]);
    },
  );

  describe('with a limit of its own', () => {
    const limits = { each_consumer: { max: 2, per: 'minute' } } as const;
    const faultOf = (answered: Promise<unknown>) =>
      answered.then(
        () => undefined,
        (error: unknown) => error,
      );

    it('refuses beyond it, with its own reason, until when, and on record (design 5)', async () => {
      const { desk, log } = aDesk({ limits });
      for (let times = 0; times < 2; times += 1) await desk.serve(aCaller(federation), await decoded(), answer);
      const refused = await faultOf(desk.serve(aCaller(federation), await decoded(), answer));
      expect(refused).toMatchObject({ reason: 'REGISTER_RATE_LIMITED', retryDelayMs: 60_000 - (NOW % 60_000) });
      expect(log.entries.at(-1)).toMatchObject({
        consumer: 'familienkasse-online',
        outcome: 'refused',
        reason: 'REGISTER_RATE_LIMITED',
        cause: 'RATE_USED_UP',
        attributes: [],
        subject: null,
      });
    });

    it('takes the refused request when the next window has begun: nothing of it is used up', async () => {
      const time = { now: () => NOW };
      const { desk, log } = aDesk({ limits, at: time });
      for (let times = 0; times < 2; times += 1) await desk.serve(aCaller(federation), await decoded(), answer);
      const request = await decoded();
      expect(await reasonOf(desk.serve(aCaller(federation), request, answer))).toBe('REGISTER_RATE_LIMITED');
      time.now = () => NOW + 60_000;
      expect(await reasonOf(desk.serve(aCaller(federation), request, answer))).toBe('answered');
      expect(log.entries.at(-1)).toMatchObject({ outcome: 'answered' });
    });

    it('counts nothing that is not proven: nobody uses up what another may ask', async () => {
      const { desk } = aDesk({ limits });
      for (let times = 0; times < 5; times += 1) {
        const forged = await decoded({ permission: { consumer: 'elterngeld-online' } });
        expect(await reasonOf(desk.serve(aCaller(federation), forged, answer))).toBe('PERMISSION_INVALID');
      }
      expect(await reasonOf(desk.serve(aCaller(federation), await decoded(), answer))).toBe('answered');
    });

    it('that names a consumer is for that one, instead of the limit of each', async () => {
      const own = { ...limits, consumers: { 'familienkasse-online': { max: 3, per: 'day' } } } as const;
      const { desk } = aDesk({ limits: own });
      const reasons = [];
      for (let times = 0; times < 4; times += 1)
        reasons.push(await reasonOf(desk.serve(aCaller(federation), await decoded(), answer)));
      expect(reasons).toEqual(['answered', 'answered', 'answered', 'REGISTER_RATE_LIMITED']);
    });
  });

  it('does not use up a permission that names no request', async () => {
    const unbound = await aFederation((catalogue) => ({
      ...catalogue,
      settings: { ...catalogue.settings, check_inside_areas: false },
      participants: catalogue.participants.map((it) => ({ ...it, area: 'inneres' })),
    }));
    federation = unbound;
    const { desk, replay } = aDesk();
    const areas = { consumer: 'inneres', provider: 'inneres' };
    await desk.serve(aCaller(unbound), await decoded({ permission: { areas, request_digest: undefined } }), answer);
    expect([...replay.used.keys()].map((it) => it.split(' ')[0])).toEqual(['trigger', 'attestation']);
  });
});
