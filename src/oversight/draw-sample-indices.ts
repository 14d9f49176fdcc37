import { createHash, hash } from 'node:crypto';
import { parseNote } from '#libs/tlog/signed-note.js';

const CONTEXT = 'einmal/sample/v1\n';
const WORD = 2n ** 64n;

/** What the draw rests on: nobody knew all of it before the population was fixed. */
export type SampleSeed = Readonly<{
  nonce: Uint8Array;
  /** C2SP checkpoint with cosignatures. */
  checkpoint: string;
}>;

/**
 * The seed: SHA-256("einmal/sample/v1\n" ‖ nonce ‖ text of the checkpoint ‖ cosignatures by key name). The officer committed to
 * the nonce before the witnesses signed, and the witnesses did not know it: neither operator nor officer steers it (IDNrG § 8).
 * The log's own signature is left out, since the operator makes it.
 */
export function sampleSeed({ nonce, checkpoint }: SampleSeed): Buffer {
  return createHash('sha256').update(CONTEXT).update(nonce).update(steeringText(checkpoint)).digest();
}

/** What fixes a checkpoint with its cosignatures: SHA-256 over all that the draw rests on but the nonce; base64url. */
export function steeringHash(checkpoint: string): string {
  return hash('sha256', steeringText(checkpoint), 'base64url');
}

function steeringText(checkpoint: string): string {
  const { text, signatures } = parseNote(checkpoint);
  const [origin] = text.split('\n');
  const cosignatures = signatures
    .filter(({ name }) => name !== origin)
    .map(({ name, keyId, signature }) => `${name}+${keyId}+${signature.toString('base64')}\n`)
    .toSorted();
  return text + cosignatures.join('');
}

/**
 * Different indices of a population in the order in which they are drawn: the first 8 bytes of SHA-256(seed ‖ counter as 8 bytes),
 * modulo the size of the population; what would favour the smaller indices is left out.
 */
export function* drawnIndices(seed: Uint8Array, first: number, end: number): Generator<number> {
  const size = BigInt(end - first);
  const fair = WORD - (WORD % size);
  const seen = new Set<number>();
  const counter = Buffer.alloc(8);
  for (let n = 0n; seen.size < end - first; n++) {
    counter.writeBigUInt64BE(n);
    const word = createHash('sha256').update(seed).update(counter).digest().readBigUInt64BE();
    if (word >= fair) continue;
    const index = first + Number(word % size);
    if (seen.has(index)) continue;
    seen.add(index);
    yield index;
  }
}
