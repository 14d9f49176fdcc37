import { isKeyName } from '#libs/tlog/verifier-key.js';
import type { ParticipantKey } from './catalogue.js';
import { byId, resolve } from './known.js';
import type { ReadSections, Report } from './sections.js';
import { verifierKey } from './verifier-keys.js';

const KEY_TYPE: Record<ParticipantKey['alg'], readonly string[]> = {
  ES256: ['EC/P-256'],
  Ed25519: ['OKP/Ed25519'],
  PS256: ['RSA/'],
  'ECDH-ES': ['EC/P-256', 'OKP/X25519'],
};

/** RFC 7518 § 3.5. */
const LEAST_RSA_BYTES = 256;

export function isKeyFor(alg: ParticipantKey['alg'], jwk: ParticipantKey['jwk']): boolean {
  if (!KEY_TYPE[alg].includes(`${String(jwk.kty)}/${String(jwk.crv ?? '')}`)) return false;
  return jwk.kty !== 'RSA' || Buffer.from(String(jwk.n ?? ''), 'base64url').length >= LEAST_RSA_BYTES;
}

export function checkParticipants(read: ReadSections, report: Report): void {
  const areas = byId(read, 'areas');
  for (const [index, { area }] of (read.participants ?? []).entries()) {
    resolve(areas, area, 'area', report.bind(undefined, 'participants'), ['participants', index, 'area']);
  }
  checkKeys(read, report);
  checkEndpoints(read, report);
}

function checkEndpoints(read: ReadSections, report: Report): void {
  const say = report.bind(undefined, 'endpoints');
  const seen = new Set<string>();
  for (const [index, { participant, witness_address }] of (read.endpoints ?? []).entries()) {
    const path = ['endpoints', index, 'participant'];
    resolve(byId(read, 'participants'), participant, 'participant', say, path);
    if (seen.has(participant)) say(path, `"${participant}" has two endpoints`);
    seen.add(participant);
    const keys = read.keys?.find((it) => it.participant === participant)?.keys ?? [];
    if (witness_address !== undefined && read.keys !== undefined && !keys.some(({ use }) => use === 'witness'))
      say(['endpoints', index, 'witness_address'], `"${participant}" has no key to co-sign with`);
  }
}

function checkKeys(read: ReadSections, report: Report): void {
  const participants = byId(read, 'participants');
  const say = report.bind(undefined, 'keys');
  const owners = new Map<string, string>();
  const claim = (path: (string | number)[], what: string, value: string, owner: string) => {
    const other = owners.get(`${what} ${value}`);
    if (other !== undefined) say(path, `${what} of "${owner}" is already one of "${other}"`);
    owners.set(`${what} ${value}`, owner);
  };
  for (const [index, { participant, certificates, keys, decryption_by }] of (read.keys ?? []).entries()) {
    const at = ['keys', index];
    resolve(participants, participant, 'participant', say, [...at, 'participant']);
    claim([...at, 'participant'], 'entry', participant, participant);
    for (const [i, thumbprint] of certificates.entries()) {
      claim([...at, 'certificates', i], 'certificate', thumbprint, participant);
    }
    for (const [i, key] of keys.entries()) {
      const { kid, use, alg, jwk } = key;
      claim([...at, 'keys', i, 'kid'], 'kid', kid, participant);
      if (!isKeyFor(alg, jwk)) {
        say([...at, 'keys', i, 'alg'], `key "${kid}" is not a key for ${alg}`);
      } else if (use === 'log' || use === 'witness') {
        if (!isKeyName(kid)) say([...at, 'keys', i, 'kid'], `"${kid}" is no name of a ${use}`);
        else if (verifierKey(key) === undefined) say([...at, 'keys', i, 'jwk', 'x'], `key "${kid}" is malformed`);
        // The message that a witness signs does not name the witness (C2SP tlog-cosignature, Ed25519 signed message).
        claim([...at, 'keys', i, 'jwk', 'x'], 'key', String(jwk.x), participant);
        if (use === 'log' && participants !== undefined && participants.get(participant)?.kind !== 'node')
          say([...at, 'keys', i, 'use'], `"${participant}" is not a node`);
      }
    }
    if (decryption_by === undefined || decryption_by === participant) continue;
    const holder = resolve(participants, decryption_by, 'participant', say, [...at, 'decryption_by']);
    if (holder && holder.kind !== 'node') say([...at, 'decryption_by'], `"${decryption_by}" is not a node`);
  }
}
