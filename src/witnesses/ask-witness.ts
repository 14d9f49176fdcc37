import { consistencyProof } from '#libs/merkle/proof.js';
import { verifyConsistency } from '#libs/merkle/verify.js';
import { openCheckpoint } from '#libs/tlog/checkpoint.js';
import { type NoteVerifier, parseNote } from '#libs/tlog/signed-note.js';
import type { AddCheckpoint } from '#libs/tlog/witness-request.js';
import type { LogStore } from '../audit/log-store.js';
import { rootAt } from '../audit/root-at.js';
import { formatForkEvidence, showsFork } from '../tokens/fork-evidence.js';
import type { Cosigned } from './cosignature-store.js';
import { type Dispute, disputeOver } from './dispute.js';
import { type Witness, WitnessUnreachable } from './witness.js';
import { verifiedLines } from './witnessed-checkpoints.js';

/** How it ended with one witness: `overtaken`, where other nodes were faster each time. */
export type AskOutcome =
  | Readonly<{ kind: 'cosigned'; cosigned: Cosigned }>
  | Readonly<{ kind: 'disputed'; dispute: Dispute }>
  | Readonly<{ kind: 'overtaken' | 'unreachable' | 'unusable' }>;

/** A checkpoint that was committed, with its tree. */
export type Candidate = Readonly<{ note: string; size: number; root: Buffer }>;

type OwnLog = Readonly<{ store: LogStore; key: NoteVerifier }>;

/** Other nodes on the same log ask the same witness: each of their answers moves it on. */
const MAX_ATTEMPTS = 4;

/** The newest checkpoint; `undefined` as long as the log is empty. Throws for one that this log did not sign. */
export async function newestCheckpoint({ store, key }: OwnLog): Promise<Candidate | undefined> {
  const { checkpoint, size, root } = await store.head();
  if (checkpoint === undefined) return undefined;
  const signed = openCheckpoint(checkpoint, key);
  if (signed.size !== size || !signed.root.equals(root)) throw new Error('the head of the log contradicts itself');
  return { note: checkpoint, size, root };
}

/**
 * Has one witness cosign a checkpoint. `cosignedSize` is what it is known to have cosigned last; a witness that is
 * elsewhere says where, which is no alarm: another node was there, or our notes are old. It is one where the log itself
 * has no explanation.
 */
export async function askWitness(
  witness: Witness,
  log: OwnLog,
  first: Candidate,
  cosignedSize: number,
): Promise<AskOutcome> {
  let candidate = first;
  let oldSize = Math.min(cosignedSize, candidate.size);
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const answer = await witness.add(await provenRequest(log.store, oldSize, candidate));
      switch (answer.kind) {
        case 'cosigned':
          return cosignedBy(witness, candidate, answer.lines);
        case 'contradicted':
          return await disputed(witness, log, oldSize);
        case 'distrusted':
          return await distrusted(witness, log);
        case 'unusable':
          return { kind: 'unusable' };
        case 'elsewhere':
          // The same size, and yet it was not cosigned: another root.
          if (answer.size === oldSize && oldSize === candidate.size) return await disputed(witness, log, oldSize);
          if (answer.size === oldSize) return { kind: 'unusable' };
          if (answer.size > candidate.size) candidate = (await newestCheckpoint(log)) ?? candidate;
          // Only what was committed is submitted: no witness can be ahead of what is read after its answer.
          if (answer.size > candidate.size) return await disputed(witness, log, answer.size);
          oldSize = answer.size;
      }
    }
    return { kind: 'overtaken' };
  } catch (error) {
    if (error instanceof WitnessUnreachable) return { kind: 'unreachable' };
    throw error;
  }
}

/** What the log proves to others it has verified itself: an answer that contradicts it is then no mistake of ours. */
async function provenRequest(
  store: LogStore,
  oldSize: number,
  { note, size, root }: Candidate,
): Promise<AddCheckpoint> {
  const oldRoot = await rootAt(store, oldSize);
  if (oldRoot === undefined) throw new Error('the log lacks a node');
  const proof = await consistencyProof(oldSize, size, (ids) => store.readNodes(ids));
  verifyConsistency({ oldSize, newSize: size, oldRoot, newRoot: root, proof });
  return { oldSize, proof, checkpoint: note };
}

function cosignedBy({ participant, keys }: Witness, { note, size }: Candidate, lines: string): AskOutcome {
  const verified = verifiedLines(parseNote(note).text, lines, keys);
  // Of another key than the catalogue names, or none: nothing that anybody could believe.
  if (verified === undefined) return { kind: 'unusable' };
  return { kind: 'cosigned', cosigned: { witness: participant, size, note, lines: verified } };
}

/** What the witness saw, if it shows it, and otherwise its word. */
async function disputed(witness: Witness, log: OwnLog, size: number): Promise<AskOutcome> {
  const { participant } = witness;
  const note = await witness.latest(log.key.name).catch(unreachableAs(undefined));
  const shown = note === undefined ? undefined : await disputeOver(note, participant, log);
  const proven = shown ?? (await provenFork(witness, log).catch(unreachableAs(undefined)));
  const word: Dispute = { kind: 'CONTRADICTED', witness: participant, size, isProven: false, evidence: note ?? '' };
  return { kind: 'disputed', dispute: proven ?? word };
}

/** A witness that caught the log with two histories takes its key no more; one that never knew it answers the same. */
async function distrusted(witness: Witness, log: OwnLog): Promise<AskOutcome> {
  const dispute = await provenFork(witness, log);
  return dispute === undefined ? { kind: 'unusable' } : { kind: 'disputed', dispute };
}

async function provenFork(witness: Witness, { key }: OwnLog): Promise<Dispute | undefined> {
  const fork = await witness.fork(key.name);
  if (fork === undefined || !showsFork(fork, key)) return undefined;
  const { size } = openCheckpoint(fork.older, key);
  const evidence = formatForkEvidence(fork);
  return { kind: 'FORKED', witness: witness.participant, size, isProven: true, evidence };
}

function unreachableAs<Fallback>(fallback: Fallback): (error: unknown) => Fallback {
  return (error) => {
    if (error instanceof WitnessUnreachable) return fallback;
    throw error;
  };
}
