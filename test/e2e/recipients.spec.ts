import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Applicant, commitmentTo } from '../../src/client/applicant.js';
import type { AttestedDecision } from '../../src/client/attest-decisions.js';
import { cast } from '../../src/demo/people/cast.js';
import { attest, type Decision } from '../../src/tokens/attestation.js';
import { type Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { byNumber } from '../support/e2e-people.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { deployedCatalogue } from '../support/e2e-system.js';

const NOTICE = 'gewerbeanzeige-anmeldung';
const trader = byNumber('trader', cast.father);

/** An authority decides by itself: a norm, a file reference and an official; no act of the trader. */
async function task(authority: Consumer, fields: readonly string[]): Promise<readonly AttestedDecision[]> {
  const purpose = deployedCatalogue().purpose('gewerbeanzeige-aufgaben');
  if (purpose === undefined) throw new Error('the catalogue has no such purpose');
  const about = async (evidence: Pick<Decision, 'evidence_type' | 'legal_basis' | 'fields'>, applicant: Applicant) => {
    const salt = randomBytes(32).toString('base64url');
    const decision: Decision = {
      kind: 'STATUTORY_TASK',
      requester: authority.id,
      purpose: purpose.id,
      purpose_hash: purpose.hash,
      decider: randomBytes(32).toString('base64url'),
      acting: 'AUTHORITY',
      decider_role: 'authority',
      subject: { role: applicant.role, commitment: commitmentTo(applicant, salt) },
      assurance: 'substantial',
      text_hash: randomBytes(32).toString('base64url'),
      preview: 'NOT_GRANTED',
      decided_at: Math.floor(Date.now() / 1000),
      ...evidence,
    };
    const jti = randomUUID();
    const by = { attester: authority.id, node: authority.profile.node.participant, key: authority.keys.attestation };
    const { token } = await attest(decision, { ...by, nowMs: Date.now(), jti, lifetimeS: 600 });
    return { trigger_id: jti, attestation: token, commitment_salt: salt, decision };
  };
  const decisions = await Promise.all([
    about({ evidence_type: 'identity', legal_basis: 'idnrg-6-task', fields: ['birth_date', 'idnr'] }, trader),
    about({ evidence_type: NOTICE, legal_basis: 'gewo-14-8', fields }, trader),
  ]);
  await authority.grant(decisions, { file_reference: 'GA-7-2026', acting_official: 'Sachbearbeitung 12' });
  return decisions;
}

const ALL = Array.from({ length: 33 }, (_, index) => `field_${String(index + 1).padStart(2, '0')}`);
const allBut = (...numbers: readonly number[]) => ALL.filter((_, index) => !numbers.includes(index + 1));

/** From the text of the ordinance (GewAnzV § 3 Abs. 1 Satz 1 Nr. 1, 5, 12), by hand. */
const RECIPIENTS = [
  ['ihk-bremen', allBut(13, 27, 29, 30, 31, 33), 'GewAnzV § 3 Abs. 1 Satz 1 Nr. 1 Buchst. a'],
  [
    'eichbehoerde-bremen',
    ['field_01', 'field_03', 'field_04', 'field_05', 'field_11', 'field_14', 'field_15', 'field_18', 'field_20'],
    'GewAnzV § 3 Abs. 1 Satz 1 Nr. 5 Buchst. a',
  ],
  [
    'finanzamt-bremen',
    allBut(6, 12, 13, 19, 21, 22, 27, 28, 29, 30, 31, 33),
    'GewAnzV § 3 Abs. 1 Satz 1 Nr. 12 Buchst. a',
  ],
] as const;

describe.each(RECIPIENTS)('%s', (id, fields, norm) => {
  let authority: Consumer;
  beforeAll(async () => {
    authority = await consumer(id);
  });
  afterAll(() => authority.close());

  it('gets of a business notice its own fields and, signed, the norm that withholds each other (GewAnzV § 3)', async () => {
    const decisions = await task(authority, ALL);
    const { evidence = [] } = await authority.retrieve(retrieval(decisions, [trader]));
    expect(evidence.map(({ evidence_type }) => evidence_type)).toEqual([NOTICE]);
    const [jws = '', ...disclosures] = (evidence[0]?.sd_jwt ?? '').split('~').slice(0, -1);
    const part = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());
    const disclosed = disclosures.map((it) => part(it) as readonly [string, string, string]);
    expect(disclosed.map(([, name]) => name).toSorted()).toEqual([...fields]);
    // Each field says its own number: nothing went into the wrong one.
    for (const [, name, value] of disclosed) expect(value).toMatch(new RegExp(`^Feld ${Number(name.slice(6))} zu `));
    const claims = part(jws.split('.')[1] ?? '') as { withheld: readonly { attribute: string; norm: string }[] };
    expect(claims.withheld).toEqual(
      ALL.filter((it) => !(fields as readonly string[]).includes(it)).map((attribute) => ({ attribute, norm })),
    );
  });

  it('gets nothing if it asks for more by name', async () => {
    const decisions = await task(authority, ALL);
    const request = retrieval(decisions, [trader]);
    const needs = request.needs?.map((need) => ({ ...need, fields: ['field_01', 'field_33'] }));
    await expectRefusal(authority.retrieve({ ...request, needs }), { reason: 'TRANSFER_NOT_PERMITTED' });
  });
});
