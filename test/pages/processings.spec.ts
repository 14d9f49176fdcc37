import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { impactInputs } from '../../src/pages/oversight/impact-inputs.js';
import { MEASURES } from '../../src/pages/oversight/processing-texts.js';
import { processingsOf } from '../../src/pages/oversight/processings.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import { aFederation } from '../register-edge/federation.js';

const { current } = await aFederation();
const { catalogue, lookup } = current;
const processings = processingsOf(current, 'de');
const idsOf = (entries: readonly Readonly<{ id: string }>[]) => entries.map(({ id }) => id);

/** Every question that the catalogue can be asked, as the intermediary decides it. */
function* permitted() {
  const rules = new RuleIndex(lookup);
  for (const consumer of idsOf(catalogue.participants))
    for (const purpose of idsOf(catalogue.purposes))
      for (const legal_basis of idsOf(catalogue.legal_bases))
        for (const { id: provider, evidence_types } of catalogue.registers)
          for (const evidence_type of evidence_types) {
            const question = { consumer, provider, evidence_type, purpose, legal_basis };
            const decision = decideTransfer(rules, question);
            if (decision.kind === 'allowed') yield { ...question, fields: decision.fields };
          }
}

describe('the record of processing (GDPR Art. 30)', () => {
  it('has every transfer that the rules permit, in one processing, with these fields, and no other', () => {
    const expected = [...permitted()].map(({ consumer, purpose, provider, evidence_type, legal_basis, fields }) => ({
      ...{ processing: `${consumer}/${purpose}`, provider, evidence_type, legal_basis, fields },
    }));
    const ruleOf = (id: string) => catalogue.rules.find((rule) => rule.id === id)!;
    const found = processings.flatMap(({ id, transfers }) =>
      transfers.flatMap(({ rule, evidence_type, fields }) =>
        catalogue.registers
          .filter((it) => it.evidence_types.includes(evidence_type))
          .map(({ id: provider }) => ({
            ...{ processing: id, provider, evidence_type, legal_basis: ruleOf(rule).legal_basis },
            fields: fields.toSorted(),
          })),
      ),
    );
    const sorted = (entries: readonly object[]) => entries.map((it) => JSON.stringify(it)).toSorted();
    expect(expected.length).toBeGreaterThan(30);
    expect(sorted(found)).toEqual(sorted(expected));
  });

  it('names recipients that have no service, as of GewO § 14 Abs. 8; so do the inputs of an impact assessment (GDPR Art. 35)', () => {
    for (const consumer of ['ihk-bremen', 'eichbehoerde-bremen', 'finanzamt-bremen']) {
      const record = processings.find(({ id }) => id === `${consumer}/gewerbeanzeige-aufgaben`);
      expect(record).toMatchObject({ services: [], recipient_category: 'Behörde mit eigener Aufgabe' });
      expect(record?.legal_bases).toContain('GewO § 14 Abs. 8');
    }
    const { description, necessity } = impactInputs(current, {} as Parameters<typeof impactInputs>[1], 'de');
    expect(idsOf(description.processings)).toEqual(idsOf(processings));
    expect(necessity.filter(({ legal_basis }) => legal_basis === 'GewO § 14 Abs. 8')).toHaveLength(3);
  });

  it('says of each processing who answers for it and marks what nobody has confirmed (Art. 30 (1) a), and where data come from', () => {
    for (const { id, controller, categories, transfers } of processings) {
      const { contact } = lookup.participant(id.split('/')[0]!)!;
      const state = contact === undefined ? 'to_be_filled_in' : contact.verified ? 'verified' : 'not_verified';
      expect(controller).toMatchObject({ state, contact: contact?.controller ?? '' });
      expect(categories).toHaveLength(transfers.length);
      for (const { sources } of transfers) expect(sources.length).toBeGreaterThan(0);
    }
    expect(new Set(processings.map(({ controller }) => controller.state))).toEqual(
      new Set(['not_verified', 'to_be_filled_in']),
    );
  });

  it('has each service in one processing, even where rules permit less than it asks for', () => {
    expect(processings.flatMap(({ services }) => services).toSorted()).toEqual(idsOf(catalogue.services).toSorted());
  });

  it('says how often a processing was used, as the log has it', () => {
    const time = { seconds: '1780000000', nanos: 0 };
    const counted = { retrievals: '3', lookups: '2', first_time: time, last_time: time };
    const used = processingsOf(current, 'de', [
      { consumer: 'ihk-bremen', purpose: 'gewerbeanzeige-aufgaben', ...counted },
    ]);
    expect(used.filter(({ use }) => use !== undefined)).toMatchObject([
      {
        id: 'ihk-bremen/gewerbeanzeige-aufgaben',
        use: { retrievals: 3, lookups: 2, first: '2026-05-28T20:26:40.000Z' },
      },
    ]);
  });

  it.each(MEASURES.map(({ document }) => document))('names a document that there is: %s', (document) => {
    expect(existsSync(document)).toBe(true);
  });
});
