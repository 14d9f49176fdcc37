import { describe, expect, it } from '@jest/globals';
import { type NameRules, STRICT_NAMES } from '../../src/identity/name.js';
import { type Candidate, chooseOne } from '../../src/register-edge/choose-person.js';
import type { PersonKey } from '../../src/tokens/register-request.js';

const WIDE: NameRules = { transcription: 'din-91379', particles: 'optional' };

const aPerson = (deviation: Partial<Candidate> = {}): Candidate => ({
  idnr: '02476291358',
  family_name: 'von Mustermüller',
  given_names: 'Jörn Łukasz',
  town: 'Neumünster',
  blocked: false,
  ...deviation,
});
const birth_date = '1990-01-01';
const byAddress = (family_name: string, town = 'Neumünster'): PersonKey => ({
  ...{ set: 'address', family_name, town, postcode: '24534', birth_date },
});
const byName = (family_name: string, given_names: string): PersonKey => ({
  ...{ set: 'name', family_name, given_names, birth_date },
});
const byNumber: PersonKey = { set: 'idnr', idnr: '02476291358', birth_date };

const kindOf = (key: PersonKey, candidates: readonly Candidate[], rules = WIDE) =>
  chooseOne(key, candidates, rules).kind;

describe('the one person that a key set means (IDNrG § 6 Abs. 4)', () => {
  it.each<readonly [what: string, key: PersonKey, strict: string, wide: string]>([
    ['as written', byAddress('von Mustermüller'), 'one', 'one'],
    ['transcribed', byAddress('von Mustermueller'), 'none', 'one'],
    ['without the particle', byAddress('Mustermüller'), 'none', 'one'],
    ['with the town transcribed', byAddress('von Mustermüller', 'Neumuenster'), 'none', 'one'],
    ['with another town', byAddress('von Mustermüller', 'Kiel'), 'none', 'none'],
    ['by one given name', byName('von Mustermüller', 'Łukasz'), 'one', 'one'],
    ['by one given name, transcribed', byName('von Mustermüller', 'Lukasz'), 'none', 'one'],
    ['by another given name', byName('von Mustermüller', 'Erika'), 'none', 'none'],
    ['by the number: no name is needed', byNumber, 'one', 'one'],
  ])('%s', (_what, key, strict, wide) => {
    expect(kindOf(key, [aPerson()], STRICT_NAMES)).toBe(strict);
    expect(kindOf(key, [aPerson()])).toBe(wide);
  });

  it('is who bears the name as written, before those who bear a similar one', () => {
    const similar = aPerson({ family_name: 'Mustermueller', idnr: '08214967384' });
    for (const candidates of [
      [aPerson(), similar],
      [similar, aPerson()],
    ])
      expect(chooseOne(byAddress('von Mustermüller'), candidates, WIDE)).toEqual({ kind: 'one', record: aPerson() });
  });

  it('is nobody where several bear a similar name and none as written', () => {
    const similar = aPerson({ family_name: 'zu Mustermüller', idnr: '08214967384' });
    expect(kindOf(byAddress('Mustermueller'), [aPerson(), similar])).toBe('several');
    expect(kindOf(byAddress('von Mustermüller'), [aPerson(), aPerson({ idnr: '08214967384' })])).toBe('several');
  });

  it('is not another one because the one who bears the name is blocked (IDNrG § 6 Abs. 5)', () => {
    const similar = aPerson({ family_name: 'Mustermueller', idnr: '08214967384' });
    expect(kindOf(byAddress('von Mustermüller'), [aPerson({ blocked: true }), similar])).toBe('blocked');
    expect(kindOf(byAddress('Mustermuller'), [aPerson({ blocked: true })])).toBe('none');
  });
});
