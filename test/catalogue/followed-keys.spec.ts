import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK } from 'jose';
import type { Catalogue, ParticipantKey } from '../../src/catalogue/catalogue.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { FollowedKeys } from '../../src/catalogue/followed-keys.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { verifierKey } from '../../src/catalogue/verifier-keys.js';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { operationalLog } from '../../src/platform/operational-log.js';
import { readSeal, Seal } from '../../src/platform/secrets.js';
import { type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { aKeyPair, type KeyPair } from '../support/keys.js';

const PARTICIPANT = 'zfzr';
const base = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
const authority = await createAuthority('test');
const issued = () => issueLeaf(authority, { commonName: PARTICIPANT, participant: PARTICIPANT });
const [first, second] = [await issued(), await issued()];
const [one, other] = [await aKeyPair('key-1', 'ES256', 'evidence'), await aKeyPair('key-2', 'ES256', 'evidence')];

function naming(certificates: readonly TlsIdentity[], keys: readonly ParticipantKey[]): Catalogue {
  const own = { participant: PARTICIPANT, certificates: certificates.map(({ cert }) => thumbprintOfPem(cert)), keys };
  return { ...base, keys: [...base.keys.filter(({ participant }) => participant !== PARTICIPANT), own] };
}

let folder: string;
let current: CurrentCatalogue;
let followed: FollowedKeys;
let inUse: string[];
let failing: boolean;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-followed-'));
  await mkdir(join(folder, 'signing'));
  await mkdir(join(folder, 'tls'));
  await put(one);
  await show(first);
  current = new CurrentCatalogue(naming([first], [one.published]));
  [inUse, failing] = [[], false];
  followed = new FollowedKeys({ participant: PARTICIPANT, folder, current, log: operationalLog('edge', 'silent') });
  followed.signing('evidence', one.signing, ({ kid }) => {
    if (failing) throw new Error('the log is closed');
    inUse.push(kid);
  });
  followed.certificate(first, ({ cert }) => void inUse.push(thumbprintOfPem(cert)));
  await followed.begin();
});
afterEach(() => rm(folder, { recursive: true }));

async function put({ signing: { kid, alg, key } }: KeyPair): Promise<void> {
  const text = JSON.stringify({ ...(await exportJWK(key)), kid, alg });
  await writeFile(join(folder, 'signing', 'evidence.jwk.json'), text);
}
async function show({ ca, cert, key }: TlsIdentity): Promise<void> {
  for (const [name, text] of Object.entries({ ca, cert, key }))
    await writeFile(join(folder, 'tls', `${name}.pem`), text);
}
async function looks(times = 2): Promise<readonly string[]> {
  for (let n = 0; n < times; n++) await followed.look();
  return inUse;
}

describe('a process that follows its own keys', () => {
  it('uses another key and certificate once the catalogue names them and two looks found the same files', async () => {
    await current.replace(naming([first, second], [one.published, other.published]));
    await put(other);
    await show(second);
    expect(await looks(1)).toEqual([]);
    expect(await looks(1)).toEqual(['key-2', thumbprintOfPem(second.cert)]);
    expect(await looks(3)).toHaveLength(2);
  });

  it('waits with those that the catalogue does not name yet: nobody would accept them', async () => {
    await put(other);
    await show(second);
    expect(await looks(3)).toEqual([]);
    await current.replace(naming([first, second], [one.published]));
    expect(await looks(1)).toEqual([thumbprintOfPem(second.cert)]);
    await current.replace(naming([second], [other.published]));
    expect(await looks(1)).toEqual([thumbprintOfPem(second.cert), 'key-2']);
  });

  it('takes no other key for one that is named: the catalogue has the public half', async () => {
    const stranger = await aKeyPair('key-2', 'ES256', 'evidence');
    await current.replace(naming([first], [one.published, stranger.published]));
    await put(other);
    expect(await looks(3)).toEqual([]);
  });

  it('trusts another authority once its certificate is there', async () => {
    await writeFile(join(folder, 'tls', 'ca.pem'), `${first.ca}${(await createAuthority('next')).certificatePem}`);
    expect(await looks()).toEqual([thumbprintOfPem(first.cert)]);
    expect(await looks()).toHaveLength(1);
  });

  it('keeps the certificate before while key and certificate do not belong together', async () => {
    await current.replace(naming([first, second], [one.published]));
    await writeFile(join(folder, 'tls', 'cert.pem'), second.cert);
    expect(await looks(3)).toEqual([]);
    await show(second);
    expect(await looks()).toEqual([thumbprintOfPem(second.cert)]);
  });

  it('seals with another key once it could open with it, and goes on with the one before where that fails', async () => {
    const [before, next] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const lines = (...keys: readonly Buffer[]) => keys.map((it) => `${it.toString('base64')}\n`).join('');
    await writeFile(join(folder, 'seal.key'), lines(before));
    const seal = await readSeal(folder);
    const written: string[] = [];
    followed.seal(seal, async ({ id }) => {
      if (failing) throw new Error('the log is closed');
      written.push(id);
    });
    await followed.begin();
    await writeFile(join(folder, 'digest.key'), lines(before));
    await writeFile(join(folder, 'seal.key'), lines(next, before));
    await looks(3);
    expect(seal.id).toBe(new Seal(before).id);
    await writeFile(join(folder, 'seal.key'), lines(before, next));
    await looks(2);
    expect(seal.open(new Seal(next).close(Buffer.from('x'), 'c'), 'c')).toBeDefined();
    failing = true;
    await writeFile(join(folder, 'seal.key'), lines(next, before));
    await looks(2);
    expect([seal.id, written]).toEqual([new Seal(before).id, []]);
    failing = false;
    await looks(1);
    expect([seal.id, written]).toEqual([new Seal(next).id, [seal.id]]);
  });

  it('cosigns with another key once the catalogue names it, by its name and public half (C2SP signed-note)', async () => {
    const named = (kid: string) => aKeyPair(kid, 'Ed25519', 'witness');
    const [inUse, next, stranger] = [await named('w.test/1'), await named('w.test/2'), await named('w.test/2')];
    const vkeyOf = ({ published }: KeyPair) => verifierKey(published) ?? '';
    let there = inUse;
    const taken: string[] = [];
    const read = async () => ({ name: there.published.kid, vkey: vkeyOf(there) });
    followed.named('witness', await read(), { read, take: ({ vkey }) => void taken.push(vkey) });
    await followed.begin();
    for (const [file, named] of [
      [stranger, [inUse, next]],
      [next, [inUse]],
    ] as const) {
      there = file;
      await current.replace(naming([first], [one.published, ...named.map(({ published }) => published)]));
      await writeFile(join(folder, 'signing', 'witness.jwk.json'), vkeyOf(file));
      await looks(3);
      expect(taken).toEqual([]);
    }
    await current.replace(naming([first], [one.published, inUse.published, next.published]));
    await looks(1);
    expect(taken).toEqual([vkeyOf(next)]);
  });

  it('keeps the key before where the next one cannot be read or used, and tries again', async () => {
    await current.replace(naming([first], [one.published, other.published]));
    await writeFile(join(folder, 'signing', 'evidence.jwk.json'), '{');
    expect(await looks(3)).toEqual([]);
    failing = true;
    await put(other);
    expect(await looks(3)).toEqual([]);
    failing = false;
    expect(await looks(1)).toEqual(['key-2']);
  });
});
