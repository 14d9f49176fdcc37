/**
 * Decodes standard base64 (RFC 4648 § 4), or gives `undefined` where Node's decoder would guess: other
 * alphabets, missing padding, unused bits that are not zero. Otherwise one value would have several texts.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** Decodes an ASCII decimal without sign and leading zeroes, at most 2^53 − 1 (C2SP tlog-checkpoint, Note text; tlog-proof, Format). */
export function decodeDecimal(text: string): number | undefined {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
