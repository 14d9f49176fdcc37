import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import { cast } from '../../src/demo/people/cast.js';
import { sealSubject } from '../../src/identity/subject-token.js';
import { readSeal } from '../../src/platform/secrets.js';
import { thumbprintOfPem } from '../../src/platform/tls.js';
import { type Consumer, consumer, form, retrieval } from '../support/e2e-consumer.js';
import { logged, queryNode } from '../support/e2e-log.js';
import { byAddress, mother, newborn } from '../support/e2e-people.js';
import { expectLoggedRefusal, expectRefusal } from '../support/e2e-refusal.js';
import { e2eSystem, named } from '../support/e2e-system.js';

let familienkasse: Consumer;
let elterngeld: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
  elterngeld = await consumer('elterngeld-online');
});
afterAll(() => {
  familienkasse.close();
  elterngeld.close();
});

const isIdentity = ({ decision }: AttestedDecision) => decision.evidence_type === 'identity';
const withToken = (role: string, subject_token: string) => ({ role, natural_person: { subject_token } });

/** A token for the mother, and the trigger of an evidence retrieval that waits for it. */
async function resolved() {
  const applicants = [mother];
  const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants, evidence: ['meldedaten'] });
  const identity = decisions.filter(isIdentity);
  const { ars: _, ...request } = form('kindergeld', identity, applicants);
  const { subjects = [] } = await familienkasse.resolve(request);
  const token = subjects[0]?.subject_token ?? '';
  const evidence = decisions.filter((it) => !isIdentity(it));
  const asked = { ...retrieval(evidence, applicants), subjects: [withToken('parent', token)] };
  return { token, identity, evidence, asked };
}

