import { describe, expect, it } from '@jest/globals';
import { breachFormIn, breachFormOf, breachIn } from '../../src/pages/oversight/breach-fields.js';

const last = { contact: 'Datenschutz, Am Markt 1', consequences: '', measures: '', delay: '' };
/** What a browser sends of a form that was filled with it, with some fields changed. */
function sent(changed: Readonly<Record<string, string>>, filledWith: Parameters<typeof breachFormOf>[0] = {}) {
  const { written, filled } = breachFormOf(filledWith);
  const before = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`filled_${name}`, value]));
  return breachFormIn({ ...written, ...before, ...changed });
}

describe('what an officer states of a breach (GDPR Art. 33 (3) and (4))', () => {
  it('is filled with nothing that nobody stated', () => {
    expect(new Set(Object.values(breachFormOf({}).written))).toEqual(new Set(['']));
    expect(breachFormOf({ persons: 0 }).written).toMatchObject({ persons: '0', records: '' });
  });

  it('is kept where there are numbers alone, and a number that is not stated is absent', () => {
    const none = { contact: '', consequences: '', measures: '', delay: '' };
    expect(breachIn(sent({ persons: '1200', records: '3000' }), {}, false)).toEqual({
      ...{ ...none, persons: 1200, records: 3000 },
    });
    expect(breachIn(sent({ records: '0' }), {}, false)).toEqual({ ...none, records: 0 });
    expect(breachIn(sent({ contact: 'Am Markt 1' }), {}, false)).toEqual({ ...none, contact: 'Am Markt 1' });
  });

  it('is nothing where nothing was changed; a report states again what is there', () => {
    expect(breachIn(sent({}, last), last, false)).toBeUndefined();
    expect(breachIn(sent({}), {}, true)).toBeUndefined();
    expect(breachIn(sent({}, last), last, true)).toEqual(last);
  });

  it('takes back nothing that another officer stated meanwhile', () => {
    const meanwhile = { ...last, persons: 5000 };
    expect(breachIn(sent({}, last), meanwhile, true)).toEqual(meanwhile);
    const changed = sent({ measures: 'Register benachrichtigt' }, last);
    expect(breachIn(changed, meanwhile, false)).toEqual({ ...meanwhile, measures: 'Register benachrichtigt' });
  });

  it('can be taken back by who empties a field', () => {
    expect(breachIn(sent({ persons: '' }, { ...last, persons: 5 }), { ...last, persons: 5 }, false)).toEqual(last);
  });

  it.each(['-1', '1.5', 'viele', '9999999999'])('refuses the number %s', (persons) => {
    expect(() => breachIn(sent({ persons }), {}, false)).toThrow('REQUEST_NOT_VALID');
  });
});
