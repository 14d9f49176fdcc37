import { isObject, isReceipt, type JsonObject } from './document.js';
import { isSealed } from './release-digest.js';

/** Members that something verifies; of a list, those of each of its elements. `true`: all that is in it. */
type Covered = true | Readonly<{ [name: string]: Covered }>;

const SOURCE = { register: true, evidence_id: true, attribute: true, as_of: true, assurance: true } as const;
const RECEIPT = {
  log_index: true,
  tree_size: true,
  root_hash: true,
  checkpoint: true,
  inclusion_proof: true,
  entry: true,
  opening: { salt: true, caller: true, protected_hash: true, release_salt: true },
} as const;
const PIECE = { evidence_id: true, evidence_type: true, subject_role: true, register: true, as_of: true } as const;
const ANSWER = {
  exchange_id: true,
  fields: {
    fim_id: true,
    label: true,
    subject_role: true,
    value: true,
    source: SOURCE,
    alternatives: { value: true, source: SOURCE },
  },
  not_delivered: { evidence_type: true, subject_role: true, reason: true, detail: true },
  evidence: { ...PIECE, assurance: true, sd_jwt: true, withheld: true, receipt: RECEIPT },
  receipt: RECEIPT,
  receipt_token: true,
  release_salt: true,
  own_statements: {
    attestation: true,
    statements: { held_id: true, evidence_id: true, attribute: true, value: true, salt: true },
  },
} as const;

/** What the log recorded of evidence that only its consumer could read is the JWE: what was opened, and the form, are theirs. */
const SEALED_ANSWER = {
  ...ANSWER,
  fields: {},
  evidence: { evidence_type: true, subject_role: true, register: true, evidence_jwe: true, receipt: RECEIPT },
} as const;

/** Names of the members of a document that its receipts say nothing about: changed or removed, nobody would notice. */
export function notCoveredIn(document: JsonObject): readonly string[] {
  return [...new Set(notCovered(document, isReceipt(document) ? RECEIPT : answerOf(document), ''))];
}

function answerOf({ evidence }: JsonObject): Covered {
  return isSealed(Array.isArray(evidence) ? evidence.filter(isObject) : []) ? SEALED_ANSWER : ANSWER;
}

function notCovered(value: unknown, covered: Covered, at: string): readonly string[] {
  if (covered === true) return [];
  if (Array.isArray(value)) return value.flatMap((it: unknown) => notCovered(it, covered, at));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const known = Object.hasOwn(covered, name) ? covered[name] : undefined;
    return known === undefined ? [path] : notCovered(member, known, path);
  });
}
