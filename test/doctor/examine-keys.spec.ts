import { X509Certificate } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { examined, ok } from '../../src/doctor/diagnosis.js';
import { examineCertificate, examineFolder, examineSeal, examineSigningKeys } from '../../src/doctor/examine-keys.js';
import { ConfigFault } from '../../src/platform/config.js';
import { readTlsIdentity } from '../../src/platform/tls.js';

const DAY_MS = 86_400_000;

let folder: string;
let keys: string;
let pki: Pki;
let lookup: CatalogueLookup;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-doctor-'));
  const bare = loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' });
  pki = await createPki(join(folder, 'keys'), bare.participants);
  lookup = new CatalogueLookup({ ...bare, keys: pki.keys });
  keys = pki.folderOf('node');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const certificate = (nowMs = Date.now(), participant = 'node') => examineCertificate(keys, participant, lookup, nowMs);
const notOk = (found: ReturnType<typeof examineCertificate>) =>
  found.filter(({ state }) => state !== 'ok').map(({ what, state }) => `${state}: ${what}`);

describe('einmal doctor looks at keys', () => {
  it('and finds nothing where all is as it should be', async () => {
    expect(notOk([...certificate(), ...examineFolder(keys), ...(await examineSeal(keys))])).toEqual([]);
    expect(notOk(await examineSigningKeys(keys, 'node', ['trigger', 'receipt'], lookup))).toEqual([]);
  });

  it('counts the days of a certificate: a warning before it ends, a failure when it is too late to wait', () => {
    const ends = Date.parse(new X509Certificate(readTlsIdentity(keys).cert).validTo);
    expect(notOk(certificate(ends - 20 * DAY_MS))).toContain('warning: certificate');
    expect(notOk(certificate(ends - 2 * DAY_MS))).toContain('failure: certificate');
    const [expired] = certificate(ends + 2 * DAY_MS);
    expect(expired).toMatchObject({ state: 'failure', detail: expect.stringMatching(/^expired \d days ago$/) });
    expect(notOk(certificate(0))).toContain('failure: certificate');
  });

  it('finds a certificate that the catalogue does not name, one of a foreign authority, and a key of another', async () => {
    expect(notOk(certificate(Date.now(), 'intermediary'))).toEqual(['failure: certificate is named by the catalogue']);
    const other = join(pki.folderOf('intermediary'), 'tls');
    const own = join(folder, 'mixed', 'tls');
    await mkdir(own, { recursive: true });
    for (const [name, from] of [
      ['ca.pem', other],
      ['cert.pem', join(keys, 'tls')],
      ['key.pem', other],
    ] as const)
      await copyFile(join(from, name), join(own, name));
    const mixed = () => notOk(examineCertificate(join(folder, 'mixed'), 'node', lookup, Date.now()));
    expect(mixed()).toEqual(['failure: certificate and key belong together']);
    await copyFile(join(own, 'cert.pem'), join(own, 'ca.pem'));
    expect(mixed()).toContain('failure: certificate is of an accepted authority');
  });

  it('finds a private key that others may read', async () => {
    const file = join(keys, 'signing', 'trigger.jwk.json');
    await chmod(file, 0o640);
    expect(notOk(examineFolder(keys))).toEqual(['warning: key folder']);
    await chmod(file, 0o644);
    expect(examineFolder(keys)).toMatchObject([
      { state: 'failure', detail: expect.stringContaining('trigger.jwk.json') },
    ]);
    await chmod(file, 0o600);
  });

  it('finds keys that are missing, unreadable or named by nobody, each by itself', async () => {
    const found = await examineSigningKeys(keys, 'node', ['trigger', 'permission'], lookup);
    expect(found).toMatchObject([
      { state: 'ok' },
      { what: 'key "permission"', state: 'failure', todo: expect.stringContaining('permission.jwk.json') },
    ]);
    expect(notOk(await examineSigningKeys(keys, 'intermediary', ['trigger'], lookup))).toHaveLength(1);
    await writeFile(join(folder, 'seal.key'), 'c2hvcnQ=');
    expect(await examineSeal(folder)).toMatchObject([{ state: 'failure' }]);
  });
});

describe('an examination', () => {
  it('that cannot be made is a failure, and quotes nothing of the error that it does not know', async () => {
    const found = await examined('thing', 'do something', () => {
      throw new Error('postgres://user:secret@host');
    });
    expect(found).toEqual([{ what: 'thing', state: 'failure', detail: 'Error', todo: 'do something' }]);
  });

  it('names all faults of a configuration, one by one', async () => {
    const found = await examined('configuration', 'read', () => {
      throw new ConfigFault(['EINMAL_KEYS is required', 'DATABASE_URL is required']);
    });
    expect(found.map(({ detail }) => detail)).toEqual(['EINMAL_KEYS is required', 'DATABASE_URL is required']);
    expect(await examined('thing', '', () => [ok('thing')])).toEqual([{ what: 'thing', state: 'ok' }]);
  });
});
