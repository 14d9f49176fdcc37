import { describe, expect, it } from '@jest/globals';
import { manualPath } from '../../src/catalogue/manual-path.js';
import { contextOf, decodeSubjects } from '../../src/exchange/decode-exchange.js';
import { exchangeState, fieldToWire, notDeliveredToWire } from '../../src/exchange/encode-exchange.js';
import { FixedSlot } from '../../src/exchange/fixed-slot.js';
import { notDelivered, throwCommonReason } from '../../src/exchange/not-delivered.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import type { ServerCall } from '../../src/platform/call.js';
import { type CallerDirectory, identifyCaller } from '../../src/platform/caller.js';
import { Decoder } from '../../src/platform/decode.js';
import type { Fault } from '../../src/platform/fault.js';
import type { Subject__Output } from '../../src/platform/rpc-types/einmal/broker/v1/Subject.js';
import { FixedClock } from '../audit/log-keys.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const { current } = await aFederation();
const service = current.lookup.service('kindergeld')!;
const limits = {
  defaultDeadlineMs: 5000,
  maxDeadlineMs: 15_000,
  allowTestNumbers: true,
  neutralAnswerMs: 400,
  reserveMs: 150,
};

function callUntil(deadline: number | Date): ServerCall {
  const call = {
    cancelled: false,
    on: () => undefined,
    getDeadline: () => deadline,
    getAuthContext: () => ({ sslPeerCertificate: { raw: Buffer.from('certificate') } }),
  } as unknown as ServerCall;
  const everybody = { participantOf: () => current.lookup.participant('familienkasse-online') };
  identifyCaller(call, everybody as unknown as CallerDirectory);
  return call;
}

describe('the deadline of an exchange (design 3, step 7)', () => {
  it.each([
    ['its own, where the caller set one', NOW + 3000, NOW + 3000],
    ['its own, set as a date', new Date(NOW + 3000), NOW + 3000],
    ['the usual one, where it set none', Number.POSITIVE_INFINITY, NOW + 5000],
    ['the longest, where it set a longer one', NOW + 60_000, NOW + 15_000],
  ])('is %s', (_case, asked, deadline) => {
    expect(contextOf(callUntil(asked), NOW, limits)).toMatchObject({ deadline, arrivedAt: NOW });
  });

  it('may not cut an exchange short before the fixed slot: that would tell how far it came (IDNrG § 6 Abs. 5)', () => {
    expect(contextOf(callUntil(NOW + 550), NOW, limits)).toMatchObject({ deadline: NOW + 550 });
    expect(() => contextOf(callUntil(NOW + 549), NOW, limits)).toThrow(
      expect.objectContaining({ reason: 'DEADLINE_TOO_SHORT', metadata: { least_ms: '550' } }),
    );
  });

  it('belongs to an exchange with an id of its own each time', () => {
    const ids = [1, 2].map(() => contextOf(callUntil(NOW + 5000), NOW, limits).exchangeId);
    expect(new Set(ids).size).toBe(2);
  });
});

const person = (role: string, natural_person: object = { idnr_key: { idnr: makeTestIdnr(1), birth_date: '1990' } }) =>
  ({ role, natural_person }) as unknown as Subject__Output;

function decoded(subjects: readonly Subject__Output[] | undefined, allowTestNumbers = true) {
  const decoder = new Decoder();
  const result = decodeSubjects(decoder, subjects, { ...limits, allowTestNumbers });
  try {
    return { result: decoder.done(result), faults: [] };
  } catch (error) {
    return { result, faults: (error as Fault).violations.map(({ field }) => field) };
  }
}

