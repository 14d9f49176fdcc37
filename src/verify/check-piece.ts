import canonicalize from 'canonicalize';
import type { Receipt } from './answer.js';
import { isObject, type JsonObject } from './document.js';
import { evidenceDigestOf, isSealed } from './release-digest.js';
import { type Check, check } from './report.js';

const RECORDED = 'what was released is what the log recorded';
const BESIDE = 'what stands beside the evidence is what log and evidence say';
const OF_THE_LOG = ['register', 'evidence_type', 'subject_role'] as const;
const OF_THE_EVIDENCE = { evidence_id: 'jti', assurance: 'assurance', as_of: 'as_of', withheld: 'withheld' } as const;

/** Verifies that the receipt beside a piece of evidence is that of its release, in the exchange of the answer, and what else stands there. */
export function pieceChecks(piece: JsonObject, { opening }: Receipt, summary: Receipt | undefined): readonly Check[] {
  const { caller } = opening;
  const { sd_jwt, evidence_jwe } = piece;
  if (typeof sd_jwt !== 'string') return [check(RECORDED, ['what stands there is no evidence'])];
  const { consumer, exchange_ref } = summary?.opening.caller ?? caller;
  const released = typeof evidence_jwe === 'string' ? { sd_jwt, evidence_jwe } : { sd_jwt };
  const expected = { event: 'retrieval.closed', consumer, exchange_ref, release_digest: evidenceDigestOf(released) };
  // What its consumer has not opened says nothing yet that could be compared.
  const isOpen = sd_jwt !== '' || !isSealed([piece]);
  const beside = isOpen ? [...OF_THE_LOG, ...Object.keys(OF_THE_EVIDENCE)] : OF_THE_LOG;
  return [
    check(RECORDED, differences(caller, expected)),
    besideCheck(piece, { ...caller, ...claimsOf(sd_jwt) }, beside),
  ];
}

/** What the log recorded otherwise. */
export function differences(caller: JsonObject, expected: JsonObject): readonly string[] {
  return Object.entries(expected)
    .filter(([name, value]) => caller[name] !== value)
    .map(([name]) => `the log recorded another ${name}`);
}

function besideCheck(piece: JsonObject, said: JsonObject, names: readonly string[]): Check {
  const others = names.filter((name) => name in piece && canonicalize(piece[name]) !== canonicalize(said[name]));
  if (others.length > 0) return check(BESIDE, [`another ${others.join(', ')}`]);
  const missing = names.filter((name) => !(name in piece));
  return missing.length === 0
    ? check(BESIDE, [])
    : { what: BESIDE, state: 'unknown', detail: `${missing.join(', ')} is missing` };
}

/** Claims under the names of an answer. Their text is what the log recorded; `einmal verify evidence` verifies who signed it. */
function claimsOf(sdJwt: string): JsonObject {
  try {
    const payload: unknown = JSON.parse(Buffer.from(sdJwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (!isObject(payload)) return {};
    const claims = Object.entries(OF_THE_EVIDENCE).map(([name, claim]) => [name, payload[claim]]);
    return { ...Object.fromEntries(claims), as_of: isoTime(payload.as_of) };
  } catch {
    return {};
  }
}

/** An answer writes times in one form, whatever form the register took. */
function isoTime(value: unknown): unknown {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}
