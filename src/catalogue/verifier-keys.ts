import { createPublicKey } from 'node:crypto';
import { COSIGNATURE_V1, ED25519, formatVerifierKey } from '#libs/tlog/verifier-key.js';
import type { Catalogue, ParticipantKey } from './catalogue.js';

/** Who co-signs checkpoints: where it is asked, and the only keys whose cosignatures count. */
export type NamedWitness = Readonly<{
  participant: string;
  address: string;
  serverName: string;
  certificates: readonly string[];
  /** Verifier keys (C2SP tlog-cosignature); several while one replaces another. */
  vkeys: readonly string[];
}>;

/** Verifier key of a log or of a witness (C2SP signed-note, Verifier keys); `undefined` where the key or its name cannot be one. */
export function verifierKey({ kid, use, jwk }: ParticipantKey): string | undefined {
  try {
    const publicKey = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    return formatVerifierKey(kid, publicKey, use === 'witness' ? COSIGNATURE_V1 : ED25519);
  } catch (error) {
    // A NoteFault, or what OpenSSL says of a malformed key: that has a code and no class.
    if (typeof error === 'object' && error !== null && 'code' in error) return undefined;
    throw error;
  }
}

/** Verifier keys of all logs. */
export function logKeys({ keys }: Pick<Catalogue, 'keys'>): readonly string[] {
  return keys.flatMap((it) => it.keys.filter(({ use }) => use === 'log')).flatMap((key) => verifierKey(key) ?? []);
}

/** All who have a key to co-sign with and an address where they do. */
export function namedWitnesses({ keys, endpoints }: Pick<Catalogue, 'keys' | 'endpoints'>): readonly NamedWitness[] {
  return endpoints.flatMap(({ participant, witness_address: address, server_name: serverName }) => {
    const own = keys.find((it) => it.participant === participant);
    const vkeys = own?.keys.filter(({ use }) => use === 'witness').flatMap((key) => verifierKey(key) ?? []) ?? [];
    if (address === undefined || own === undefined || vkeys.length === 0) return [];
    return [{ participant, address, serverName, certificates: own.certificates, vkeys }];
  });
}
