import { expect, test } from '@jest/globals';
import { parseVerifierKey } from '#libs/tlog/verifier-key.js';
import type { Catalogue } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { logKeys, namedWitnesses } from '../../src/catalogue/verifier-keys.js';

const catalogue: Catalogue = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });

test('the key of a log is a verifier key of type 0x01 under its name (C2SP signed-note)', () => {
  expect(logKeys(catalogue).map(parseVerifierKey)).toEqual([
    expect.objectContaining({ name: 'log.test.example/node', type: 0x01 }),
  ]);
});

test('a witness has a key of type 0x04 and an address (C2SP tlog-cosignature)', () => {
  const witnesses = namedWitnesses(catalogue);
  expect(witnesses.map(({ participant, address }) => [participant, address])).toEqual([
    ['melderegister-bremen', 'localhost:50061'],
    ['personenstand-bremen', 'localhost:50062'],
    ['familienkasse-register', 'localhost:50063'],
    ['identity-directory', 'localhost:50064'],
  ]);
  expect(witnesses.map(({ vkeys }) => vkeys.map(parseVerifierKey))).toEqual(
    witnesses.map(({ participant }) => [
      expect.objectContaining({ name: `witness.test.example/${participant}`, type: 0x04 }),
    ]),
  );
});

test('who has a key and no address is not asked; every key of a witness counts while one replaces another', () => {
  const [endpoint] = catalogue.endpoints;
  const { witness_address: _, ...silent } = endpoint!;
  expect(namedWitnesses({ ...catalogue, endpoints: [silent] })).toEqual([]);
  const keys = catalogue.keys.map((it) => ({ ...it, keys: [...it.keys, ...it.keys] }));
  expect(namedWitnesses({ keys, endpoints: [endpoint!] })[0]?.vkeys).toHaveLength(2);
});
