import { describe, expect, it } from '@jest/globals';
import type { Catalogue, Register, Rule } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { permissionMatrix } from '../../src/permission/permission-matrix.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import { unbounded } from './unbounded.js';

const catalogue = unbounded(loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' }));
const indexOf = (over: Partial<Catalogue> = {}) => new RuleIndex(new CatalogueLookup({ ...catalogue, ...over }));
const anAllow = (over: Partial<Rule>): Rule => ({
  ...catalogue.rules.find(({ id }) => id === 'kindergeld-geburt')!,
  id: 'more',
  ...over,
});
const names = ({
  consumer,
  evidence_type,
  provider,
  purpose,
  legalBasis,
}: ReturnType<typeof permissionMatrix>[number]) =>
  [consumer, evidence_type, provider, purpose, legalBasis.id].join(' ');

describe('the matrix', () => {
  it('has exactly what is permitted, of all that could be asked', () => {
    const rules = [...catalogue.rules, anAllow({ consumer: 'any', purpose: 'any', legal_basis: 'any' })];
    const index = indexOf({ rules });
    const all = catalogue.participants.flatMap(({ id: consumer, kind }) =>
      !['online-service', 'authority', 'pages'].includes(kind)
        ? []
        : catalogue.registers.flatMap(({ id: provider, evidence_types }) =>
            evidence_types.flatMap((evidence_type) =>
              catalogue.purposes.flatMap(({ id: purpose }) =>
                catalogue.legal_bases.map(({ id: legal_basis }) => ({
                  ...{ consumer, provider, evidence_type, purpose, legal_basis },
                })),
              ),
            ),
          ),
    );
    const permitted = all.filter((question) => decideTransfer(index, question).kind === 'allowed');
    const rows = permissionMatrix(index).map(names);
    expect(rows.toSorted()).toEqual(
      permitted
        .map((it) => `${it.consumer} ${it.evidence_type} ${it.provider} ${it.purpose} ${it.legal_basis}`)
        .toSorted(),
    );
    expect(rows.length).toBeGreaterThan(20);
  });

  it('has one line for registers of a type that nothing tells apart, and one each where a rule does', () => {
    const register = catalogue.registers.find(({ id }) => id === 'personenstand-bremen')!;
    const registers: readonly Register[] = [
      ...catalogue.registers,
      { ...register, id: 'personenstand-kiel', competence: ['01002'] },
    ];
    const rows = (rules: readonly Rule[]) =>
      permissionMatrix(indexOf({ registers, rules }))
        .filter((it) => it.evidence_type === 'geburt' && it.consumer === 'familienkasse-online')
        .map(({ provider, decision }) => [provider, decision.fields.length]);
    expect(rows(catalogue.rules)).toEqual([['type:personenstandsregister', 4]]);
    expect(
      rows([...catalogue.rules, anAllow({ provider: 'personenstand-kiel', fields: ['parent_1_given_names'] })]),
    ).toEqual([
      ['personenstand-bremen', 4],
      ['personenstand-kiel', 5],
    ]);
  });

  it('is of one participant where only that is wanted', () => {
    const rows = permissionMatrix(indexOf(), ({ consumer }) => consumer === 'elterngeld-online');
    expect(new Set(rows.map(({ consumer }) => consumer))).toEqual(new Set(['elterngeld-online']));
    expect(rows).toHaveLength(4);
  });
});
