import { describe, expect, it } from '@jest/globals';
import { isUnfit, ownFieldOf, statementsIn, writtenIn } from '../../src/pages/decide/own-statement-form.js';

const attributes = [
  { attribute: 'family_name', title: 'Familienname', value: 'Muster' },
  { attribute: 'town', title: 'Ort', value: 'Bremen' },
];
const item = {
  held_id: 'h',
  evidence_type: 'meldedaten',
  subject_role: 'parent',
  register: 'r',
  waits: true,
  attributes,
};
const form = (written: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(written).map(([attribute, value]) => [ownFieldOf('h', attribute), value]));

describe('own statements in a form (EGovG § 5 Abs. 5)', () => {
  it('are what contradicts the register, in one form of Unicode, without space around', () => {
    const statements = statementsIn(form({ family_name: ' Mu\u0308ster ', town: 'Bremen' }), [item]);
    expect(statements.map(({ salt: _, ...it }) => it)).toEqual([
      { held_id: 'h', attribute: 'family_name', value: 'Müster' },
    ]);
  });

  it('are about what was shown: whatever else a form names is passed over', () => {
    expect(statementsIn(form({ birth_date: '1980', family_name: ['a', 'b'], town: '' }), [item])).toEqual([]);
    expect(statementsIn({ [ownFieldOf('other', 'town')]: 'x' }, [item])).toEqual([]);
  });

  it('are shown again where they are not fit', () => {
    const sent = form({ town: 'Бремен' });
    expect(isUnfit(writtenIn(sent, 'h', 'town'))).toBe(true);
    expect(isUnfit(writtenIn(sent, 'h', 'family_name'))).toBe(false);
  });
});
