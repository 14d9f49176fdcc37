import { describe, expect, it } from '@jest/globals';
import type { Agreement, Catalogue } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { decideAgreed } from '../../src/permission/decide-agreed.js';
import { explainAgreed } from '../../src/permission/explain-agreed.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import { agreed } from '../support/agreements.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const catalogue = agreed(loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' }));
const question = {
  consumer: 'familienkasse-online',
  provider: 'personenstand-bremen',
  evidence_type: 'geburt',
  purpose: 'kindergeld-antrag',
  legal_basis: 'egovg-5-1-1',
};
const decide = (over: Partial<Catalogue> = {}) =>
  decideAgreed(new RuleIndex(new CatalogueLookup({ ...catalogue, ...over })), question, undefined, NOW);
const withAgreements = (change: (it: Agreement) => Agreement): Partial<Catalogue> => ({
  agreements: catalogue.agreements?.map(change) ?? [],
});

describe('a permission needs an agreement of both sides', () => {
  it('and goes as far as the rules where they have agreed on all of it', () => {
    expect(decide()).toMatchObject({ kind: 'allowed', ruleIds: ['kindergeld-geburt'] });
    expect(decide().kind === 'allowed' && decide()).toHaveProperty('fields.length', 4);
  });

  it.each<readonly [string, Partial<Catalogue>]>([
    ['there is none', { agreements: [] }],
    [
      'it names another purpose',
      withAgreements((it) => ({ ...it, transfers: [{ ...it.transfers[0]!, purpose: 'x' }] })),
    ],
    ['it has ended', withAgreements((it) => ({ ...it, valid_until: '2026-11-23T12:00:00Z' }))],
    ['it has not begun', withAgreements((it) => ({ ...it, valid_from: '2026-11-23T12:00:01Z' }))],
    [
      'one side has revoked it',
      withAgreements((it) => ({ ...it, revoked: { by: 'consumer', at: '2026-11-23T11:00:00Z', signature: 'x..x' } })),
    ],
  ])('is refused where %s, whatever the rules say', (_, over) => {
    expect(decide(over)).toMatchObject({
      kind: 'refused',
      reason: 'TRANSFER_NOT_PERMITTED',
      ruleIds: ['agreement:none'],
    });
  });

  it('lets through no attribute that the agreement does not name, and says which one narrowed it', () => {
    const narrower = withAgreements((it) => ({
      ...it,
      transfers: it.transfers.map((transfer) => ({ ...transfer, fields: ['birth_date'] })),
    }));
    expect(decide(narrower)).toMatchObject({
      fields: ['birth_date'],
      ruleIds: ['agreement:familienkasse-online--personenstand-bremen', 'kindergeld-geburt'],
    });
  });

  it('does not make up for a rule', () => {
    expect(decide({ rules: [] })).toMatchObject({ kind: 'refused', ruleIds: [] });
  });

  it('is not asked for where rules are looked at without a deployment: nothing is transferred there', () => {
    const { agreements: _, ...law } = catalogue;
    const rules = new RuleIndex(new CatalogueLookup(law));
    expect(decideAgreed(rules, question, undefined, NOW).kind).toBe('allowed');
  });
});

describe('an explanation', () => {
  const explain = (agreements: readonly Agreement[]) =>
    explainAgreed(new RuleIndex(new CatalogueLookup({ ...catalogue, agreements })), question, undefined, {
      nowMs: NOW,
    });

  it('says that what rules permit lacks an agreement, and proposes no change of a rule against it', () => {
    expect(explain([])).toMatchObject({
      decision: { kind: 'refused', ruleIds: ['agreement:none'] },
      changes: [],
      missing: [{ code: 'NO_AGREEMENT', values: expect.objectContaining({ consumer: 'familienkasse-online' }) }],
    });
    expect(explain([]).refused.map(({ attribute }) => attribute)).toEqual(explain([]).asked);
  });

  it('is that of the rules where they have agreed', () => {
    const { decision, missing } = explain(catalogue.agreements ?? []);
    expect(decision.kind).toBe('allowed');
    expect(missing).toEqual([]);
  });
});
