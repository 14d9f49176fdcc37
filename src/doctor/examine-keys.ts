import { createPrivateKey, X509Certificate } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyUse } from '../catalogue/catalogue.js';
import type { CatalogueLookup } from '../catalogue/lookup.js';
import { readSeal } from '../platform/secrets.js';
import { readTlsIdentity, thumbprint } from '../platform/tls.js';
import { readSigningKey } from '../tokens/jws.js';
import { type Diagnosis, examined, failure, ok, warning } from './diagnosis.js';

const DAY_MS = 86_400_000;
const RENEW_DAYS = { warn: 30, fail: 3 };
const [FOR_OTHERS, FOR_GROUP] = [0o007, 0o070];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Who reads the key folder, beside the process. */
export function examineFolder(folder: string): readonly Diagnosis[] {
  const what = 'key folder';
  const open = { others: [] as string[], group: [] as string[] };
  const look = (path: string, name: string): void => {
    const { mode, isDirectory } = { mode: lstatSync(path).mode, isDirectory: lstatSync(path).isDirectory() };
    if (mode & FOR_OTHERS) open.others.push(name);
    else if (mode & FOR_GROUP) open.group.push(name);
    if (isDirectory) for (const entry of readdirSync(path)) look(join(path, entry), `${name}/${entry}`);
  };
  for (const entry of readdirSync(folder)) look(join(folder, entry), entry);
  const todo = 'files 0600, folders 0700: private keys are for the process alone';
  if (open.others.length > 0) return [failure(what, `open to everybody: ${open.others.join(', ')}`, todo)];
  return [open.group.length > 0 ? warning(what, `open to a group: ${open.group.join(', ')}`, todo) : ok(what)];
}

/** The own certificate: whose, by whom, until when, and whether others accept it. */
export function examineCertificate(
  folder: string,
  participant: string,
  lookup: CatalogueLookup,
  nowMs: number,
): readonly Diagnosis[] {
  const { ca, cert, key } = readTlsIdentity(folder);
  const own = new X509Certificate(cert);
  const authorities = (ca.match(CERTIFICATE) ?? []).map((pem) => new X509Certificate(pem));
  const isIssued = authorities.some((it) => own.checkIssued(it) && own.verify(it.publicKey));
  const named = lookup.keysOf(participant)?.certificates ?? [];
  const what = 'certificate';
  return [
    daysLeft(what, own, nowMs),
    own.checkPrivateKey(createPrivateKey(key))
      ? ok(`${what} and key belong together`)
      : failure(`${what} and key belong together`, 'they do not', 'put both of one pair into the folder tls'),
    isIssued
      ? ok(`${what} is of an accepted authority`)
      : failure(
          `${what} is of an accepted authority`,
          'no certificate of ca.pem issued it',
          'put its authority into tls/ca.pem',
        ),
    named.includes(thumbprint(own.raw))
      ? ok(`${what} is named by the catalogue`)
      : failure(
          `${what} is named by the catalogue`,
          'it is not',
          `name ${thumbprint(own.raw)} for "${participant}" in keys.yaml`,
        ),
    ...authorities.map((it) => daysLeft('authority', it, nowMs)).filter(({ state }) => state !== 'ok'),
  ];
}

function daysLeft(what: string, { validFrom, validTo }: X509Certificate, nowMs: number): Diagnosis {
  const days = Math.floor((Date.parse(validTo) - nowMs) / DAY_MS);
  const detail = days < 0 ? `expired ${-days} days ago` : `${days} days left`;
  if (Date.parse(validFrom) > nowMs) return failure(what, `valid from ${validFrom}`, 'look at the clock, or wait');
  if (days < RENEW_DAYS.fail) return failure(what, detail, 'exchange it now (docs/onboarding.md)');
  return days < RENEW_DAYS.warn ? warning(what, detail, 'exchange it (docs/onboarding.md)') : ok(what, detail);
}

/** Whether each private key is there and the one that others accept. */
export async function examineSigningKeys(
  folder: string,
  participant: string,
  uses: readonly KeyUse[],
  lookup: CatalogueLookup,
): Promise<readonly Diagnosis[]> {
  const all = uses.map((use) =>
    examined(`key "${use}"`, `signing/${use}.jwk.json: a private JWK with kid and alg`, async () => {
      const { kid, alg } = await readSigningKey(folder, use);
      const isNamed = lookup.key(participant, use, kid)?.alg === alg;
      return [
        isNamed
          ? ok(`key "${use}"`, kid)
          : failure(
              `key "${use}"`,
              `the catalogue does not name "${kid}"`,
              `name its public half for "${participant}" in keys.yaml`,
            ),
      ];
    }),
  );
  return (await Promise.all(all)).flat();
}

export function examineSeal(folder: string): Promise<readonly Diagnosis[]> {
  return examined('seal.key', 'seal.key: base64 of 32 random bytes', async () => {
    await readSeal(folder);
    return [ok('seal.key')];
  });
}
