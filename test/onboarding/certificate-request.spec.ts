import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createAuthority, issueForRequest, issueLeaf } from '../../src/demo/certificates.js';
import { certificateRequestIn, checkedRequest, installCertificate } from '../../src/onboarding/certificate-request.js';
import { readTlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';

const participant = 'zfzr';
const authority = await createAuthority('test');
const NOW = Date.now();

let folder: string;
let tls: string;
let request: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-request-'));
  tls = join(folder, 'tls');
  request = await certificateRequestIn(tls, { participant, hosts: ['zfzr.example', '127.0.0.1'] });
});
afterEach(() => rm(folder, { recursive: true }));

const install = (certificate: string, ca = authority.certificatePem, nowMs = NOW) =>
  installCertificate(tls, { participant, certificate, ca }, nowMs);

describe('a certificate request (RFC 2986)', () => {
  it('is for a key that stays where it was made, and names participant and hosts', async () => {
    const checked = await checkedRequest(request);
    expect(checked.subject).toBe('CN=zfzr');
    expect(checked.toString('text')).toContain('urn:einmal:participant:zfzr');
    expect(request).not.toContain('PRIVATE');
    const key = await readFile(join(tls, 'key.pem'), 'utf8');
    await certificateRequestIn(tls, { participant, hosts: ['other.example'] });
    expect(await readFile(join(tls, 'key.pem'), 'utf8')).toBe(key);
  });

  it('is refused where it is not signed with the key it asks for', async () => {
    const der = Buffer.from(request.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    await expect(checkedRequest(forged)).rejects.toThrow();
    await expect(checkedRequest('nothing')).rejects.toThrow('no certificate request');
  });

  it('is answered by a certificate that works with the key', async () => {
    const certificate = await issueForRequest(authority, await checkedRequest(request));
    expect(await install(certificate)).toBe(thumbprintOfPem(certificate));
    expect(readTlsIdentity(folder)).toMatchObject({ cert: certificate, ca: authority.certificatePem });
  });

  it('is not answered by a certificate for another key, of another authority, of nobody, or of yesterday', async () => {
    const other = await issueLeaf(authority, { commonName: 'other', participant: 'other' });
    await expect(install(other.cert)).rejects.toThrow(/not for the key of this folder.*does not name urn/s);
    const certificate = await issueForRequest(authority, await checkedRequest(request));
    const stranger = await createAuthority('stranger');
    await expect(install(certificate, stranger.certificatePem)).rejects.toThrow('not signed by this authority');
    await expect(install(certificate, undefined, NOW + 366 * 86_400_000)).rejects.toThrow('has expired');
    await expect(install('nothing')).rejects.toThrow('no certificate (PEM)');
  });
});
