import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import { cast } from '../../src/demo/people/cast.js';
import { type Consumer, consumer, retrieval, type Wish } from '../support/e2e-consumer.js';
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
      aboutEvidence((it) => ({ ...it, evidence_type: 'kindergeld-bezug', fields: ['paid_since'] })),
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
    [
      'about no field that the rule knows',
      aboutEvidence((it) => ({ ...it, fields: ['marital_status'] })),
      'at least one field',
    ],
    ['at too low a level of assurance', aboutEvidence((it) => ({ ...it, assurance: 'low' })), 'level of assurance'],
    [
      'by somebody who acts for themselves in another role',
      aboutEvidence((it) => ({ ...it, decider_role: 'child' })),
      undefined,
    ],
    [
      'by a representative who is not in the request',
      aboutEvidence((it) => ({ ...it, acting: 'REPRESENTATIVE', decider_role: 'guardian' })),
      'nobody else decides',
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
