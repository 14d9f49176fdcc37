import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Participant } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { writeCatalogue } from '../../src/demo/deployment.js';
import { createPki, type Pki } from '../../src/demo/pki.js';
import { readTlsIdentity, type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';
import { importSigningKey } from '../../src/tokens/jws.js';

describe('development PKI', () => {
  let folder: string;
  let participants: readonly Participant[];
  let pki: Pki;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-pki-'));
    participants = parse(await readFile('catalogue/participants.yaml', 'utf8')).participants;
    pki = await createPki(join(folder, 'keys'), participants);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('makes a catalogue that the processes accept', async () => {
    await writeCatalogue(join(folder, 'catalogue'), {
      keys: pki.keys,
      endpoints: participants
        .filter(({ kind }) => kind !== 'online-service')
        .map(({ id }, index) => ({
          participant: id,
          address: `localhost:${50_000 + index}`,
          server_name: 'localhost',
        })),
    });
    const catalogue = loadCatalogue({ folder: join(folder, 'catalogue') });
    expect(catalogue.keys.map(({ participant }) => participant)).toEqual(participants.map(({ id }) => id));
    expect(catalogue.keys.find(({ participant }) => participant === 'familienkasse-online')?.decryption_by).toBe(
      'node',
    );
  });

  it('keeps keys and certificates when they are there', async () => {
    const again = await createPki(join(folder, 'keys'), participants);
    expect(again.keys).toEqual(pki.keys);
  });

  it('leaves the decryption key of a consumer with the commissioned node alone', async () => {
    expect(await readdir(join(pki.folderOf('node'), 'encryption'))).toContain('familienkasse-online.jwk.json');
    await expect(stat(join(pki.folderOf('familienkasse-online'), 'encryption'))).rejects.toThrow('ENOENT');
  });

  it('writes every file for its owner alone', async () => {
    const files = await readdir(join(folder, 'keys'), { recursive: true, withFileTypes: true });
    const modes = await Promise.all(
      files.filter((it) => it.isFile()).map(async (it) => (await stat(join(it.parentPath, it.name))).mode & 0o777),
    );
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });

  it('names participant and machine in each certificate', () => {
    const certificate = new X509Certificate(readTlsIdentity(pki.folderOf('node')).cert);
    expect(certificate.subjectAltName).toContain('URI:urn:einmal:participant:node');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(pki.keys.find(({ participant }) => participant === 'node')?.certificates).toEqual([
      thumbprintOfPem(readTlsIdentity(pki.folderOf('node')).cert),
    ]);
  });

  it('writes signing keys bound to one algorithm', async () => {
    const file = await readFile(join(pki.folderOf('intermediary'), 'signing', 'permission.jwk.json'), 'utf8');
    expect((await importSigningKey(JSON.parse(file))).alg).toBe('ES256');
    expect((await importSigningKey(JSON.parse(await readFile(pki.logKeyFile('node'), 'utf8')))).alg).toBe('Ed25519');
  });

  it('issues certificates of the same authority that TLS accepts, and odd ones that it refuses', async () => {
    const server = readTlsIdentity(pki.folderOf('node'));
    const stranger = await pki.issue({ commonName: 'stranger', participant: 'stranger' });
    const expired = await pki.issue({
      commonName: 'late',
      participant: 'late',
      notBefore: new Date('2020-01-01'),
      notAfter: new Date('2020-02-01'),
    });
    const foreign = await issueLeaf(await createAuthority('another'), { commonName: 'node', participant: 'node' });
    expect(await isAuthorized(server, stranger)).toBe(true);
    expect(await isAuthorized(server, expired)).toBe(false);
    expect(await isAuthorized(server, { ...foreign, ca: server.ca })).toBe(false);
  });
});

/** Whether a TLS 1.3 server with client authentication takes this client. */
async function isAuthorized(server: TlsIdentity, client: TlsIdentity): Promise<boolean> {
  const verdict = Promise.withResolvers<boolean>();
  const listener = createServer(
    { ...server, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' },
    (socket: TLSSocket) => {
      verdict.resolve(socket.authorized);
      socket.end();
    },
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const socket = connect({ port, host: 'localhost', ...client });
  socket.on('error', () => verdict.resolve(false));
  const authorized = await verdict.promise;
  socket.destroy();
  await new Promise((resolve) => listener.close(resolve));
  return authorized;
}
