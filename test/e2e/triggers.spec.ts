import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import { cast } from '../../src/demo/people/cast.js';
import type { Reason } from '../../src/platform/reasons.js';
import { type Consumer, consumer, form, retrieval, type Wish } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { byAddress, mother, newborn } from '../support/e2e-people.js';
import { expectLoggedRefusal, expectRefusal, personalData } from '../support/e2e-refusal.js';
import { deployedCatalogue } from '../support/e2e-system.js';

const PERSONAL = personalData([mother, newborn]);
const MELDEDATEN: Wish = { service: 'kindergeld', applicants: [mother], evidence: ['meldedaten'] };

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

const isMeldedaten = ({ decision }: AttestedDecision) => decision.evidence_type === 'meldedaten';

/** Only the decision about the evidence departs; the one about the identity lookup is proper. */
const aboutEvidence = (change: NonNullable<Wish['change']>): Wish => ({
  ...MELDEDATEN,
  change: (decision) => (decision.evidence_type === 'identity' ? decision : change(decision)),
});

const purposeHash = (purpose: string) => deployedCatalogue().purpose(purpose)?.hash ?? '';
const review = () => ({ purpose: 'kindergeld-pruefung', purpose_hash: purposeHash('kindergeld-pruefung') });

describe('a decision that the node does not take', () => {
  const refused: readonly (readonly [title: string, wish: () => Promise<Wish>, reason: Reason])[] = [
    [
      'for a purpose that is not registered',
      async () => aboutEvidence((it) => ({ ...it, purpose: 'steuerpruefung' })),
      'PURPOSE_NOT_REGISTERED',
    ],
    [
      'for another version of the purpose',
      async () => aboutEvidence((it) => ({ ...it, purpose_hash: 'A'.repeat(43) })),
      'PURPOSE_NOT_REGISTERED',
    ],
    [
      'for another requester',
      async () => aboutEvidence((it) => ({ ...it, requester: 'elterngeld-online' })),
      'TRIGGER_NOT_COVERING',
    ],
    [
      'of a kind that the legal basis does not know (design 4)',
      async () => aboutEvidence((it) => ({ ...it, kind: 'CONSENT' })),
      'TRIGGER_NOT_COVERING',
    ],
    [
      'on a legal basis that there is not',
      async () => aboutEvidence((it) => ({ ...it, legal_basis: 'bgb-242' })),
      'TRIGGER_NOT_COVERING',
    ],
    [
      'attested by another online service',
      async () => ({ ...MELDEDATEN, attester: elterngeld.id, key: elterngeld.keys.attestation }),
      'TRIGGER_NOT_ATTESTED',
    ],
    [
      'attested in the name of another online service',
      async () => ({ ...MELDEDATEN, attester: elterngeld.id }),
      'TRIGGER_NOT_ATTESTED',
    ],
    ['attested by nobody', async () => ({ ...MELDEDATEN, attester: 'nobody' }), 'TRIGGER_NOT_ATTESTED'],
    [
      'signed with a key for another use',
      async () => ({ ...MELDEDATEN, key: familienkasse.keys.assertion }),
      'TRIGGER_NOT_ATTESTED',
    ],
    [
      'signed with an unknown key under a known name',
      async () => {
        const { privateKey: key } = await generateKeyPair('ES256');
        return { ...MELDEDATEN, key: { ...familienkasse.keys.attestation, key } };
      },
      'TRIGGER_NOT_ATTESTED',
    ],
    ['that would live for a day', async () => ({ ...MELDEDATEN, lifetimeS: 86_400 }), 'TRIGGER_NOT_ATTESTED'],
    ['that has expired', async () => ({ ...MELDEDATEN, lifetimeS: 0 }), 'TRIGGER_EXPIRED'],
    [
      'of an authority where a person has to choose',
      async () => aboutEvidence((it) => ({ ...it, acting: 'AUTHORITY' })),
      'TRIGGER_NOT_ATTESTED',
    ],
  ];
  it.each(refused)('is one %s', async (_title, wish, reason) => {
    const decisions = await familienkasse.decide(await wish());
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.grant(decisions), { reason }, PERSONAL);
    // All or none: the proper one beside it was not taken either.
    const ids = decisions.map(({ trigger_id }) => trigger_id);
    await expectRefusal(familienkasse.withdraw(ids.slice(0, 1)), { reason: 'NOT_FOUND' });
  });

  it('is one with a changed claim', async () => {
    const [first, ...others] = await familienkasse.decide(MELDEDATEN);
    if (first === undefined) throw new Error('nothing was decided');
    const [header, payload = '', signature] = first.attestation.split('.');
    const changed = Buffer.from(payload, 'base64url').toString('utf8').replace('substantial', 'high');
    const attestation = [header, Buffer.from(changed).toString('base64url'), signature].join('.');
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.grant([{ ...first, attestation }, ...others]), {
      reason: 'TRIGGER_NOT_ATTESTED',
    });
  });

  const task = (): Wish =>
    aboutEvidence((it) => ({
      ...it,
      ...review(),
      kind: 'STATUTORY_TASK',
      legal_basis: 'bmg-34-1',
      acting: 'AUTHORITY',
      assurance: 'high',
      preview: 'NOT_GRANTED',
    }));

  it.each([
    ['neither a file reference nor an official', {}],
    ['no file reference', { acting_official: 'Sachbearbeitung 4711' }],
    ['no official', { file_reference: 'FK-115-2026' }],
  ])('is a statutory task with %s', async (_title, named) => {
    const decisions = (await familienkasse.decide(task())).filter(isMeldedaten);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.grant(decisions, named),
      { reason: 'TRIGGER_NOT_ATTESTED' },
      [...PERSONAL, 'Sachbearbeitung', 'FK-115'],
    );
  });

  it('is a statutory task only without its names: with both it is taken', async () => {
    const decisions = (await familienkasse.decide(task())).filter(isMeldedaten);
    const named = { acting_official: 'Sachbearbeitung 4711', file_reference: 'FK-115-2026' };
    const { value, entries } = await logged(() => familienkasse.grant(decisions, named));
    expect(value.triggers).toMatchObject([{ state: 'STATE_ACTIVE', kind: 'TRIGGER_KIND_STATUTORY_TASK' }]);
    expect(JSON.stringify(entries)).not.toMatch(/4711|FK-115/);
  });

  it('is a choice that names an official', async () => {
    const decisions = await familienkasse.decide(MELDEDATEN);
    const named = { acting_official: 'Sachbearbeitung 4711', file_reference: 'FK-115-2026' };
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.grant(decisions, named), {
      reason: 'TRIGGER_NOT_ATTESTED',
    });
  });
});

