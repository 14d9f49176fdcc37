import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type Consumer, consumer, form, retrieval, type Wish } from '../support/e2e-consumer.js';
import { mother, newborn } from '../support/e2e-people.js';
import { expectLoggedRefusal, personalData } from '../support/e2e-refusal.js';

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

/** Only the decision about the evidence departs; the one about the identity lookup is proper. */
const aboutEvidence = (change: NonNullable<Wish['change']>): Wish => ({
  ...MELDEDATEN,
  change: (decision) => (decision.evidence_type === 'identity' ? decision : change(decision)),
});

describe('what no rule permits is refused before any person is looked up (IDNrG § 7 Abs. 2)', () => {
  const evidence = (type: string, fields: readonly string[] = []): Wish =>
    aboutEvidence((it) => ({ ...it, evidence_type: type, fields: fields.length === 0 ? it.fields : [...fields] }));
  const permitted: readonly (readonly [title: string, wish: Wish, type: string, fields: readonly string[]])[] = [
    ['an evidence type that there is not', MELDEDATEN, 'steuerbescheid', []],
    ['an evidence type of another purpose', evidence('entgelt', ['gross_pay']), 'entgelt', []],
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
