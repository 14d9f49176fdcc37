import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type Cosigner, ed25519Cosigner } from '#libs/tlog/cosignature.js';
import { ed25519Signer, type NoteSigner } from '#libs/tlog/signed-note.js';

/** Fixed synthetic keys, one per seed byte: PKCS #8 prefix of Ed25519 (RFC 8410) and 32 equal bytes. */
function privateKey(seed: number): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export const signer = (seed: number, name = 'log.example/test'): NoteSigner => ed25519Signer(name, privateKey(seed));

/** Gives a cosigner with the key of that seed byte (C2SP tlog-cosignature). */
export const cosigner = (seed: number, name = `witness.example/w${seed}`): Cosigner =>
  ed25519Cosigner(name, privateKey(seed));