describe('a trigger covers what was decided, and nothing else (design 4)', () => {
  const covering: readonly (readonly [title: string, wish: Wish, rule: string | undefined])[] = [
    [
      'for another purpose',
      aboutEvidence((it) => ({ ...it, purpose: 'elterngeld-antrag', purpose_hash: '' })),
      'purpose and its version',
    ],
    ['about another text', aboutEvidence((it) => ({ ...it, text_hash: 'A'.repeat(43) })), 'the text shown'],
    ['about another person', { ...MELDEDATEN, applicants: [byAddress('parent', cast.father)] }, 'about this person'],
    [
      'about another evidence type',
      aboutEvidence((it) => ({ ...it, evidence_type: 'kindergeld-bezug' })),
      'evidence type and subject',
    ],
    [
      'about another role',
      aboutEvidence((it) => ({ ...it, subject: { ...it.subject, role: 'child' } })),
      'evidence type and subject',
    ],
    [
      'about fewer fields than are asked for by name',
      aboutEvidence((it) => ({ ...it, fields: ['town'] })),
      'every field asked for',
    ],
    ['about no field that the rule knows', aboutEvidence((it) => ({ ...it, fields: ['marital_status'] })), undefined],
    ['at too low a level of assurance', aboutEvidence((it) => ({ ...it, assurance: 'low' })), 'level of assurance'],
    [
      'by somebody who acts for themselves in another role',
      aboutEvidence((it) => ({ ...it, decider_role: 'child' })),
      undefined,
    ],
    [
      'by a representative who is not in the request',
      aboutEvidence((it) => ({ ...it, acting: 'REPRESENTATIVE', decider_role: 'guardian' })),
      'the representative',
    ],
  ];
  it.each(covering)('%s it is refused', async (title, wish, rule) => {
    const decisions = await familienkasse.decide({
      ...wish,
      change: (it) => {
        const changed = wish.change?.(it) ?? it;
        return changed.purpose_hash === '' ? { ...changed, purpose_hash: purposeHash(changed.purpose) } : changed;
      },
    });
    await familienkasse.grant(decisions);
    const proper = retrieval(decisions, [mother]);
    const fields = title.includes('by name') ? ['town', 'street'] : [];
    const about = { evidence_type: 'meldedaten', subject_role: 'parent', fields };
    const request = {
      ...proper,
      purpose: 'kindergeld-antrag',
      needs: proper.needs.map((need) => ({ ...need, ...about })),
    };
    const refused = await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(request),
      { reason: 'TRIGGER_NOT_COVERING' },
      PERSONAL,
    );
    // Which check it was: several answer with the same reason.
    expect(refused.info.rule ?? '').toContain(rule ?? '');
    expect(Object.keys(refused.info)).toEqual(rule === undefined ? [] : ['rule']);
  });

  const decided = () => familienkasse.decideAndGrant(MELDEDATEN);

  it('when it exists: an unknown one is missing', async () => {
    const proper = retrieval(await decided(), [mother]);
    const unknown = { ...proper, needs: proper.needs.map((need) => ({ ...need, trigger_id: randomUUID() })) };
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(unknown),
      { reason: 'TRIGGER_MISSING' },
      PERSONAL,
    );
  });

  it('when it was granted: one that was only signed is missing', async () => {
    const request = retrieval(await familienkasse.decide(MELDEDATEN), [mother]);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(request),
      { reason: 'TRIGGER_MISSING' },
      PERSONAL,
    );
  });

  it('for the consumer that the person chose: to another one it does not exist', async () => {
    const theirs = await elterngeld.decideAndGrant({
      service: 'elterngeld',
      applicants: [mother],
      evidence: ['meldedaten'],
    });
    const request = retrieval(theirs, [mother]);
    const stolen = { ...request, purpose: 'kindergeld-antrag' };
    const unknown = { ...stolen, needs: stolen.needs.map((need) => ({ ...need, trigger_id: randomUUID() })) };
    const one = await expectLoggedRefusal(familienkasse.id, () => familienkasse.retrieve(stolen), {
      reason: 'TRIGGER_MISSING',
    });
    const other = await expectRefusal(familienkasse.retrieve(unknown), { reason: 'TRIGGER_MISSING' });
    expect(one.bytes).toEqual(other.bytes);
    const ids = theirs.map(({ trigger_id }) => trigger_id);
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.withdraw(ids), { reason: 'NOT_FOUND' });
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.call('ConsentService/GetTrigger', { trigger_id: ids[0] }),
      { reason: 'NOT_FOUND' },
    );
    await expect(elterngeld.retrieve(request)).resolves.toMatchObject({ state: 'EXCHANGE_STATE_COMPLETE' });
  });

  it('when the lookup was decided on too', async () => {
    const decisions = await decided();
    const request = { ...retrieval(decisions, [mother]), identity_trigger_ids: [] };
    const refused = await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(request),
      { reason: 'TRIGGER_MISSING' },
      PERSONAL,
    );
    expect(refused.info).toEqual({ evidence_type: 'identity', subject_role: 'parent' });
  });

  it('until it expires', async () => {
    const decisions = await familienkasse.decideAndGrant({ ...MELDEDATEN, lifetimeS: 2 });
    await sleep(2100);
    const request = retrieval(decisions, [mother]);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(request),
      { reason: 'TRIGGER_EXPIRED' },
      PERSONAL,
    );
  });

  it('until it is withdrawn (GDPR Art. 7 (3))', async () => {
    const decisions = await decided();
    const ids = decisions.filter(isMeldedaten).map(({ trigger_id }) => trigger_id);
    const { entries } = await logged(() => familienkasse.withdraw(ids));
    expect(entries.map(({ event, trigger_id }) => [event, trigger_id])).toEqual([['trigger.withdrawn', ids[0]]]);
    const request = retrieval(decisions, [mother]);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(request),
      { reason: 'TRIGGER_WITHDRAWN' },
      PERSONAL,
    );
    // A withdrawal is for ever: neither a second one nor the same decision again changes that.
    await familienkasse.withdraw(ids);
    await familienkasse.grant(decisions);
    await expectRefusal(familienkasse.retrieve(retrieval(decisions, [mother])), { reason: 'TRIGGER_WITHDRAWN' });
  });

  it('once (BSI TR-03176-1)', async () => {
    const decisions = await decided();
    await familienkasse.retrieve(retrieval(decisions, [mother]));
    const again = retrieval(decisions, [mother]);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(again),
      { reason: 'TRIGGER_USED' },
      PERSONAL,
    );
  });

  it('once, also where eight ask with it at the same moment', async () => {
    const decisions = await decided();
    const asked = Array.from({ length: 8 }, () => familienkasse.retrieve(retrieval(decisions, [mother])));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    for (const [position, it] of settled.entries())
      if (it.status === 'rejected')
        await expectRefusal(asked[position] ?? Promise.resolve(), { reason: 'TRIGGER_USED' });
  });

  it('once, also within one request', async () => {
    const proper = retrieval(await decided(), [mother]);
    const twice = { ...proper, needs: [...proper.needs, ...proper.needs] };
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(twice),
      { reason: 'TRIGGER_USED' },
      PERSONAL,
    );
  });
});

