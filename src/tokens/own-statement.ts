import { randomBytes } from 'node:crypto';
import { canonicalDigest } from './digest.js';

export const MAX_OWN_STATEMENTS = 64;
export const MAX_CHARACTERS = 200;

/**
 * DIN 91379 data type C without line breaks: letters, then signs; after a letter at most two combining marks, of those that its
 * sequences have. Which letter takes which mark is not looked at.
 */
const LETTER = 'A-Za-zÀ-ÖØ-öø-žƇƈƏƗƠơƯưƷǍ-ǜǞǟǢ-ǰǴǵǸ-ǿȒȓȘ-țȞȟȧ-ȳəɨʒḂḃḆḇḊ-ḑḗḜ-ḫḯ-ḷḺḻṀ-ṉṒ-ṛṞ-ṣṪ-ṯẀ-ẇẌ-ẗẞẠ-ỹ';
const MARK =
  '\\u0300-\\u0302\\u0304\\u0306-\\u0308\\u030b-\\u030d\\u0310\\u0315\\u031b\\u0323\\u0325-\\u0328\\u0331\\u035f';
const SIGN = ' -@\\[-`{-~\\u00a1-\\u00ac\\u00ae-\\u00bf×÷ʹʺʾʿˈˌ’‡€';
const LATIN = new RegExp(`^(?:[${LETTER}][${MARK}]{0,2}|[${SIGN}])+$`, 'u');

/**
 * What a person holds to be right where a register says otherwise, as they wrote it after the preview (EGovG § 5 Abs. 5). It stands
 * beside the evidence and changes nothing in it.
 */
export type OwnStatement = Readonly<{
  held_id: string;
  attribute: string;
  value: string;
  /** base64url, 32 bytes: of the digest that is attested. */
  salt: string;
}>;

export function newOwnStatement(statement: Omit<OwnStatement, 'salt'>): OwnStatement {
  return { ...statement, salt: randomBytes(32).toString('base64url') };
}

/** One line of Latin letters and signs, not longer than what a register gives as one datum (DIN 91379). */
export function isOwnStatement(value: string): boolean {
  return (
    value.length <= MAX_CHARACTERS && value.trim() === value && value.normalize('NFC') === value && LATIN.test(value)
  );
}

/** base64url SHA-256 over the RFC 8785 form: what the attestation of the release names, so that it says nothing of the content. */
export function ownStatementDigest({ held_id, attribute, value, salt }: OwnStatement): string {
  return canonicalDigest({ held_id, attribute, value, salt });
}
