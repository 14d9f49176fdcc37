import canonicalize from 'canonicalize';
import { isSigned } from '../catalogue/agreement-signature.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import { contentDigest } from '../catalogue/content-digest.js';
import { ConfigFault } from '../platform/config.js';
import { signDetached } from '../tokens/detached-jws.js';
import type { SigningKey } from '../tokens/jws.js';

export const INTRODUCTION_TYP = 'einmal-introduction+jws';

/** What somebody who joins says of themselves, in the words of the catalogue. */
export type IntroducedSections = Readonly<
  Partial<Pick<Catalogue, 'registers' | 'endpoints'>> & Pick<Catalogue, 'participants' | 'keys'>
>;

/**
 * The one file that goes to the counterpart. Signed with the agreement key that is in it: whoever compares its fingerprint
 * over another way knows that this key, and everything else, comes from who they talk to.
 */
export type Introduction = Readonly<{ introduces: IntroducedSections; signature: string }>;

export async function introduce(introduces: IntroducedSections, key: SigningKey): Promise<Introduction> {
  return { introduces, signature: await signDetached(bytesOf(introduces), INTRODUCTION_TYP, key) };
}

/** To read out on the telephone: eight groups of the digest of all that is introduced. */
export function fingerprintOf({ introduces }: Introduction): string {
  const hex = Buffer.from(contentDigest(introduces), 'base64url').toString('hex');
  return (hex.slice(0, 32).match(/.{4}/g) ?? []).join('-');
}

/**
 * An introduction of one participant, whole and its own. @throws ConfigFault
 */
export function checkedIntroduction(content: unknown): Introduction {
  const { introduces, signature } = (content ?? {}) as Partial<Introduction>;
  if (!isSections(introduces) || typeof signature !== 'string') throw new ConfigFault(['this is no introduction']);
  const [participant, ...others] = introduces.participants;
  const id = participant?.id;
  const keys = introduces.keys.filter((it) => it.participant === id).flatMap((it) => it.keys);
  const isOwn =
    others.length === 0 &&
    introduces.keys.every((it) => it.participant === id) &&
    (introduces.registers ?? []).every((it) => it.participant === id) &&
    (introduces.endpoints ?? []).every((it) => it.participant === id);
  if (!isOwn) throw new ConfigFault(['an introduction is of one participant and of nobody else']);
  const agreementKeys = keys.filter(({ use }) => use === 'agreement');
  if (!isSigned(bytesOf(introduces), signature, INTRODUCTION_TYP, agreementKeys))
    throw new ConfigFault(['the introduction was changed after it was signed']);
  return { introduces, signature };
}

function isSections(value: unknown): value is IntroducedSections {
  if (typeof value !== 'object' || value === null) return false;
  const known = ['participants', 'keys', 'registers', 'endpoints'];
  const isComplete = known.slice(0, 2).every((name) => Array.isArray(Reflect.get(value, name)));
  const isShaped = Object.entries(value).every(
    ([name, list]) =>
      known.includes(name) && Array.isArray(list) && list.every((it) => typeof it === 'object' && it !== null),
  );
  // What is in them is checked by the schemas of the catalogue, with file and line.
  return isComplete && isShaped && Reflect.get(value, 'keys').every((it: { keys?: unknown }) => Array.isArray(it.keys));
}

function bytesOf(introduces: IntroducedSections): Buffer {
  return Buffer.from(canonicalize(introduces) ?? '');
}
