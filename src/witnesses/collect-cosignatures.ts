import type { NoteVerifier } from '#libs/tlog/signed-note.js';
import type { LogStore } from '../audit/log-store.js';
import { describeError, type OperationalLog } from '../platform/operational-log.js';
import { type AskOutcome, askWitness, type Candidate, newestCheckpoint } from './ask-witness.js';
import type { CosignatureStore, Standing } from './cosignature-store.js';
import type { DisputeDesk } from './dispute-desk.js';
import type { Witness } from './witness.js';
import type { WitnessedCheckpoints } from './witnessed-checkpoints.js';

/** A cosignature says when; over a log that does not grow it is made anew after so long. */
const RENEW_AFTER_MS = 60_000;

type Collecting = Readonly<{
  witnesses: readonly Witness[];
  /** Reads alone. */
  log: LogStore;
  key: NoteVerifier;
  store: CosignatureStore;
  witnessed: WitnessedCheckpoints;
  disputes: DisputeDesk;
  operational: OperationalLog;
  intervalMs: number;
}>;

/** Submits the newest checkpoint to every witness, off the path of the answers, and keeps what they cosign. */
export class CosignatureCollector {
  /** A witness that hangs holds up nobody else, and is not asked twice at once. */
  private readonly asking = new Map<string, Promise<void>>();
  private readonly last = new Map<string, AskOutcome['kind']>();
  private isStopped = false;

  constructor(private readonly parts: Collecting) {}

  /** One round, if this node takes it; resolves once all are asked that were not being asked already. */
  async round(): Promise<void> {
    const { disputes, store, intervalMs, witnesses, log, key } = this.parts;
    await disputes.refresh();
    // A little less, so that a timer that is early by a moment does not lose its round.
    if (!(await store.takeRound(intervalMs * 0.9))) return;
    const candidate = await newestCheckpoint({ store: log, key });
    if (candidate === undefined) return;
    const [standings, nowMs] = [await store.standings(), await store.now()];
    const due = witnesses.filter(({ participant }) => isDue(standings.get(participant), candidate, nowMs));
    await Promise.all(due.map((it) => this.ask(it, candidate, standings.get(it.participant)?.cosignedSize ?? 0)));
    const newest = await this.parts.witnessed.newest();
    if (newest !== undefined) await store.forgetBelow(newest.size);
  }

  /** Waits for what is under way, and keeps nothing of it. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.allSettled(this.asking.values());
  }

  private ask(witness: Witness, candidate: Candidate, cosignedSize: number): Promise<void> {
    const { participant } = witness;
    if (this.isStopped || this.asking.has(participant)) return Promise.resolve();
    const { log, key, operational } = this.parts;
    const asked = askWitness(witness, { store: log, key }, candidate, cosignedSize)
      .then((outcome) => this.keep(participant, outcome))
      .catch((error: unknown) =>
        operational.warn({ witness: participant, ...describeError(error) }, 'witness not asked'),
      )
      .finally(() => this.asking.delete(participant));
    this.asking.set(participant, asked);
    return asked;
  }

  private async keep(participant: string, outcome: AskOutcome): Promise<void> {
    if (this.isStopped) return;
    const { store, disputes } = this.parts;
    if (outcome.kind === 'disputed') await disputes.raise(outcome.dispute);
    if (outcome.kind === 'cosigned') await store.keep(outcome.cosigned);
    else await store.noteFailure(participant, outcome.kind);
    this.tell(participant, outcome.kind);
  }

  /** Once per change: the same line every few seconds hides the others. */
  private tell(witness: string, kind: AskOutcome['kind']): void {
    const before = this.last.get(witness);
    if (kind === 'overtaken' || kind === before) return;
    this.last.set(witness, kind);
    const { operational } = this.parts;
    if (kind === 'unreachable') operational.warn({ witness }, 'a witness does not answer');
    else if (kind === 'unusable') operational.warn({ witness }, 'a witness answers what cannot be used');
    else if (kind === 'cosigned' && before !== undefined) operational.info({ witness }, 'a witness cosigns again');
  }
}

function isDue(standing: Standing | undefined, { size }: Candidate, nowMs: number): boolean {
  const { cosignedSize, cosignedAtMs, last } = standing ?? {};
  if (cosignedSize !== size || cosignedAtMs === undefined || last !== 'cosigned') return true;
  return nowMs - cosignedAtMs >= RENEW_AFTER_MS;
}
