import { createPrivateKey, generateKeyPairSync, type JsonWebKeyInput } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ed25519Signer, type NoteSigner } from '#libs/tlog/signed-note.js';
import { isSystemError } from '../platform/system-error.js';

/**
 * The key of the log that goes on, beside that of the one that ends. It becomes the node's only log key when the new log
 * is open; the old one is gone then, so that nothing signs with it again.
 */
export class NextLogKey {
  private readonly folder: string;

  constructor(keyFolder: string) {
    this.folder = join(keyFolder, 'signing');
  }

  /** Makes the key if there is none. */
  async make(origin: string): Promise<NoteSigner> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const jwk = { ...privateKey.export({ format: 'jwk' }), kid: origin, alg: 'Ed25519' };
    try {
      const file = await open(this.next, 'wx', 0o600);
      await file.writeFile(`${JSON.stringify(jwk, null, 2)}\n`);
      await file.sync().finally(() => file.close());
    } catch (error) {
      if (!isSystemError(error, 'EEXIST')) throw error;
    }
    return this.read(this.next, origin);
  }

  /** `undefined` where it was never made, or is in use already. */
  async find(origin: string): Promise<NoteSigner | undefined> {
    try {
      return await this.read(this.next, origin);
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  /** The key that the node signs with now, under the name of that log. */
  inUse(origin: string): Promise<NoteSigner> {
    return this.read(join(this.folder, 'log.jwk.json'), origin);
  }

  /** From here on the old key is gone, and the node signs with this one. */
  async use(): Promise<void> {
    await rename(this.next, join(this.folder, 'log.jwk.json'));
    const folder = await open(this.folder);
    await folder.sync().finally(() => folder.close());
  }

  private get next(): string {
    return join(this.folder, 'log-next.jwk.json');
  }

  private async read(path: string, origin: string): Promise<NoteSigner> {
    const jwk = JSON.parse(await readFile(path, 'utf8')) as JsonWebKeyInput['key'];
    return ed25519Signer(origin, createPrivateKey({ key: jwk, format: 'jwk' }));
  }
}
