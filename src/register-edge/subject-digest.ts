import type { Seal } from '../platform/secrets.js';

/** By what the own log finds whom a line is about: an identification number or the key of a company, keyed with this register's own key. */
export function subjectDigest(seal: Seal, about: string): string {
  return seal.fingerprint(about, 'register-edge subject');
}
