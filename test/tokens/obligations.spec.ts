import { describe, expect, it } from '@jest/globals';
import { claimObligations } from '../../src/tokens/obligations.js';

describe('the limits of a permission', () => {
  const rate = { rule: 'kindergeld-meldedaten', of: 'persons', max: 1, per: 'day' };
  const read = (over: object) => claimObligations({ obligations: { rates: [{ ...rate, ...over }] } });

  it('are read as they were given', () => {
    expect(read({})).toEqual({ rates: [rate] });
  });

  it.each([
    [{ rule: 'Erika Musterfrau' }],
    [{ rule: `rule\u0000` }],
    [{ rule: 'r'.repeat(64) }],
    [{ max: 0 }],
    [{ max: -1 }],
    [{ max: 0.5 }],
    [{ max: 1e308 }],
    [{ max: '1' }],
    [{ of: 'companies' }],
    [{ per: 'year' }],
  ])('are no limits where nothing can be counted by them: %j', (over) => {
    expect(() => read(over)).toThrow(expect.objectContaining({ code: 'CLAIM' }));
  });
});