describe('the subjects of a request', () => {
  it('are persons in roles, by key set or by token', () => {
    const token = { role: 'child', natural_person: { subject_token: 'abc' } } as unknown as Subject__Output;
    expect(decoded([person('parent'), token]).result).toEqual([
      { role: 'parent', kind: 'key', key: { set: 'idnr', idnr: makeTestIdnr(1), birth_date: '1990' } },
      { role: 'child', kind: 'token', token: 'abc' },
    ]);
  });

  it.each([
    ['none', [], ['subjects']],
    ['no list', undefined, ['subjects']],
    ['more than sixteen', Array.from({ length: 17 }, (_, at) => person(`r${at}`)), ['subjects']],
    ['one role twice', [person('parent'), person('parent')], ['subjects']],
    ['a role that is no identifier', [person('Elternteil 1')], ['subjects[0].role']],
    ['nobody in a role', [{ role: 'parent' } as Subject__Output], ['subjects[0].natural_person']],
    ['a person without key', [person('parent', {})], ['subjects[0].natural_person.key']],
    ['an empty token', [person('parent', { subject_token: '' })], ['subjects[0].natural_person.subject_token']],
    [
      'a company without a key',
      [{ role: 'company', legal_person: {} } as unknown as Subject__Output],
      ['subjects[0].legal_person.key'],
    ],
    [
      'several faults in several persons: all are named',
      [
        person('A', { idnr_key: {} }),
        person('b', { name_key: { family_name: 'x', given_names: 'y', birth_date: '90' } }),
      ],
      [
        'subjects[0].role',
        'subjects[0].natural_person.idnr_key.idnr',
        'subjects[0].natural_person.idnr_key.birth_date',
        'subjects[1].natural_person.name_key.birth_date',
      ],
    ],
  ] as readonly (readonly [string, readonly Subject__Output[] | undefined, readonly string[]])[])(
    'are not %s',
    (_case, subjects, faults) => {
      expect(decoded(subjects).faults).toEqual(faults);
    },
  );

  it('are no test persons in production', () => {
    expect(decoded([person('parent')], false).faults).toEqual(['subjects[0].natural_person.idnr_key.idnr']);
  });
});

describe('what is not delivered', () => {
  const need = { evidenceType: 'meldedaten', subjectRole: 'parent' };

  const asked = { service, consumer: service.consumer, purpose: service.purpose };
  const manual = service.needs.find((it) => it.evidence_type === 'meldedaten')!.manual;
  const wire = (reason: Parameters<typeof notDelivered>[1], of: Parameters<typeof manualPath>[1] = asked) => {
    const item = notDelivered(need, reason);
    return notDeliveredToWire(item, manualPath(current.catalogue, of, item));
  };

  it('says why, in words of the closed list, and what the applicant can do instead, in three languages (EGovG § 5 Abs. 1)', () => {
    expect(wire('REGISTER_UNAVAILABLE')).toEqual({
      evidence_type: 'meldedaten',
      subject_role: 'parent',
      state: 'RETRIEVAL_STATE_FAILED',
      rule_ids: [],
      reason: 'ERROR_REASON_REGISTER_UNAVAILABLE',
      detail: 'The register cannot answer now.',
      manual: manual.de,
      manual_texts: { de: manual.de, 'de-simple': manual['de-simple'], en: manual.en },
    });
  });

  it('offers the way of a service of the same consumer and purpose where no form is filled (EGovG § 5 Abs. 1)', () => {
    expect(wire('REPLAY', { ...asked, service: undefined })).toMatchObject({ manual: manual.de });
  });

  it('offers a way also where no service names one, in three languages (EGovG § 5 Abs. 1)', () => {
    const strange = wire('REPLAY', { service: undefined, consumer: 'ihk-bremen', purpose: 'gewerbeanzeige-aufgaben' });
    expect(strange.manual).toBe(current.catalogue.settings.manual.de);
    expect(Object.keys(strange.manual_texts ?? {})).toEqual(['de', 'de-simple', 'en']);
  });

  it('may come later: with the time, and the exchange is not over (XNachweis ResponseAvailableDateTime)', () => {
    const item = { ...notDelivered(need, 'EVIDENCE_DEFERRED', 'deferred'), availableAt: 9000 };
    expect(exchangeState([item])).toBe('EXCHANGE_STATE_INCOMPLETE');
    expect(notDeliveredToWire(item, manual)).toMatchObject({
      state: 'RETRIEVAL_STATE_DEFERRED',
      reason: 'ERROR_REASON_EVIDENCE_DEFERRED',
      available_time: { seconds: '9', nanos: 0 },
    });
  });

  it.each([
    ['an outage', 'REGISTER_UNAVAILABLE', 'failed', 'EXCHANGE_STATE_INCOMPLETE'],
    ['a refusal', 'TRANSFER_NOT_PERMITTED', 'refused', 'EXCHANGE_STATE_COMPLETE'],
  ] as const)('is %s: trying again later may or may not help', (_case, reason, state, exchange) => {
    const item = notDelivered(need, reason);
    expect([item.state, exchangeState([item])]).toEqual([state, exchange]);
  });

  it('leaves an exchange complete where there is nothing of it', () => {
    expect(exchangeState([])).toBe('EXCHANGE_STATE_COMPLETE');
  });

  it('leaves an exchange incomplete where something waits for a preview', () => {
    const waiting = notDelivered(need, 'PREVIEW_REQUIRED', 'preview_required');
    expect(exchangeState([notDelivered(need, 'REPLAY'), waiting])).toBe('EXCHANGE_STATE_INCOMPLETE');
  });
});

