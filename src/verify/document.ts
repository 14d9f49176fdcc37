import type { KeySet, PrefillAnswer, Receipt, Trust } from './answer.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A document that cannot be read: nothing can be said about what should stand in it. */
export class DocumentFault extends Error {
  override readonly name = 'DocumentFault';
}

/** A receipt and the place in the document where it stands. */
export type FoundReceipt = Readonly<{ at: string; receipt: Receipt; sdJwt?: string }>;

/** Anything larger is not a document that this project writes. */
const DOCUMENT_MAX_CHARACTERS = 50_000_000;

/** @throws DocumentFault */
export function parseDocument(text: string): JsonObject {
  if (text.length > DOCUMENT_MAX_CHARACTERS) throw new DocumentFault('the document is too large');
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // JSON.parse quotes its input: what it says may be personal data.
  }
  throw new DocumentFault('not a JSON document');
}

/** The receipts of a document: a bare receipt, an answer, or what `npm run demo -- --json` prints. */
export function receiptsIn(document: JsonObject): readonly FoundReceipt[] {
  if (isReceipt(document)) return [{ at: 'receipt', receipt: document }];
  const own: FoundReceipt[] = isReceipt(document.receipt) ? [{ at: 'receipt', receipt: document.receipt }] : [];
  const pieces = Array.isArray(document.evidence) ? document.evidence : [];
  const others = pieces.flatMap((piece: unknown, i): FoundReceipt[] =>
    isObject(piece) && isReceipt(piece.receipt)
      ? [
          {
            at: `evidence ${i + 1}`,
            receipt: piece.receipt,
            ...(typeof piece.sd_jwt === 'string' && { sdJwt: piece.sd_jwt }),
          },
        ]
      : [],
  );
  return [...own, ...others];
}

/** The parts of an answer that its release digest is over, where the document has them. */
export function releaseIn(document: JsonObject): PrefillAnswer | undefined {
  const { fields, not_delivered, receipt } = document;
  const opening = isObject(receipt) && isObject(receipt.opening) ? receipt.opening : {};
  const release_salt = document.release_salt ?? opening.release_salt;
  const evidence = tokensIn(document)?.map((sd_jwt) => ({ sd_jwt }));
  if (!isListOfObjects(fields) || !isListOfObjects(not_delivered) || evidence === undefined) return undefined;
  if (typeof release_salt !== 'string') return undefined;
  if (!fields.every((it) => isObject(it.source) && isListOfObjects(it.alternatives))) return undefined;
  // Only what is digested is read from it; whatever else is wrong with it gives another digest.
  return { fields, not_delivered, evidence, release_salt } as unknown as PrefillAnswer;
}

/** Compact SD-JWTs of a document, in order. */
export function tokensIn({ evidence }: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(evidence)) return undefined;
  const tokens = evidence.map((it: unknown) => (isObject(it) ? it.sd_jwt : it));
  return tokens.every((it) => typeof it === 'string') ? tokens : undefined;
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

function isReceipt(value: unknown): value is Receipt {
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
