import { isKeyFor } from './check-participants.js';
import type { ReadSections, Report } from './sections.js';

/** What takes two persons takes two keys: none is that of a second administrator, or of a participant. */
export function checkAdministrators(read: ReadSections, report: Report): void {
  const say = report.bind(undefined, 'administrators');
  const owners = new Map<string, string>();
  for (const { participant, keys } of read.keys ?? [])
    for (const { kid, jwk } of keys) owners.set(`kid ${kid}`, participant).set(material(jwk), participant);
  for (const [index, { id, keys }] of (read.administrators ?? []).entries()) {
    for (const [i, { kid, alg, jwk }] of keys.entries()) {
      const at = ['administrators', index, 'keys', i];
      if (!isKeyFor(alg, jwk)) say([...at, 'alg'], `key "${kid}" is not a key for ${alg}`);
      for (const name of [`kid ${kid}`, material(jwk)]) {
        const other = owners.get(name);
        if (other !== undefined) say([...at, 'kid'], `key "${kid}" of "${id}" is already one of "${other}"`);
        owners.set(name, id);
      }
    }
  }
}

/** What makes a public key this one, whatever else its JWK says (RFC 7638 § 3.2). */
function material({ kty, crv, x, y, n, e }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([kty, crv, x, y, n, e]);
}
