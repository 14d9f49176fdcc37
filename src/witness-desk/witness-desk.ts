import { ProofFault } from '#libs/merkle/proof-fault.js';
import { oldRootIn } from '#libs/merkle/verify.js';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from '#libs/tlog/checkpoint.js';
import { type Cosigner, cosign } from '#libs/tlog/cosignature.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { formatSignature, type NoteVerifier, openNote, parseNote } from '#libs/tlog/signed-note.js';
import {
  type AddCheckpoint,
  formatAddCheckpoint,
  judgeAddCheckpoint,
  originHash,
  parseAddCheckpoint,
} from '#libs/tlog/witness-request.js';
import { type Clock, numericDate } from '../platform/clock.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { type ForkEvidence, formatForkEvidence } from '../tokens/fork-evidence.js';
import type { Seen, WitnessMemory } from './witness-memory.js';

/** A line for people, unless `isSize`: then the size of what was last cosigned, as `text/x.tlog.size`. */
export type DeskAnswer = Readonly<{
  status: 200 | 400 | 403 | 404 | 409 | 422;
  body: string;
  isSize?: true;
}>;

/** Every call that loses a race finds that another one won it. */
const MAX_RACES = 10;

/**
 * The witness itself (C2SP tlog-witness): cosigns what extends the last checkpoint that it saw of a log, and nothing else.
 * A log that signed two histories is never cosigned again, and whoever asks is shown both.
 */
export class WitnessDesk {
  constructor(
    private cosigner: Cosigner,
    private readonly logs: readonly NoteVerifier[],
    private readonly memory: WitnessMemory,
    private readonly clock: Clock,
    private readonly log: OperationalLog,
  ) {}

  /** Another key from the next cosignature on; what it saw of each log stays. */
  rotate(cosigner: Cosigner): void {
    this.cosigner = cosigner;
  }

  /** C2SP tlog-witness, add-checkpoint; `by` is the participant that asks. */
  async addCheckpoint(body: string, by: string): Promise<DeskAnswer> {
    let request: AddCheckpoint;
    let origin: string;
    try {
      request = parseAddCheckpoint(body);
      ({ origin } = parseCheckpoint(parseNote(request.checkpoint).text));
    } catch (error) {
      if (error instanceof NoteFault) return { status: 400, body: `${error.message}\n` };
      throw error;
    }
    for (let race = 0; race < MAX_RACES; race++) {
      const answer = await this.answer(request, origin, by);
      if (answer !== undefined) return answer;
    }
    throw new Error('a race that has no end');
  }

  /** What was last cosigned of the log with this hash of its origin, with the cosignature. */
  async latest(hash: string): Promise<string | undefined> {
    const origin = this.originOf(hash);
    return origin === undefined ? undefined : (await this.memory.recall(origin)).seen?.note;
  }

  /** Evidence that the log with this hash of its origin signed two histories. */
  async fork(hash: string): Promise<string | undefined> {
    const origin = this.originOf(hash);
    const fork = origin === undefined ? undefined : (await this.memory.recall(origin)).fork;
    return fork && formatForkEvidence(fork);
  }

  /** Undefined when another call was faster and everything is to be looked at again. */
  private async answer(request: AddCheckpoint, origin: string, by: string): Promise<DeskAnswer | undefined> {
    const own = this.logs.filter(({ name }) => name === origin);
    // Nothing is looked up for names that a note merely claims.
    const { seen, fork } = own.length === 0 ? {} : await this.memory.recall(origin);
    const verdict = judgeAddCheckpoint(request, this.logs, () => seen);
    if (verdict.status === 400 || verdict.status === 403 || verdict.status === 404)
      return { status: verdict.status, body: `${verdict.reason}\n` };
    if (fork !== undefined) return { status: 403, body: 'the log signed two histories\n' };
    if (verdict.status !== 200) {
      if (seen !== undefined) await this.remember(origin, seen, { request, by, isProofWrong: verdict.status === 422 });
      if (verdict.status === 409) return { status: 409, body: `${verdict.size}\n`, isSize: true };
      return { status: verdict.status, body: `${verdict.reason}\n` };
    }
    const line = cosign(request.checkpoint, this.cosigner, numericDate(this.clock.now()));
    const { size, root } = verdict.checkpoint;
    const next = { size, root, note: ownNote(request.checkpoint, own) + line };
    // The cosignature leaves only once it is durable that nothing else will be cosigned (C2SP tlog-witness, add-checkpoint).
    return (await this.memory.advance(origin, seen, next)) ? { status: 200, body: line } : undefined;
  }

  private async remember(
    origin: string,
    seen: Seen,
    { request, by, isProofWrong }: Readonly<{ request: AddCheckpoint; by: string; isProofWrong: boolean }>,
  ): Promise<void> {
    const own = this.logs.filter(({ name }) => name === origin);
    const newer = signedBy(request.checkpoint, own);
    if (newer === undefined) return;
    const fork = forkOf(seen, newer, request, own);
    if (fork !== undefined) {
      await this.memory.keepFork(origin, fork);
      this.log.error(
        { origin, size: newer.size, seen: seen.size },
        'a log signed two histories: it is cosigned no more',
      );
    } else if (isProofWrong) {
      const { size, root } = newer;
      const kept = formatAddCheckpoint({ ...request, checkpoint: ownNote(request.checkpoint, own) });
      if (await this.memory.keepRefused(origin, { by, size, root, seenNote: seen.note, request: kept }))
        this.log.warn(
          { origin, size, seen: seen.size, by },
          'a checkpoint was not shown to extend the last one of its log',
        );
    }
  }

  private originOf(hash: string): string | undefined {
    return this.logs.find(({ name }) => originHash(name) === hash)?.name;
  }
}

/** Both checkpoints as evidence, where they contradict each other and the request itself shows it. */
function forkOf(
  seen: Seen,
  newer: Checkpoint,
  { oldSize, proof, checkpoint }: AddCheckpoint,
  own: readonly NoteVerifier[],
): ForkEvidence | undefined {
  const [older, later] = [ownNote(seen.note, own), ownNote(checkpoint, own)];
  if (newer.size === seen.size)
    return newer.root.equals(seen.root) ? undefined : { older, newer: later, root: newer.root, proof: [] };
  if (newer.size < seen.size || oldSize !== seen.size) return undefined;
  try {
    const root = oldRootIn({ oldSize, newSize: newer.size, newRoot: newer.root, proof });
    return root === undefined || root.equals(seen.root) ? undefined : { older, newer: later, root, proof };
  } catch (error) {
    if (error instanceof ProofFault) return undefined;
    throw error;
  }
}

function signedBy(note: string, keys: readonly NoteVerifier[]): Checkpoint | undefined {
  for (const key of keys) {
    try {
      return openCheckpoint(note, key);
    } catch (error) {
      if (!(error instanceof NoteFault)) throw error;
    }
  }
  return undefined;
}

/** The note with the signatures of the log alone: what else a caller added is not ours to keep. */
function ownNote(note: string, keys: readonly NoteVerifier[]): string {
  const { text, signatures } = openNote(note, keys);
  return `${text}\n${signatures.map(formatSignature).join('')}`;
}
