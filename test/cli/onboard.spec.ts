import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { introduceWith, issue, makeDecryptionKey, makeKeys, renew, switchKeys } from '../../src/cli/onboard.js';
import { createAuthority } from '../../src/demo/certificates.js';
import { checkedIntroduction } from '../../src/onboarding/introduction.js';
import { readTlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';

const ID = 'melderegister-muenchen';
const made = await createAuthority('test');

let folder: string;
let keys: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-onboard-'));
  keys = join(folder, 'keys');
  await mkdir(join(folder, 'ca'));
  await writeFile(join(folder, 'ca', 'ca.pem'), made.certificatePem);
  await writeFile(join(folder, 'ca', 'key.pem'), made.keyPem);
});
afterEach(() => rm(folder, { recursive: true }));

const joins = (kind: 'register' | 'online-service') =>
  makeKeys({ id: ID, kind, title: 'Melderegister München', area: 'inneres', to: keys, host: ['localhost'] });

async function introduced(
  more: Readonly<{ encryptionKey?: string; decryptionBy?: string }> = {},
  request = join(keys, 'tls'),
) {
  const [certificate, to] = [join(folder, 'cert.pem'), join(folder, 'introduction.yaml')];
  await issue({ authority: join(folder, 'ca'), request: join(request, 'request.pem'), to: certificate });
  await introduceWith({ keys, certificate, ca: join(folder, 'ca', 'ca.pem'), to, address: 'localhost:1', ...more });
  const { introduces } = checkedIntroduction(parse(await readFile(to, 'utf8')));
  const [own] = introduces.keys;
  return { ...introduces, certificates: own?.certificates, kids: own?.keys.map(({ kid }) => kid) ?? [], own };
}

describe('einmal onboard', () => {
  it('introduces what the key folder holds, and no private half of it', async () => {
    await joins('register');
    const { participants, endpoints, certificates, kids } = await introduced();
    expect(participants).toEqual([
      { id: ID, title: { de: 'Melderegister München' }, kind: 'register', area: 'inneres' },
    ]);
    expect(endpoints).toEqual([{ participant: ID, address: 'localhost:1', server_name: 'localhost' }]);
    expect(certificates).toEqual([thumbprintOfPem(readTlsIdentity(keys).cert)]);
    expect(kids.slice(0, 2)).toEqual([`${ID}-evidence-1`, `${ID}-agreement-1`]);
    const text = await readFile(join(folder, 'introduction.yaml'), 'utf8');
    const { d } = JSON.parse(await readFile(join(keys, 'signing', 'evidence.jwk.json'), 'utf8'));
    expect(text).not.toContain(d);
  });

  it('introduces the decryption key that the node has made, or that the consumer keeps', async () => {
    await joins('online-service');
    const file = join(folder, 'encryption.yaml');
    await makeDecryptionKey({ consumer: ID, keys: join(folder, 'node'), to: file });
    const commissioned = await introduced({ encryptionKey: file, decryptionBy: 'node' });
    expect(commissioned.own).toMatchObject({ decryption_by: 'node' });
    expect(commissioned.kids).toContain(`${ID}-encryption-1`);
    expect(existsSync(join(keys, 'encryption'))).toBe(false);
    await expect(introduced({ decryptionBy: 'node' })).rejects.toThrow('belong together');
    expect((await introduced()).own).not.toHaveProperty('decryption_by');
    expect(existsSync(join(keys, 'encryption', `${ID}.jwk.json`))).toBe(true);
  });

  it('renews keys and certificate: both are introduced, then one after the other is in use', async () => {
    await joins('register');
    const before = await introduced();
    await renew({ keys, host: ['localhost'] });
    await expect(switchKeys({ keys })).rejects.toThrow('not installed');
    const both = await introduced({}, join(keys, 'next', 'tls'));
    expect(both.certificates).toEqual([...(before.certificates ?? []), expect.any(String)]);
    expect(both.kids).toEqual([...before.kids, `${ID}-evidence-2`]);
    expect(thumbprintOfPem(readTlsIdentity(keys).cert)).toBe(before.certificates?.[0]);
    await switchKeys({ keys });
    expect(thumbprintOfPem(readTlsIdentity(keys).cert)).toBe(both.certificates?.[1]);
    const { kid } = JSON.parse(await readFile(join(keys, 'signing', 'evidence.jwk.json'), 'utf8'));
    expect(kid).toBe(`${ID}-evidence-2`);
    const after = await introduced();
    expect(after.kids).toEqual([`${ID}-evidence-2`, ...before.kids.slice(1)]);
  });
});
