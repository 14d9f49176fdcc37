import type { KeySet, PrefillAnswer, Receipt, Trust } from './answer.js';
import { hasRepeatedMember } from './repeated-member.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A document that cannot be read: nothing can be said about what should stand in it. */
export class DocumentFault extends Error {
  override readonly name = 'DocumentFault';
}

/** What stands where a receipt belongs, and the piece of evidence beside which it stands. */
export type ReceiptPlace = Readonly<{ at: string; value: unknown; piece?: JsonObject }>;

/** What an answer releases or withholds. */
export const RELEASE_PARTS = ['fields', 'not_delivered', 'evidence'] as const;
const ANSWER_PARTS = [...RELEASE_PARTS, 'release_salt', 'exchange_id', 'receipt', 'receipt_token'];

/** Anything larger is not a document that this project writes. */
const DOCUMENT_MAX_CHARACTERS = 50_000_000;

/** @throws DocumentFault */
export function parseDocument(text: string): JsonObject {
  if (text.length > DOCUMENT_MAX_CHARACTERS) throw new DocumentFault('the document is too large');
  try {
    const value: unknown = JSON.parse(text);
    // Readers differ in which of the two they take: what is verified must be what everybody reads.
    if (hasRepeatedMember(text)) throw new DocumentFault('a member stands twice in one object');
    if (isObject(value)) return value;
  } catch (error) {
    if (error instanceof DocumentFault) throw error;
    // JSON.parse quotes its input: what it says may be personal data.
  }
  throw new DocumentFault('not a JSON document');
}

/**
 * Where the receipts of a document belong, whether they stand there or not: the document itself, or beside what an answer
 * (or `npm run demo -- --json`) releases, and beside each piece of its evidence.
 */
export function receiptPlacesIn(document: JsonObject): readonly ReceiptPlace[] {
  if (!ANSWER_PARTS.some((name) => name in document))
    return isReceipt(document) ? [{ at: 'receipt', value: document }] : [];
  const pieces: readonly unknown[] = Array.isArray(document.evidence) ? document.evidence : [];
  return [
    { at: 'receipt', value: document.receipt },
    ...pieces.flatMap((piece, i) =>
      isObject(piece) ? [{ at: `evidence ${i + 1}`, value: piece.receipt, piece }] : [],
    ),
  ];
}

/** The parts of an answer that its release digest is over, where the document has them. */
export function releaseIn(document: JsonObject): PrefillAnswer | undefined {
  const { fields, not_delivered, receipt } = document;
  const opening = isObject(receipt) && isObject(receipt.opening) ? receipt.opening : {};
  const { release_salt } = 'release_salt' in document ? document : opening;
  const evidence = tokensIn(document)?.map((sd_jwt, at) => ({ sd_jwt, ...sealedIn(document, at) }));
  if (!isListOfObjects(fields) || !isListOfObjects(not_delivered) || evidence === undefined) return undefined;
  if (typeof release_salt !== 'string') return undefined;
  if (!fields.every(isSourced)) return undefined;
  const own = document.own_statements;
  if (own !== undefined && !(isObject(own) && isListOfObjects(own.statements))) return undefined;
  const stated = own === undefined ? {} : { own_statements: own };
  return { fields, not_delivered, evidence, release_salt, ...stated } as unknown as PrefillAnswer;
}

/** Compact SD-JWTs of a document, in order. */
export function tokensIn({ evidence }: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(evidence)) return undefined;
  const tokens = evidence.map((it: unknown) => (isObject(it) ? it.sd_jwt : it));
  return tokens.every((it) => typeof it === 'string') ? tokens : undefined;
}

function sealedIn({ evidence }: JsonObject, at: number): Readonly<{ evidence_jwe?: string }> {
  const piece: unknown = Array.isArray(evidence) ? evidence[at] : undefined;
  return isObject(piece) && typeof piece.evidence_jwe === 'string' ? { evidence_jwe: piece.evidence_jwe } : {};
}

/** The keys that a document brings along. */
export function trustIn({ trust }: JsonObject): Partial<Trust> {
  if (!isObject(trust)) return {};
  const registers = isObject(trust.registers) ? Object.entries(trust.registers) : [];
  return {
    ...(typeof trust.log === 'string' && { log: trust.log }),
    ...(isKeySet(trust.node) && { node: trust.node }),
    registers: Object.fromEntries(registers.flatMap(([id, keys]) => (isKeySet(keys) ? [[id, keys]] : []))),
  };
}

export function isKeySet(value: unknown): value is KeySet {
  return isObject(value) && isListOfObjects(value.keys);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** So far that it can be read at all: whatever else is wrong with a field gives another digest. */
function isSourced({ source, alternatives }: JsonObject): boolean {
  return isObject(source) && isListOfObjects(alternatives) && alternatives.every((it) => isObject(it.source));
}

function isListOfObjects(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}

export function isOpening(value: unknown): value is Receipt['opening'] {
  return (
    isObject(value) &&
    typeof value.salt === 'string' &&
    typeof value.protected_hash === 'string' &&
    isObject(value.caller)
  );
}

export function isReceipt(value: unknown): value is Receipt {
  return (
    isObject(value) &&
    typeof value.log_index === 'number' &&
    typeof value.tree_size === 'number' &&
    [value.root_hash, value.checkpoint, value.entry].every((it) => typeof it === 'string') &&
    Array.isArray(value.inclusion_proof) &&
    value.inclusion_proof.every((it) => typeof it === 'string') &&
    isOpening(value.opening)
  );
}
