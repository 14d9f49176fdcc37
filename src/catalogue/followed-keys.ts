import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { readSeal, type Seal } from '../platform/secrets.js';
import { readTlsIdentity, type TlsIdentity } from '../platform/tls.js';
import { importSigningKey, type SigningKey } from '../tokens/jws.js';
import type { KeyUse } from './catalogue.js';
import type { CurrentCatalogue } from './current-catalogue.js';
import { keyThumbprint } from './key-thumbprint.js';
import { isNamedCertificate } from './named-certificate.js';
import { fingerprintOf, SettledFiles } from './settled-files.js';
import { verifierKey } from './verifier-keys.js';

/** Twice this is how long a changed key takes to be used. */
export const LOOK_FOR_KEYS_EVERY_MS = 5000;

type Parts = Readonly<{ participant: string; folder: string; current: CurrentCatalogue; log: OperationalLog }>;

/** What is done with a key before it counts as the one in use; a failure leaves the one before in use. */
type Take<T> = (next: T) => void | Promise<void>;

/** @returns whether the key in the folder is the one in use now */
type Attempt = () => Promise<boolean>;

/**
 * Keeps a process at the private keys and the certificate that its folder holds. A changed one counts once two looks have found
 * the same files and the own catalogue names it: nobody else would accept it before.
 */
export class FollowedKeys {
  readonly #attempts = new Map<string, Attempt>();
  readonly #files = new SettledFiles(() => this.fingerprint());
  #said: string | undefined;
  #looking: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {}

  signing(use: KeyUse, inUse: SigningKey, take: Take<SigningKey>): void {
    let kid = inUse.kid;
    this.#attempts.set(`signing/${use}`, async () => {
      const { participant, folder, current } = this.parts;
      const jwk: unknown = JSON.parse(await readFile(join(folder, 'signing', `${use}.jwk.json`), 'utf8'));
      const next = await importSigningKey(jwk);
      if (next.kid === kid) return true;
      const named = current.lookup.key(participant, use, next.kid);
      if (named?.alg !== next.alg || keyThumbprint(named.jwk) !== keyThumbprint(Object(jwk))) return false;
      await take(next);
      kid = next.kid;
      return true;
    });
  }

  /** A key whose name stands in notes (C2SP signed-note): the catalogue must have name and public half. */
  named<K extends Readonly<{ name: string; vkey: string }>>(
    use: 'witness',
    inUse: K,
    { read, take }: Readonly<{ read: () => Promise<K>; take: Take<K> }>,
  ): void {
    let { vkey } = inUse;
    this.#attempts.set(`signing/${use}`, async () => {
      const { participant, current } = this.parts;
      const next = await read();
      if (next.vkey === vkey) return true;
      const named = current.lookup.key(participant, use, next.name);
      if (named === undefined || verifierKey(named) !== next.vkey) return false;
      await take(next);
      vkey = next.vkey;
      return true;
    });
  }

  /** What closes and opens what nobody else reads: no catalogue names it. */
  seal(inUse: Seal, before: (next: Seal) => Promise<void> = async () => undefined): void {
    this.#attempts.set('seal', async () => {
      const next = await readSeal(this.parts.folder);
      inUse.demandFollowing(next);
      if (next.id !== inUse.id) await before(next);
      inUse.rotate(next);
      return true;
    });
  }

  certificate(inUse: TlsIdentity, take: Take<TlsIdentity>): void {
    let used = inUse;
    this.#attempts.set('tls', async () => {
      const { participant, folder, current } = this.parts;
      const next = readTlsIdentity(folder);
      if ((['cert', 'key', 'ca'] as const).every((part) => next[part] === used[part])) return true;
      if (!new X509Certificate(next.cert).checkPrivateKey(createPrivateKey(next.key))) return false;
      if (!isNamedCertificate(current, participant, next)) return false;
      await take(next);
      used = next;
      return true;
    });
  }

  /** Keys to decrypt with: to have one more of them does no harm before somebody encrypts to it. */
  decryption(take: () => Promise<void>): void {
    this.#attempts.set('encryption', async () => {
      await take();
      return true;
    });
  }

  /** Takes the files as they are now for those that are in use. */
  begin(): Promise<void> {
    return this.#files.begin();
  }

  look(): Promise<void> {
    this.#looking ??= this.follow()
      .catch((error: unknown) => this.parts.log.error(describeError(error), 'the folder of the keys is not read'))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  private async follow(): Promise<void> {
    const { log } = this.parts;
    const changed = await this.#files.changed();
    if (changed === undefined) return;
    const waiting: string[] = [];
    for (const [name, attempt] of this.#attempts) {
      try {
        if (!(await attempt())) waiting.push(name);
      } catch (error) {
        log.error({ ...describeError(error), key: name }, 'a changed key cannot be used: the one before stays in use');
        waiting.push(name);
      }
    }
    if (waiting.length === 0) {
      this.#files.take(changed);
      log.info({}, 'keys and certificate of the folder are in use');
    } else if (this.#said !== changed) {
      this.#said = changed;
      log.warn({ waiting: waiting.join(' ') }, 'changed keys are not used before the own catalogue names them');
    }
  }

  private async fingerprint(): Promise<string> {
    const { folder } = this.parts;
    const names = [...this.#attempts.keys()].map(async (name) => {
      if (name.startsWith('signing/')) return [`${name}.jwk.json`];
      if (name === 'seal') return ['seal.key', 'digest.key'];
      const files = await readdir(join(folder, name)).catch(() => []);
      return files.sort().map((file) => join(name, file));
    });
    return fingerprintOf(folder, (await Promise.all(names)).flat());
  }
}
