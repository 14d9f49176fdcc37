import { createPrivateKey, type JsonWebKeyInput } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ed25519Signer, type NoteSigner } from '#libs/tlog/signed-note.js';

/** The private key of the log from the key folder of its node; `origin` is the name of the log. */
export async function readLogSigner(keyFolder: string, origin: string): Promise<NoteSigner> {
  const jwk = JSON.parse(await readFile(join(keyFolder, 'signing', 'log.jwk.json'), 'utf8')) as JsonWebKeyInput['key'];
  return ed25519Signer(origin, createPrivateKey({ key: jwk, format: 'jwk' }));
}
