import { describe, expect, it } from '@jest/globals';
import { PARTS } from '../../bench/exchange/obvious/parts.js';

describe('the obvious build', () => {
  it.each(Object.entries(PARTS))('has whatever others import of %s: it must start', async (path, file) => {
    const real: object = await import(`../..${path}`);
    const obvious: object = await import(`../../bench/exchange/obvious/${file}`);
    expect(Object.keys(obvious)).toEqual(expect.arrayContaining(Object.keys(real)));
  });
});