describe('what no rule permits is refused before any person is looked up (IDNrG § 7 Abs. 2)', () => {
  const evidence = (type: string, fields: readonly string[] = []): Wish =>
    aboutEvidence((it) => ({ ...it, evidence_type: type, fields: fields.length === 0 ? it.fields : [...fields] }));
  const permitted: readonly (readonly [title: string, wish: Wish, type: string, fields: readonly string[]])[] = [
    ['an evidence type that there is not', evidence('steuerbescheid'), 'steuerbescheid', []],
    ['an evidence type of another purpose', evidence('entgelt'), 'entgelt', []],
    [
      'a field that the rule does not list',
      evidence('meldedaten', ['marital_status']),
      'meldedaten',
      ['marital_status'],
    ],
    ['one field too many among permitted ones', evidence('meldedaten', ['town', 'sex']), 'meldedaten', ['town', 'sex']],
  ];
  it.each(permitted)('%s', async (_title, wish, type, fields) => {
    const decisions = await familienkasse.decideAndGrant(wish);
    const proper = retrieval(decisions, [mother]);
    const request = {
      ...proper,
      needs: proper.needs.map((need) => ({ ...need, evidence_type: type, fields: [...fields] })),
    };
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve(request),
      { reason: 'TRANSFER_NOT_PERMITTED' },
      PERSONAL,
    );
  });

  it('a transfer that a rule denies, whatever another one allows', async () => {
    const decisions = await elterngeld.decideAndGrant({
      service: 'elterngeld',
      applicants: [mother],
      evidence: ['meldedaten'],
      change: (it) =>
        it.evidence_type === 'identity' ? it : { ...it, evidence_type: 'kindergeld-bezug', fields: ['paid_since'] },
    });
    await expectLoggedRefusal(elterngeld.id, () => elterngeld.retrieve(retrieval(decisions, [mother])), {
      reason: 'TRANSFER_NOT_PERMITTED',
    });
  });

  it('a purpose that is not registered', async () => {
    const proper = retrieval(await familienkasse.decide(MELDEDATEN), [mother]);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.retrieve({ ...proper, purpose: 'steuerpruefung' }),
      { reason: 'PURPOSE_NOT_REGISTERED' },
      PERSONAL,
    );
  });

  it('the service of another consumer', async () => {
    const decisions = await familienkasse.decideAndGrant(MELDEDATEN);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.prefill(form('elterngeld', decisions, [mother])),
      { reason: 'TRANSFER_NOT_PERMITTED' },
      PERSONAL,
    );
    const { ars: _, ...request } = form('elterngeld', decisions, [mother]);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.resolve(request),
      { reason: 'TRANSFER_NOT_PERMITTED' },
      PERSONAL,
    );
  });

  it('a form on decisions that it does not need, or without any', async () => {
    const decisions = await familienkasse.decideAndGrant({ ...MELDEDATEN, evidence: ['meldedaten'] });
    const twice = await familienkasse.decideAndGrant(MELDEDATEN);
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.prefill(form('kindergeld', [...decisions, ...twice], [mother])),
      { reason: 'TRIGGER_NOT_COVERING' },
      PERSONAL,
    );
    await expectLoggedRefusal(
      familienkasse.id,
      () => familienkasse.prefill(form('kindergeld', [], [mother])),
      { reason: 'TRIGGER_MISSING' },
      PERSONAL,
    );
  });
});
