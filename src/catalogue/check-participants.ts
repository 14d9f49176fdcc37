import type { ParticipantKey } from './catalogue.js';
import { byId, resolve } from './known.js';
import type { ReadSections, Report } from './sections.js';

const KEY_TYPE: Record<ParticipantKey['alg'], readonly string[]> = {
  ES256: ['EC/P-256'],
  Ed25519: ['OKP/Ed25519'],
  PS256: ['RSA/'],
  'ECDH-ES': ['EC/P-256', 'OKP/X25519'],
};

export function isKeyFor(alg: ParticipantKey['alg'], jwk: ParticipantKey['jwk']): boolean {
  return KEY_TYPE[alg].includes(`${String(jwk.kty)}/${String(jwk.crv ?? '')}`);
}

export function checkParticipants(read: ReadSections, report: Report): void {
  const areas = byId(read, 'areas');
  for (const [index, { area }] of (read.participants ?? []).entries()) {
    resolve(areas, area, 'area', report.bind(undefined, 'participants'), ['participants', index, 'area']);
  }
  checkKeys(read, report);
  const seen = new Set<string>();
  for (const [index, { participant }] of (read.endpoints ?? []).entries()) {
    const path = ['endpoints', index, 'participant'];
    resolve(byId(read, 'participants'), participant, 'participant', report.bind(undefined, 'endpoints'), path);
    if (seen.has(participant)) report('endpoints', path, `"${participant}" has two endpoints`);
    seen.add(participant);
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
    for (const [i, { kid, alg, jwk }] of keys.entries()) {
      claim([...at, 'keys', i, 'kid'], 'kid', kid, participant);
      if (!isKeyFor(alg, jwk)) say([...at, 'keys', i, 'alg'], `key "${kid}" is not a key for ${alg}`);
    }
    if (decryption_by === undefined || decryption_by === participant) continue;
    const holder = resolve(participants, decryption_by, 'participant', say, [...at, 'decryption_by']);
    if (holder && holder.kind !== 'node') say([...at, 'decryption_by'], `"${decryption_by}" is not a node`);
  }
}
