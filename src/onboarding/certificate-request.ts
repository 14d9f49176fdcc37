import 'reflect-metadata';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import {
  cryptoProvider,
  type JsonGeneralName,
  PemConverter,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import { ConfigFault } from '../platform/config.js';
import { thumbprintOfPem } from '../platform/tls.js';
import { writePrivate } from './key-folder.js';

cryptoProvider.set(crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Names a certificate the participant, beside the hosts where it is reached. */
export function participantUri(participant: string): string {
  return `urn:einmal:participant:${participant}`;
}

/**
 * A TLS key of its own and a request for a certificate of it (PKCS#10, RFC 2986), signed with that key. A key that is there
 * stays. @returns the request, PEM
 */
export async function certificateRequestIn(
  folder: string,
  { participant, hosts }: Readonly<{ participant: string; hosts: readonly string[] }>,
): Promise<string> {
  const [keyFile, requestFile] = [join(folder, 'key.pem'), join(folder, 'request.pem')];
  const keys = await keyPairIn(keyFile);
  const names: JsonGeneralName[] = [
    ...hosts.map((value): JsonGeneralName => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
    { type: 'url', value: participantUri(participant) },
  ];
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [participant] }],
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new SubjectAlternativeNameExtension(names)],
  });
  const pem = `${request.toString('pem')}\n`;
  await writePrivate(requestFile, pem);
  return pem;
}

/** Of a request that is signed with the key it asks for. @throws ConfigFault */
export async function checkedRequest(pem: string): Promise<Pkcs10CertificateRequest> {
  let request: Pkcs10CertificateRequest;
  try {
    request = new Pkcs10CertificateRequest(pem);
  } catch {
    throw new ConfigFault(['this is no certificate request (PKCS#10)']);
  }
  if (!(await request.verify())) throw new ConfigFault(['the request is not signed with the key it asks for']);
  return request;
}

/**
 * Puts the certificate beside the key that it was made for, with the authority that others trust. @returns its thumbprint
 * @throws ConfigFault with everything that is wrong with it
 */
export async function installCertificate(
  folder: string,
  { participant, certificate, ca }: Readonly<{ participant: string; certificate: string; ca: string }>,
  nowMs: number,
): Promise<string> {
  const key = await readFile(join(folder, 'key.pem'), 'utf8');
  const [made, authority] = [read(certificate, 'certificate'), read(ca, "authority's certificate")];
  const names = made.subjectAltName?.split(', ') ?? [];
  const faults = [
    made.publicKey.equals(createPublicKey(key)) ? [] : 'the certificate is not for the key of this folder',
    made.verify(authority.publicKey) ? [] : 'the certificate is not signed by this authority',
    Date.parse(made.validTo) > nowMs ? [] : 'the certificate has expired',
    names.includes(`URI:${participantUri(participant)}`)
      ? []
      : `the certificate does not name ${participantUri(participant)}`,
  ].flat();
  if (faults.length > 0) throw new ConfigFault(faults);
  await writePrivate(join(folder, 'ca.pem'), ca);
  await writePrivate(join(folder, 'cert.pem'), certificate);
  return thumbprintOfPem(certificate);
}

function read(pem: string, what: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new ConfigFault([`this is no ${what} (PEM)`]);
  }
}

async function keyPairIn(file: string): Promise<CryptoKeyPair> {
  if (!existsSync(file)) {
    const { privateKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const text = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY');
    await writePrivate(file, `${text}\n`);
  }
  const pem = await readFile(file, 'utf8');
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), ALGORITHM, false, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', spki, ALGORITHM, true, ['verify']),
  };
}
