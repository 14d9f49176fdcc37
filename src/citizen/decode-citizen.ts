import { deadlineOf, type ServerCall } from '../platform/call.js';
import type { Decoder } from '../platform/decode.js';

const ATTRIBUTE = /^[a-z][a-z0-9_]{0,62}$/;
const MAX_REMARK = 1000;
/** Control characters but line feeds, and what turns the direction of a text. */
const FORBIDDEN = /[^\P{Cc}\n]|[\p{Bidi_Control}\u2028\u2029]/u;
/** A register may take longer for a report than for a list; nobody waits longer before a page. */
const REPORT_PATIENCE_MS = 3000;
/** For the refusal to reach who waits. */
const RESERVE_MS = 100;

export function decodeIndex(decoder: Decoder, given: string | number | { toString(): string } | undefined): number {
  const index = Number(given ?? Number.NaN);
  const isIndex = Number.isSafeInteger(index) && index >= 0;
  if (!isIndex) decoder.refuse('log_index', 'must be the index of an entry');
  return isIndex ? index : 0;
}

export function decodeAttribute(decoder: Decoder, given = ''): string {
  if (!ATTRIBUTE.test(given)) decoder.refuse('attribute', 'must be an attribute of the catalogue');
  return given;
}

/** Free text that goes to the register and nowhere else. */
export function decodeRemark(decoder: Decoder, given = ''): string {
  const text = given.replaceAll('\r\n', '\n');
  const isText = text.isWellFormed() && !FORBIDDEN.test(text);
  if (text.trim() === '' || text.length > MAX_REMARK || !isText)
    decoder.refuse('remark', `is required, at most ${MAX_REMARK} characters of text`);
  return text;
}

/** Milliseconds since the epoch. */
export function reportDeadline(call: ServerCall): number {
  return Math.min(deadlineOf(call) - RESERVE_MS, Date.now() + REPORT_PATIENCE_MS);
}
