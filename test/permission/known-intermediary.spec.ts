import { beforeEach, describe, expect, it } from '@jest/globals';
import { Intermediary, type Permission } from '../../src/permission/intermediary.js';
import { KNOWN_FOR_MS, KnownIntermediary } from '../../src/permission/intermediary.known.js';
import type { TransferQuestion } from '../../src/permission/transfer-question.js';
import { outage, refusal } from '../../src/platform/fault.js';

const QUESTION: TransferQuestion = {
  consumer: 'online-service',
  provider: 'register',
  evidence_type: 'meldedaten',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
};
const ASKED = { purposeHash: 'hash', fields: ['birth_date', 'family_name'], mayBeKnown: true };
const CALL = { deadline: 0, signal: new AbortController().signal };

class Counting extends Intermediary {
  asked: unknown[] = [];
  answer: () => Permission = () => permission();

  override async check(question: TransferQuestion, asked: Parameters<Intermediary['check']>[1]): Promise<Permission> {
    this.asked.push({ question, asked });
    return this.answer();
  }

  override async *pastChecks() {}
}

function permission(deviation: Partial<Permission> = {}): Permission {
  return {
    question: QUESTION,
    fields: ASKED.fields,
    attestedBy: ['online-service'],
    minAssurance: 'substantial',
    obligations: { rates: [] },
    digestDue: true,
    token: undefined,
    ruleIds: ['rule'],
    ...deviation,
  };
}

let nowMs: number;
let intermediary: Counting;
let known: KnownIntermediary;
beforeEach(() => {
  nowMs = 1_790_000_000_000;
  intermediary = new Counting();
  known = new KnownIntermediary(intermediary, { now: () => nowMs });
});

describe('an abstract question that a bound one follows (IDNrG § 7 Abs. 2)', () => {
  it('is asked once within a few seconds, and then again', async () => {
    for (let n = 0; n < 3; n += 1) expect(await known.check(QUESTION, ASKED, CALL)).toEqual(permission());
    expect(intermediary.asked).toHaveLength(1);
    nowMs += KNOWN_FOR_MS;
    await known.check(QUESTION, ASKED, CALL);
    expect(intermediary.asked).toHaveLength(2);
  });

  it('is forgotten well within the minute in which a removed rule must count (design 5)', () => {
    expect(KNOWN_FOR_MS).toBeLessThanOrEqual(10_000);
  });

  it.each([
    ['another consumer', { ...QUESTION, consumer: 'authority' }, ASKED],
    ['another register', { ...QUESTION, provider: 'other' }, ASKED],
    ['other evidence', { ...QUESTION, evidence_type: 'geburt' }, ASKED],
    ['another purpose', { ...QUESTION, purpose: 'other' }, ASKED],
    ['another legal basis', { ...QUESTION, legal_basis: 'other' }, ASKED],
    ['another version of the purpose', QUESTION, { ...ASKED, purposeHash: 'other' }],
    ['other fields', QUESTION, { ...ASKED, fields: ['birth_date'] }],
  ])('says nothing about %s', async (_what, question, asked) => {
    await known.check(QUESTION, ASKED, CALL);
    await known.check(question, asked, CALL);
    expect(intermediary.asked).toHaveLength(2);
  });

  it('is asked each time where it was refused, or nobody answered', async () => {
    for (const fault of [refusal('TRANSFER_NOT_PERMITTED'), outage('INTERMEDIARY_UNAVAILABLE')]) {
      intermediary.answer = () => {
        throw fault;
      };
      for (let n = 0; n < 2; n += 1) await expect(known.check(QUESTION, ASKED, CALL)).rejects.toBe(fault);
    }
    expect(intermediary.asked).toHaveLength(4);
  });

  it('is asked each time where its answer is a token: that serves one request', async () => {
    intermediary.answer = () => permission({ digestDue: false, token: 'token' });
    for (let n = 0; n < 2; n += 1) await known.check(QUESTION, ASKED, CALL);
    expect(intermediary.asked).toHaveLength(2);
  });

  it('does not fill the memory, whatever is asked', async () => {
    for (let n = 0; n < 1001; n += 1) await known.check({ ...QUESTION, provider: `register-${n}` }, ASKED, CALL);
    await known.check({ ...QUESTION, provider: 'register-1000' }, ASKED, CALL);
    expect(intermediary.asked).toHaveLength(1001);
    await known.check({ ...QUESTION, provider: 'register-0' }, ASKED, CALL);
    expect(intermediary.asked).toHaveLength(1002);
  });
});

describe('every other question', () => {
  it.each([
    ['bound to a request', { digest: 'digest' }],
    ['before a release', { beforeRelease: true as const }],
    ['of a repeat, which nothing follows', {}],
  ])('%s is asked each time, although the abstract one is known', async (_what, more) => {
    await known.check(QUESTION, ASKED, CALL);
    const { mayBeKnown: _, ...asked } = ASKED;
    for (let n = 0; n < 2; n += 1) await known.check(QUESTION, { ...asked, ...more }, CALL);
    expect(intermediary.asked).toHaveLength(3);
    expect(intermediary.asked.at(-1)).toEqual({ question: QUESTION, asked: { ...asked, ...more } });
  });
});
