import { expect, test } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { keyThumbprint } from '../../src/catalogue/key-thumbprint.js';
import { aKeyPair } from '../support/keys.js';

test.each(['ES256', 'Ed25519', 'PS256'] as const)('the thumbprint of a key of %s is that of RFC 7638', async (alg) => {
  const { published } = await aKeyPair('k', alg);
  expect(keyThumbprint({ ...published.jwk, alg, kid: 'other members', use: 'sig' })).toBe(
    await calculateJwkThumbprint({ ...published.jwk }),
  );
});
