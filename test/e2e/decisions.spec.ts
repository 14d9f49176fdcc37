import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import type { Reason } from '../../src/platform/reasons.js';
import { type Consumer, consumer, type Wish } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';
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
    [
      'about evidence that there is not',
      async () => aboutEvidence((it) => ({ ...it, evidence_type: 'steuerbescheid' })),
      'EVIDENCE_TYPE_UNKNOWN',
    ],
    [
      'whose role is free text, which the log would show in clear',
      async () => aboutEvidence((it) => ({ ...it, subject: { ...it.subject, role: 'Erika Musterfrau' } })),
      'TRIGGER_NOT_ATTESTED',
    ],
    [
      'with a character that no database takes',
      async () => aboutEvidence((it) => ({ ...it, decider: '\u0000' })),
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
    expect(value.receipts?.map(({ log_index }) => log_index)).toEqual(entries.map(({ index }) => String(index)));
    expect(value.receipts?.at(-1)).toEqual(value.receipt);
    expect(value.triggers).toMatchObject([{ state: 'STATE_ACTIVE', kind: 'TRIGGER_KIND_STATUTORY_TASK' }]);
    expect(JSON.stringify(entries)).not.toMatch(/4711|FK-115/);
  });

  it.each(['\n', '\u0000', 'x'.repeat(201)])('is one with a file reference that is no line of text', async (text) => {
    const decisions = (await familienkasse.decide(task())).filter(isMeldedaten);
    const named = { acting_official: 'Sachbearbeitung 4711', file_reference: `FK${text}` };
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.grant(decisions, named), {
      reason: 'REQUEST_INVALID',
    });
  });

  it('is a choice that names an official', async () => {
    const decisions = await familienkasse.decide(MELDEDATEN);
    const named = { acting_official: 'Sachbearbeitung 4711', file_reference: 'FK-115-2026' };
    await expectLoggedRefusal(familienkasse.id, () => familienkasse.grant(decisions, named), {
      reason: 'TRIGGER_NOT_ATTESTED',
    });
  });
});