describe('one reason for everything', () => {
  it('is no error where it is "later": that is an answer', () => {
    const later = notDelivered({ evidenceType: 'e', subjectRole: 'r' }, 'EVIDENCE_DEFERRED', 'deferred');
    expect(() => throwCommonReason([later], { nowMs: NOW })).not.toThrow();
  });

  const of = (...reasons: readonly Parameters<typeof notDelivered>[1][]) =>
    reasons.map((reason) => notDelivered({ evidenceType: 'e', subjectRole: 'r' }, reason));

  it('is the error, with a delay where trying again helps', () => {
    const thrown = (items: ReturnType<typeof of>) => {
      try {
        throwCommonReason(items, { isLogged: true, nowMs: NOW });
        return undefined;
      } catch (error) {
        return error;
      }
    };
    expect(thrown(of('REPLAY', 'REPLAY'))).toMatchObject({ reason: 'REPLAY', isLogged: true, retryDelayMs: undefined });
    expect(thrown(of('REGISTER_UNAVAILABLE'))).toMatchObject({ retryDelayMs: 1000 });
    expect([thrown(of('REPLAY', 'NOT_FOUND')), thrown([])]).toEqual([undefined, undefined]);
  });

  it('names every rule behind it, and when all of it may be asked for again (BSI TR-03176-1)', () => {
    const limited = (ruleIds: readonly string[], availableAt: number) =>
      ({ ...of('RATE_LIMITED')[0]!, ruleIds, availableAt }) as const;
    expect(() =>
      throwCommonReason([limited(['b', 'a'], NOW + 10_000), limited(['a'], NOW + 70_000)], { nowMs: NOW }),
    ).toThrow(expect.objectContaining({ metadata: { rules: 'a,b' }, retryDelayMs: 70_000 }));
  });
});

describe('a field on the wire', () => {
  it('has value, label and the source of each value', () => {
    const source = {
      register: 'melderegister-bremen',
      evidence_id: 'e',
      attribute: 'a',
      as_of: '2026-09-21T09:15:00.000Z',
      assurance: 'substantial',
    };
    const wire = fieldToWire({
      fim_id: 'F60000227',
      label: 'Familienname',
      subject_role: 'parent',
      value: 'Müller',
      source,
      alternatives: [{ value: 'Mueller', source: { ...source, register: 'personenstand-bremen' } }],
    });
    expect(wire).toMatchObject({
      value: 'Müller',
      source: { register: 'melderegister-bremen', as_of_time: { seconds: '1789982100', nanos: 0 } },
      alternatives: [{ value: 'Mueller', source: { register: 'personenstand-bremen' } }],
    });
  });
});

describe('the fixed slot of neutral answers (IDNrG § 6 Abs. 5)', () => {
  const waited = async (elapsedMs: number) => {
    const start = performance.now();
    await new FixedSlot(40, new FixedClock(NOW)).reached(NOW - elapsedMs);
    return performance.now() - start;
  };

  it.each([
    [0, 35],
    [30, 5],
    [36, 39],
    [100, 15],
  ])('has what %i ms of work came to written shortly before its end, %i ms later', async (elapsed, left) => {
    const took = await waited(elapsed);
    expect(took).toBeGreaterThanOrEqual(left - 2);
  });

  it('does not begin early where the event loop was busy', async () => {
    const start = performance.now();
    const busy = () => {
      while (performance.now() - start < 30);
      return new FixedSlot(40, new FixedClock(NOW)).reached(NOW);
    };
    await new Promise((resolve) => setImmediate(resolve)).then(busy);
    expect(performance.now() - start).toBeGreaterThanOrEqual(30 + 35);
  });

  it('waits no longer where the work ended exactly then', async () => {
    expect(await waited(75)).toBeLessThan(30);
  });

  it('ends with the answer, which waits no whole slot where writing took longer', async () => {
    const answered = async (elapsedMs: number) => {
      const start = performance.now();
      const refused = new FixedSlot(400, new FixedClock(NOW)).refuse(NOW - elapsedMs);
      await expect(refused).rejects.toMatchObject({ reason: 'SUBJECT_NOT_AVAILABLE', isLogged: true });
      return performance.now() - start;
    };
    expect(await answered(360)).toBeGreaterThanOrEqual(38);
    expect(await answered(401)).toBeLessThan(300);
  });
});
