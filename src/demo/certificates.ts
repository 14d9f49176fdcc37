import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  type Pkcs10CertificateRequest,
  type PublicKeyType,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { participantUri } from '../onboarding/certificate-request.js';
import type { TlsIdentity } from '../platform/tls.js';

cryptoProvider.set(crypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** RFC 5280 § 4.2.1.6. */
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';
const DAY_MS = 86_400_000;
const CA_DAYS = 3650;
const LEAF_DAYS = 365;
/** A clock that is a little behind must accept a certificate that was made just now. */
const BACKDATED_MS = 60_000;

export type CertificateAuthority = Readonly<{ certificatePem: string; keyPem: string }>;

export type LeafWish = Readonly<{
  commonName: string;
  /** Participant named in the URI `urn:einmal:participant:<id>`. */
  participant: string;
  notBefore?: Date;
  notAfter?: Date;
}>;

/** A self-signed authority for development. Never for production: its key lies in a file. */
export async function createAuthority(commonName: string, nowMs = Date.now()): Promise<CertificateAuthority> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(nowMs - BACKDATED_MS),
    notAfter: new Date(nowMs + CA_DAYS * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: pem(certificate), keyPem: await keyPem(keys.privateKey) };
}

/** A certificate for server and client authentication on this machine, with its key and the authority's certificate. */
export async function issueLeaf(
  authority: CertificateAuthority,
  wish: LeafWish,
  nowMs = Date.now(),
): Promise<TlsIdentity> {
  const keys = await newKeys();
  const names: JsonGeneralName[] = [
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
    { type: 'url', value: participantUri(wish.participant) },
  ];
  const asked = {
    commonName: wish.commonName,
    publicKey: keys.publicKey,
    names: new SubjectAlternativeNameExtension(names),
  };
  const cert = await certify(authority, asked, wish, nowMs);
  return { ca: authority.certificatePem, cert, key: await keyPem(keys.privateKey) };
}

/** A certificate for whoever signed this request (PKCS#10): a real authority would find out first who that is. */
export async function issueForRequest(
  authority: CertificateAuthority,
  request: Pkcs10CertificateRequest,
  nowMs = Date.now(),
): Promise<string> {
  const names = request.getExtension(SUBJECT_ALTERNATIVE_NAME);
  const [commonName = ''] = request.subjectName.getField('CN');
  if (names === null) throw new Error('the request names nobody');
  return certify(authority, { commonName, publicKey: request.publicKey, names }, {}, nowMs);
}

async function certify(
  authority: CertificateAuthority,
  asked: Readonly<{ commonName: string; publicKey: PublicKeyType; names: Extension }>,
  { notBefore, notAfter }: Pick<LeafWish, 'notBefore' | 'notAfter'>,
  nowMs: number,
): Promise<string> {
  const ca = new X509Certificate(authority.certificatePem);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(authority.keyPem),
    ALGORITHM,
    false,
    ['sign'],
  );
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [asked.commonName] }],
    issuer: ca.subject,
    publicKey: asked.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    notBefore: notBefore ?? new Date(nowMs - BACKDATED_MS),
    notAfter: notAfter ?? new Date(nowMs + LEAF_DAYS * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
      asked.names,
      await AuthorityKeyIdentifierExtension.create(ca),
      await SubjectKeyIdentifierExtension.create(asked.publicKey),
    ],
  });
  return pem(certificate);
}

async function newKeys() {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** Positive and at most 20 octets (RFC 5280 § 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}

/** The final newline is missing in what the library writes; without it a bundle of two does not parse. */
function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

async function keyPem(key: CryptoKey): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