describe('a subject token (design 5)', () => {
  it('spares the consumer the number: persons are looked up once, the form is filled by token', async () => {
    const applicants = [mother, newborn];
    const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants });
    const { ars: _, ...request } = form('kindergeld', decisions.filter(isIdentity), applicants);
    const { value, entries } = await logged(() => familienkasse.resolve(request));
    expect(entries.map(({ event }) => event)).toEqual([
      ...['identity.opened', 'identity.closed', 'identity.opened', 'identity.closed'],
      'exchange.closed',
    ]);
    const subjects = (value.subjects ?? []).map(({ role = '', subject_token = '' }) => withToken(role, subject_token));
    expect(subjects.map(({ role }) => role).toSorted()).toEqual(['child', 'parent']);
    const text = JSON.stringify(value);
    for (const { idnr, familyName } of [cast.mother, cast.newborn])
      for (const personal of [String(idnr), familyName]) expect(text).not.toContain(personal);

    const rest = decisions.filter((it) => !isIdentity(it));
    const filled = await logged(() => familienkasse.prefill({ ...form('kindergeld', rest, applicants), subjects }));
    expect(filled.value.fields?.length).toBeGreaterThan(10);
    expect(filled.entries.some(({ event }) => event.startsWith('identity'))).toBe(false);
  });

  it('is of use for the decision about the evidence only with its own trigger', async () => {
    const { asked } = await resolved();
    const unknown = { ...asked, needs: asked.needs.map((need) => ({ ...need, trigger_id: randomUUID() })) };
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.retrieve(unknown), { reason: 'TRIGGER_MISSING' });
    await expect(familienkasse.retrieve(asked)).resolves.toMatchObject({ state: 'EXCHANGE_STATE_COMPLETE' });
  });

  it('is refused when it was altered', async () => {
    const { token, asked } = await resolved();
    const altered = [
      `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`,
      token.slice(0, -4),
      `${token}AAAA`,
      'A'.repeat(token.length),
      'x',
    ];
    for (const it of altered)
      await expectLoggedRefusal(
        familienkasse.id,
        () => familienkasse.retrieve({ ...asked, subjects: [withToken('parent', it)] }),
        { reason: 'SUBJECT_TOKEN_INVALID' },
      );
  });

  it('is refused for another role', async () => {
    const { token, asked } = await resolved();
    const needs = asked.needs.map((need) => ({ ...need, subject_role: 'child' }));
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve({ ...asked, needs, subjects: [withToken('child', token)] }),
      { reason: 'SUBJECT_TOKEN_INVALID' },
    );
  });

  it('is refused from another consumer', async () => {
    const { token } = await resolved();
    const theirs = await elterngeld.decideAndGrant({
      service: 'elterngeld',
      applicants: [mother],
      evidence: ['meldedaten'],
    });
    const request = {
      ...retrieval(
        theirs.filter((it) => !isIdentity(it)),
        [mother],
      ),
      subjects: [withToken('parent', token)],
    };
    await expectLoggedRefusal(elterngeld.id, () => elterngeld.retrieve(request), { reason: 'SUBJECT_TOKEN_INVALID' });
  });

  it('is refused under another certificate, and when it has expired', async () => {
    const { identity, asked } = await resolved();
    const seal = await readSeal(named(e2eSystem().keys, 'node'));
    const { birthDate, familyName, idnr } = cast.mother;
    const opening = { birth_date: birthDate, family_name: familyName, idnr: null };
    const trigger = identity[0]?.trigger_id ?? '';
    const [used] = await queryNode<{ used_by: string }>('select used_by from log.trigger_state where trigger_id = $1', [
      trigger,
    ]);
    const lookup = { trigger, by: String(used?.used_by) };
    const decided = {
      purpose: 'kindergeld-antrag',
      legal_basis: 'idnrg-6',
      acting: 'SELF',
      attester: familienkasse.id,
      decider: 'pairwise',
    } as const;
    const whole = { role: 'parent', idnr: String(idnr), birth_date: birthDate, opening, lookup, decided };
    const person = { ...whole, representative: null };
    const proper = {
      consumer: familienkasse.id,
      certificate: thumbprintOfPem(familienkasse.tls.cert),
      nowMs: Date.now(),
    };
    const ask = (change: Partial<typeof proper & typeof person>) =>
      familienkasse.retrieve({
        ...asked,
        request_id: randomUUID(),
        subjects: [withToken('parent', sealSubject(seal, { ...person, ...change }, { ...proper, ...change }).token)],
      });
    const reason = 'SUBJECT_TOKEN_INVALID';
    await expectLoggedRefusal(familienkasse.id, () => ask({ certificate: thumbprintOfPem(elterngeld.tls.cert) }), {
      reason,
    });
    await expectLoggedRefusal(familienkasse.id, () => ask({ nowMs: Date.now() - 601_000 }), { reason });
    await expectLoggedRefusal(familienkasse.id, () => ask({ lookup: { ...lookup, trigger: randomUUID() } }), {
      reason: 'TRIGGER_MISSING',
    });
    await expect(ask({})).resolves.toMatchObject({ state: 'EXCHANGE_STATE_COMPLETE' });
  });

  it('ends with the decision that it rests on (GDPR Art. 7 (3))', async () => {
    const { identity, asked } = await resolved();
    await familienkasse.withdraw(identity.map(({ trigger_id }) => trigger_id));
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.retrieve(asked), { reason: 'TRIGGER_WITHDRAWN' });
  });

  it('serves the purpose of its lookup alone (GDPR Art. 5 (1) b)', async () => {
    const { asked } = await resolved();
    const other = { ...asked, purpose: 'kindergeld-pruefung' };
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.retrieve(other), {
      reason: 'SUBJECT_TOKEN_INVALID',
    });
  });

  it('is not given for a token', async () => {
    const { token, identity } = await resolved();
    const request = {
      request_id: randomUUID(),
      service: 'kindergeld',
      subjects: [withToken('parent', token)],
      trigger_ids: identity.map(({ trigger_id }) => trigger_id),
    };
    const refused = await expectRefusal(familienkasse.resolve(request), { reason: 'REQUEST_INVALID' });
    expect(refused.violations.map(({ field }) => field)).toEqual(['subjects']);
  });

  it('of a represented child serves beside the representative who was confirmed, and beside nobody else (design 4)', async () => {
    const family = [mother, newborn];
    const looked = (await familienkasse.decideAndGrant({ service: 'kindergeld', applicants: family })).filter(
      isIdentity,
    );
    const { ars: _, ...request } = form('kindergeld', looked, family);
    const { subjects = [] } = await familienkasse.resolve(request);
    const token = subjects.find(({ role }) => role === 'child')?.subject_token ?? '';
    const beside = async (parent: typeof mother) => {
      const applicants = [parent, newborn];
      const decisions = await familienkasse.decideAndGrant({ service: 'kindergeld', applicants, evidence: ['geburt'] });
      const needed = decisions.filter((it) => !isIdentity(it) || it.decision.subject.role === 'parent');
      const asked = retrieval(needed, applicants);
      return familienkasse.retrieve({
        ...asked,
        subjects: asked.subjects.map((it) => (it.role === 'child' ? withToken('child', token) : it)),
      });
    };
    await expectRefusal(beside(byAddress('parent', cast.widow)), { reason: 'SUBJECT_NOT_AVAILABLE' });
    await expect(beside(mother)).resolves.toMatchObject({ evidence: [{ evidence_type: 'geburt' }] });
  });

  it('takes what builds on it with it when its decision is withdrawn during the exchange (GDPR Art. 7 (3))', async () => {
    const { identity, asked } = await resolved();
    const running = familienkasse.retrieve(asked);
    await familienkasse.withdraw(identity.map(({ trigger_id }) => trigger_id));
    const ending = await running.then(
      () => 'released',
      () => 'refused',
    );
    const [withdrawn] = await queryNode<{ index: string }>(
      'select withdrawn_index as index from log.trigger_state where trigger_id = $1',
      [identity[0]?.trigger_id],
    );
    const released = await queryNode<{ index: string }>(
      "select index from log.record where event = 'retrieval.closed' and outcome = 'released' and trigger_id = $1",
      [asked.needs[0]?.trigger_id],
    );
    expect(released).toHaveLength(ending === 'released' ? 1 : 0);
    for (const { index } of released) expect(Number(index)).toBeLessThan(Number(withdrawn?.index));
  });
});
