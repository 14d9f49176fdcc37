import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Catalogue, FieldLists } from '../../src/catalogue/catalogue.js';
import { fieldLimits } from '../../src/catalogue/field-limits.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { minimise } from '../../src/exchange/minimise.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { RuleIndex } from '../../src/permission/rule-index.js';

const catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const TYPE = 'gewerbeanzeige-anmeldung';
const attributes = catalogue.evidence_types.find(({ id }) => id === TYPE)?.attributes.map(({ id }) => id) ?? [];
const question = {
  consumer: 'ihk-bremen',
  provider: 'gewerberegister-bremen',
  evidence_type: TYPE,
  purpose: 'gewerbeanzeige-aufgaben',
  legal_basis: 'gewo-14-8',
} as const;

const someFields = fc.subarray(attributes);
type Bounds = Readonly<{
  rule: readonly string[];
  purpose: readonly string[];
  basis: readonly string[] | undefined;
  recipient: Readonly<{ list: readonly string[]; kind: 'all_but' | 'only'; waived: boolean }>;
}>;
const bounds: fc.Arbitrary<Bounds> = fc.record({
  rule: someFields,
  purpose: someFields,
  basis: fc.option(someFields, { nil: undefined }),
  recipient: fc.record({
    list: fc.subarray(attributes, { minLength: 1 }),
    kind: fc.constantFrom('all_but' as const, 'only' as const),
    waived: fc.integer({ max: 9, min: 0 }).map((it) => it === 0),
  }),
});

function catalogueOf({ rule, purpose, basis, recipient: { list, kind, waived } }: Bounds): CatalogueLookup {
  const lists = (fields: readonly string[]): FieldLists => ({ [TYPE]: fields });
  const changed: Catalogue = {
    ...catalogue,
    rules: catalogue.rules.flatMap((it) => (it.id === 'gewerbeanzeige-ihk' ? [{ ...it, fields: rule }] : [])),
    purposes: catalogue.purposes.map((it) => (it.id === question.purpose ? { ...it, necessary: lists(purpose) } : it)),
    legal_bases: catalogue.legal_bases.map((it) =>
      it.id === question.legal_basis && basis ? { ...it, closed_lists: lists(basis) } : it,
    ),
    recipient_matrices: catalogue.recipient_matrices.map((matrix) =>
      matrix.evidence_type === TYPE
        ? {
            ...matrix,
            recipients: matrix.recipients.map(({ all_but: _, only: __, ...it }) =>
              kind === 'only' ? { ...it, waived, only: list } : { ...it, waived, all_but: list },
            ),
          }
        : matrix,
    ),
  };
  return new CatalogueLookup(changed);
}

const isSubset = (part: readonly string[], whole: readonly string[]) => part.every((it) => whole.includes(it));
function received({ list, kind, waived }: Bounds['recipient']): readonly string[] {
  if (waived) return [];
  return kind === 'only' ? list : attributes.filter((it) => !list.includes(it));
}

describe('what is released (GDPR Art. 5 (1) c)', () => {
  test('is a subset of trigger, purpose, legal basis, rule, recipient matrix and form, and their whole intersection', () => {
    fc.assert(
      fc.property(bounds, someFields, someFields, (given, form, trigger) => {
        const lookup = catalogueOf(given);
        const decision = decideTransfer(new RuleIndex(lookup), question);
        const rule = decision.kind === 'allowed' ? decision.fields : [];
        const released = minimise({ form, rule, limits: fieldLimits(lookup, question), trigger });
        const factors = [
          form,
          trigger,
          given.rule,
          given.purpose,
          given.basis ?? attributes,
          received(given.recipient),
        ];
        for (const factor of factors) expect(isSubset(released, factor)).toBe(true);
        expect(released).toEqual(attributes.filter((it) => factors.every((factor) => factor.includes(it))).toSorted());
      }),
      { numRuns: 500 },
    );
  });

  test('stays inside the own catalogue, whatever the intermediary answers', () => {
    fc.assert(
      fc.property(bounds, (given) => {
        const limits = fieldLimits(catalogueOf(given), question);
        const released = minimise({ form: attributes, rule: attributes, limits, trigger: attributes });
        for (const factor of [given.purpose, given.basis ?? attributes, received(given.recipient)])
          expect(isSubset(released, factor)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('never grows when one factor shrinks', () => {
    const rest = fc.record({ form: someFields, rule: someFields, trigger: someFields });
    fc.assert(
      fc.property(
        rest,
        fc.constantFrom('form', 'rule', 'trigger'),
        fc.nat(32),
        bounds,
        (factors, factor, index, given) => {
          const limits = fieldLimits(catalogueOf(given), question);
          const shrunk = { ...factors, [factor]: factors[factor].filter((_, i) => i !== index) };
          return isSubset(minimise({ ...shrunk, limits }), minimise({ ...factors, limits }));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is nothing for an evidence type that the purpose does not name', () => {
    const lookup = new CatalogueLookup(catalogue);
    const limits = fieldLimits(lookup, { ...question, purpose: 'kfz-zulassung', consumer: 'kfz-online' });
    expect(minimise({ form: attributes, rule: attributes, limits, trigger: attributes })).toEqual([]);
  });
});
