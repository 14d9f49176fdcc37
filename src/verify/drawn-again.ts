import { parseNote } from '#libs/tlog/signed-note.js';
import { sha256 } from './leaf.js';

const CONTEXT = 'einmal/sample/v1\n';

/** The signed text and the cosignatures, that steer a draw: what "sample.fixed" has the SHA-256 of (docs/adr/0139). */
export function steering(checkpoint: string): string {
  const { text, signatures } = parseNote(checkpoint);
  const origin = text.slice(0, text.indexOf('\n'));
  const lines = signatures
    .filter(({ name }) => name !== origin)
    .map(({ name, keyId, signature }) => `${name}+${keyId}+${signature.toString('base64')}\n`)
    .sort();
  return text + lines.join('');
}

/**
 * Indices in the order in which nonce and cosigned checkpoint draw them (docs/adr/0104): the first 8 bytes of
 * SHA-256(seed ‖ counter as 8 bytes) modulo the population, without what would favour the smaller ones or was drawn before.
 * The seed is SHA-256("einmal/sample/v1\n" ‖ nonce ‖ signed text ‖ the cosignatures as sorted lines `name+keyid+base64`).
 */
export function* drawnAgain(nonce: Buffer, checkpoint: string, first: number, end: number): Generator<number> {
  const seed = sha256(Buffer.from(CONTEXT), nonce, Buffer.from(steering(checkpoint)));
  const population = BigInt(end - first);
  const unfairFrom = 2n ** 64n - (2n ** 64n % population);
  const drawn = new Set<number>();
  for (let counter = 0n; drawn.size < end - first; counter++) {
    const place = Buffer.alloc(8);
    place.writeBigUInt64BE(counter);
    const word = sha256(seed, place).readBigUInt64BE();
    const index = first + Number(word % population);
    if (word >= unfairFrom || drawn.has(index)) continue;
    drawn.add(index);
    yield index;
  }
}
