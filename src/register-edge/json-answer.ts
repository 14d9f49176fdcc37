import { AnswerFault, demandOfAnswer } from './answer-fault.js';
import { columnOf } from './evidence-mapping.js';
import type { SourceRow } from './found-record.js';
import { valueAt } from './json-pointer.js';

const MAX_DEPTH = 32;

/** Reads JSON of a stranger: strict UTF-8, bounded depth, no text that could not be written again. @throws AnswerFault */
export function readJson(bytes: Uint8Array): unknown {
  const value = parsed(decodedUtf8(bytes));
  demandText(value, 1);
  return value;
}

function decodedUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new AnswerFault('ANSWER_NOT_UTF8');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AnswerFault('ANSWER_NOT_JSON');
  }
}

/** Direction marks are letters of somebody's name to us and pass unaltered; NUL and halves of characters are no text. */
function demandText(value: unknown, depth: number): void {
  demandOfAnswer(depth <= MAX_DEPTH, 'ANSWER_SHAPE');
  if (typeof value === 'string') demandOfAnswer(value.isWellFormed() && !value.includes('\0'), 'ANSWER_TEXT');
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      demandText(name, depth);
      demandText(member, depth + 1);
    }
}

/** Attribute of the catalogue to where its value stands (RFC 6901). */
export type AttributePointers = Readonly<Record<string, string>>;

/** Nothing is read but what is asked. Null says that there is no value; where a member is missing, the source has changed. */
export function rowAt(document: unknown, attributes: AttributePointers, asked: readonly string[]): SourceRow {
  return Object.fromEntries(asked.map((id) => [`a_${id}`, valueAt(document, columnOf({ attributes }, id))]));
}
