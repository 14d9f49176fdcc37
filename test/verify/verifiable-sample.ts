import { createHash, hash } from 'node:crypto';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { type Cosigner, cosign } from '#libs/tlog/cosignature.js';
import type { NoteSigner } from '#libs/tlog/signed-note.js';
import { commitment, leafBytes, saltedHash } from '../../src/audit/entry.js';
import type { CallerPart, ProtectedPart } from '../../src/audit/record.js';
import { drawnIndices, sampleSeed, steeringHash } from '../../src/oversight/draw-sample-indices.js';
import type { SampledEntry, SampleFile } from '../../src/verify/sample-file.js';
import { trustPolicy } from '../../src/witnesses/trust-policy.js';
import { naiveLeaf, naivePath, naiveRoot } from '../libs/merkle/naive-tree.js';
import { cosigner, signer } from '../libs/tlog/keys.js';

export const log = signer(1);
export const witnesses = [2, 3, 4].map((seed) => cosigner(seed));
/** What whoever verifies believes: this log, and two of its three witnesses. */
export const policy = trustPolicy(
  log.vkey,
  witnesses.map(({ vkey }, i) => ({ participant: `w${i}`, vkeys: [vkey] })),
);

const POPULATION = 60;
const SIZE = 5;

type Choice = Readonly<{
  cosigners?: readonly Cosigner[];
  isLate?: boolean;
  /** Who cosigned what the log fixed, where they are others than those of the draw. */
  fixedCosigners?: readonly Cosigner[];
  /** The nonce was told before the cosignatures were fixed. */
  isToldFirst?: boolean;
  /** Entries of the tree in which witnesses saw what fixed the cosignatures. */
  seen?: number;
  /** Another log that has the entries after the commitment. */
  elsewhere?: NoteSigner;
  /** What the entries say otherwise. */
  fixed?: object;
  told?: object;
}>;

/** A sample as an honest node draws it of a log in which every third entry is a retrieval that ended. */
export function verifiableSample(choice: Choice = {}): SampleFile {
  const { cosigners = witnesses.slice(0, 2), fixedCosigners = cosigners, isLate = false, isToldFirst = false } = choice;
  const nonce = Buffer.alloc(32, 7);
  const nonce_hash = hash('sha256', nonce, 'buffer').toString('base64url');
  const session = { id: 'session', role: 'officer', assurance: 'high', actor: 'pseudonym' };
  const part: ProtectedPart = {
    session,
    sample: { nonce_hash, first_index: 0, end_index: isLate ? POPULATION + 1 : POPULATION, size: SIZE },
  };
  const records = Array.from({ length: POPULATION }, (_, i) =>
    record(i, i % 3 === 0 ? 'retrieval.closed' : 'retrieval.opened', {}),
  );
  const committed = record(POPULATION, 'sample.committed', part);
  const all = [...records, committed];
  const hashesOf = (size: number) => all.slice(0, size).map(({ leaf }) => naiveLeaf(leaf));
  const signed = (size: number, by: readonly Cosigner[], own = log) => {
    const note = signCheckpoint({ origin: own.name, size, root: naiveRoot(hashesOf(size)) }, [own]);
    return note + by.map((it, i) => cosign(note, it, 1_790_000_000 + i)).join('');
  };
  const checkpoint = signed(all.length, cosigners);
  const fixedCheckpoint = signed(all.length, fixedCosigners);
  const [fixedIndex, toldIndex] = isToldFirst ? [POPULATION + 2, POPULATION + 1] : [POPULATION + 1, POPULATION + 2];
  const fixedPart = {
    sample: {
      ...{ sample: POPULATION, checkpoint_hash: steeringHash(fixedCheckpoint), checkpoint: fixedCheckpoint },
      ...choice.fixed,
    },
  };
  const toldPart = {
    session,
    sample: {
      ...{ sample: POPULATION, nonce: nonce.toString('base64url'), checkpoint, fixed_index: fixedIndex },
      ...{ witnessed: '', drawn: [], counted: [], ...choice.told },
    },
  };
  const fixed = record(fixedIndex, 'sample.fixed', fixedPart);
  const told = record(toldIndex, 'sample.drawn', toldPart);
  all.push(...(isToldFirst ? [told, fixed] : [fixed, told]));
  const entry = (index: number, size = POPULATION + 1): SampledEntry => ({
    log_index: index,
    inclusion_proof: naivePath(index, hashesOf(size)).map((it) => it.toString('base64')),
    opening: all[index]!.opening,
  });
  const opened = (index: number, size: number, hidden: object) => ({
    ...entry(index, size),
    protected: { salt: all[index]!.salt.toString('base64'), part: JSON.parse(JSON.stringify(hidden)) },
  });
  const seen = choice.seen ?? fixedIndex + 1;
  const whole = all.length;
  const items: SampleFile['items'][number][] = [];
  for (const index of drawnIndices(sampleSeed({ nonce, checkpoint }), 0, isLate ? POPULATION + 1 : POPULATION)) {
    if (items.filter(({ counted }) => counted).length === SIZE) break;
    items.push({ ...entry(index), counted: index % 3 === 0 && index < POPULATION });
  }
  return {
    format: 'einmal-sample/2',
    checkpoint,
    nonce: nonce.toString('base64'),
    commitment: opened(POPULATION, POPULATION + 1, part),
    fixing: {
      ...opened(fixedIndex, seen, fixedPart),
      checkpoint: signed(seen, witnesses.slice(0, 2), choice.elsewhere),
    },
    reveal: {
      ...opened(toldIndex, whole, toldPart),
      checkpoint: signed(whole, witnesses.slice(0, 2), choice.elsewhere),
    },
    items,
  };
}

function record(index: number, event: CallerPart['event'], part: ProtectedPart) {
  const salt = (of: string) => createHash('sha256').update(`${of} ${index}`).digest();
  const caller: CallerPart = { event, log_time: '2026-11-23T12:00:00.000Z', consumer: 'pages' };
  const protectedHash = saltedHash(salt('hidden'), part);
  return {
    salt: salt('hidden'),
    leaf: leafBytes(commitment(saltedHash(salt('caller'), caller), protectedHash)),
    opening: { salt: salt('caller').toString('base64'), caller, protected_hash: protectedHash.toString('base64') },
  };
}
