import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Decision } from '../../src/tokens/attestation.js';
import { type Consumer, consumer, retrieval } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { mother } from '../support/e2e-people.js';
import { deployedCatalogue } from '../support/e2e-system.js';

let familienkasse: Consumer;
beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

/** A review of its own accord: no act of the citizen, a norm, a file reference and an official instead. */
function asTask(decision: Decision): Decision {
  const purpose = deployedCatalogue().purpose('kindergeld-pruefung');
  if (purpose === undefined) throw new Error('the catalogue has no purpose kindergeld-pruefung');
  const isLookup = decision.evidence_type === 'identity';
  return {
    ...decision,
    kind: 'STATUTORY_TASK',
    legal_basis: isLookup ? 'idnrg-6-task' : 'bmg-34-1',
    purpose: purpose.id,
    purpose_hash: purpose.hash,
    fields: isLookup ? decision.fields : ['family_name', 'given_names', 'town'],
    acting: 'AUTHORITY',
    decider_role: 'authority',
    assurance: 'high',
    preview: 'NOT_GRANTED',
  };
}

it('retrieves for a statutory task with a norm, a file reference and an official, without an act of the citizen (BMG § 34 Abs. 1)', async () => {
  const applicants = [mother];
  const decisions = await familienkasse.decide({
    service: 'kindergeld',
    applicants,
    evidence: ['meldedaten'],
    change: asTask,
  });
  await familienkasse.grant(decisions, {
    file_reference: 'FK-115-2026',
    acting_official: 'Sachbearbeitung 4711',
  });
  const { value, entries } = await logged(() => familienkasse.retrieve(retrieval(decisions, applicants)));
  expect(value).toMatchObject({ state: 'EXCHANGE_STATE_COMPLETE', evidence: [{ evidence_type: 'meldedaten' }] });
  expect(value.evidence?.[0]?.withheld?.map(({ attribute }) => attribute)).toContain('nationalities');
  expect(entries.map(({ event, legal_basis }) => [event, legal_basis])).toEqual([
    ['identity.opened', 'idnrg-6-task'],
    ['identity.closed', 'idnrg-6-task'],
    ['retrieval.opened', 'bmg-34-1'],
    ['retrieval.closed', 'bmg-34-1'],
    ['exchange.closed', null],
  ]);
});
