import { calculateJwkThumbprint } from 'jose';
import type { Catalogue, KeyUse, Participant, ParticipantKeys } from '../catalogue/catalogue.js';

/** What of a participant decides whom it is taken for, and who reads what is encrypted to it. */
type ParticipantFacts = Readonly<{ kind: Participant['kind']; area: string; title: string; decryption_by?: string }>;

/** Who is trusted with which keys: what one activation of the catalogue is compared with the last by. */
export type TrustState = Readonly<{
  /** Version of the catalogue. */
  version: string;
  participants: Readonly<Record<string, ParticipantFacts>>;
  keys: readonly TrustedKey[];
}>;

/** Before the first activation. */
export const NOBODY_TRUSTED: TrustState = { version: '', participants: {}, keys: [] };

/**
 * A key or certificate of a participant as the catalogue names it, or a private key that this node itself works with. `id`
 * and `thumbprint` name it; there is nothing secret in them.
 */
export type TrustedKey = Readonly<{
  participant: string;
  use: KeyUse | 'certificate' | 'log' | 'seal';
  /** True for what this node works with. */
  held: boolean;
  id: string;
  /** RFC 7638, of a certificate RFC 8705 § 3.1; absent where `id` follows from the key. */
  thumbprint?: string;
}>;

export type TrustChange =
  | Readonly<{ event: 'participant.added'; participant: string; after: ParticipantFacts }>
  | Readonly<{ event: 'participant.changed'; participant: string; before: ParticipantFacts; after: ParticipantFacts }>
  | Readonly<{ event: 'participant.removed'; participant: string; before: ParticipantFacts }>
  | Readonly<{ event: 'key.added' | 'key.removed'; participant: string; key: Omit<TrustedKey, 'participant'> }>;

export async function trustStateOf(catalogue: Catalogue, held: readonly TrustedKey[]): Promise<TrustState> {
  const named = await Promise.all(catalogue.keys.map(keysOf));
  const decryptedBy = new Map(catalogue.keys.map(({ participant, decryption_by: by }) => [participant, by]));
  const participants = catalogue.participants.map(({ id, kind, area, title }) => {
    const by = decryptedBy.get(id);
    return [id, { kind, area, title: title.de, ...(by === undefined ? {} : { decryption_by: by }) }] as const;
  });
  return {
    version: catalogue.version,
    participants: Object.fromEntries(participants),
    keys: [...named.flat(), ...held],
  };
}

async function keysOf({ participant, certificates, keys }: ParticipantKeys): Promise<TrustedKey[]> {
  const named = keys.map(async ({ kid, use, jwk }) => ({
    ...{ participant, use, held: false, id: kid },
    thumbprint: await calculateJwkThumbprint({ ...jwk }),
  }));
  const shown = certificates.map((id) => ({ participant, use: 'certificate' as const, held: false, id }));
  return [...shown, ...(await Promise.all(named))];
}

/** One change for each participant, key and certificate that is new, different or gone. A key that was exchanged is two. */
export function changesBetween(before: TrustState, after: TrustState): TrustChange[] {
  const ids = new Set([...Object.keys(before.participants), ...Object.keys(after.participants)]);
  return [
    ...[...ids].sort().flatMap((id) => participantChange(id, before.participants[id], after.participants[id])),
    ...keyChanges('key.removed', before.keys, after.keys),
    ...keyChanges('key.added', after.keys, before.keys),
  ];
}

function participantChange(
  participant: string,
  before: ParticipantFacts | undefined,
  after: ParticipantFacts | undefined,
): TrustChange[] {
  if (before === undefined) return after === undefined ? [] : [{ event: 'participant.added', participant, after }];
  if (after === undefined) return [{ event: 'participant.removed', participant, before }];
  const names = ['kind', 'area', 'title', 'decryption_by'] as const;
  if (names.every((name) => before[name] === after[name])) return [];
  return [{ event: 'participant.changed', participant, before, after }];
}

function keyChanges(
  event: 'key.added' | 'key.removed',
  of: readonly TrustedKey[],
  without: readonly TrustedKey[],
): TrustChange[] {
  const others = new Set(without.map(nameOf));
  return of.flatMap((it) => {
    const { participant, ...key } = it;
    return others.has(nameOf(it)) ? [] : [{ event, participant, key }];
  });
}

function nameOf({ participant, use, held, id, thumbprint = '' }: TrustedKey): string {
  return JSON.stringify([participant, use, held, id, thumbprint]);
}
