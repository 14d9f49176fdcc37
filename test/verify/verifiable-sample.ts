import { createHash, hash } from 'node:crypto';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { type Cosigner, cosign } from '#libs/tlog/cosignature.js';
import { commitment, leafBytes, saltedHash } from '../../src/audit/entry.js';
import type { CallerPart, ProtectedPart } from '../../src/audit/record.js';
import { drawnIndices, sampleSeed } from '../../src/oversight/draw-sample-indices.js';
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

type Choice = Readonly<{ cosigners?: readonly Cosigner[]; isLate?: boolean }>;

/** A sample as an honest node draws it of a log in which every third entry is a retrieval that ended. */
export function verifiableSample({ cosigners = witnesses.slice(0, 2), isLate = false }: Choice = {}): SampleFile {
  const nonce = Buffer.alloc(32, 7);
  const nonce_hash = hash('sha256', nonce, 'buffer').toString('base64url');
  const part: ProtectedPart = {
    session: { id: 'session', role: 'officer', assurance: 'high', actor: 'pseudonym' },
    sample: { nonce_hash, first_index: 0, end_index: isLate ? POPULATION + 1 : POPULATION, size: SIZE },
  };
  const records = Array.from({ length: POPULATION }, (_, i) =>
    record(i, i % 3 === 0 ? 'retrieval.closed' : 'retrieval.opened', {}),
  );
  const committed = record(POPULATION, 'sample.committed', part);
  const all = [...records, committed];
  const hashes = all.map(({ leaf }) => naiveLeaf(leaf));
  const signed = signCheckpoint({ origin: 'log.example/test', size: all.length, root: naiveRoot(hashes) }, [log]);
  const checkpoint = signed + cosigners.map((it, i) => cosign(signed, it, 1_790_000_000 + i)).join('');
  const entry = (index: number): SampledEntry => ({
    log_index: index,
    inclusion_proof: naivePath(index, hashes).map((it) => it.toString('base64')),
    opening: all[index]!.opening,
  });
  const items: SampleFile['items'][number][] = [];
  for (const index of drawnIndices(sampleSeed({ nonce, checkpoint }), 0, isLate ? POPULATION + 1 : POPULATION)) {
    if (items.filter(({ counted }) => counted).length === SIZE) break;
    items.push({ ...entry(index), counted: index % 3 === 0 && index < POPULATION });
  }
  return {
    format: 'einmal-sample/1',
    checkpoint,
    nonce: nonce.toString('base64'),
    commitment: {
      ...entry(POPULATION),
      protected: { salt: committed.salt.toString('base64'), part: JSON.parse(JSON.stringify(part)) },
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
