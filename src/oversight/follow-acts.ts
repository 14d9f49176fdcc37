import { LogReader, type StoredRecord } from '../audit/log-reader.js';
import type { EventType, ProtectedPart } from '../audit/record.js';
import { OperationalLog } from '../platform/operational-log.js';
import { readableHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { ActPosition } from './act-position.js';
import { CaseStore } from './case-store.js';
import { STEP_STATES } from './oversight-case.js';
import { SampleStore } from './sample-store.js';

const ACTS: readonly EventType[] = [
  'case.changed',
  'sample.committed',
  'sample.fixed',
  'sample.drawn',
  'sample.finding',
];
const AT_ONCE = 200;

/**
 * Makes rows of what officers did, from the entries about it alone and in their order: an act counts once its entry is in
 * the log, and what became of the process then does not matter. Whoever reads the rows follows first.
 */
export class ActFollower {
  constructor(
    private readonly position: ActPosition,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly cases: CaseStore,
    private readonly samples: SampleStore,
    private readonly log: OperationalLog,
  ) {}

  /** Everything that was logged before the call. Nodes that follow at the same moment write the same rows. */
  async follow(): Promise<void> {
    let isWhole = false;
    while (!isWhole) {
      const { indices, end } = await this.position.next(ACTS, AT_ONCE);
      for (const record of (await this.reader.records(indices)).toReversed()) await this.write(record);
      await this.position.moveTo(end);
      isWhole = indices.length < AT_ONCE;
    }
  }

  private async write(record: StoredRecord): Promise<void> {
    // Of what is erased nothing is left to make a row of; what somebody altered makes none and hides no other.
    const part = (await readableHalf(this.vault, record, this.log))?.part ?? {};
    const { event, log_time } = record.caller;
    const atMs = Date.parse(log_time);
    if (event === 'case.changed' && part.case !== undefined) await this.writeStep(record.index, part.case, atMs);
    if (part.sample !== undefined) await this.writeSample(record.index, part.sample, part.session?.actor ?? '', atMs);
  }

  private async writeStep(logIndex: number, step: NonNullable<ProtectedPart['case']>, atMs: number): Promise<void> {
    const state = STEP_STATES.find((it) => it === step.state);
    if (state === undefined) return;
    await this.cases.add(step.entry, { logIndex, state, hasReport: step.report !== undefined, atMs });
  }

  private async writeSample(
    logIndex: number,
    sample: NonNullable<ProtectedPart['sample']>,
    actor: string,
    committedAtMs: number,
  ): Promise<void> {
    if ('nonce_hash' in sample) {
      const { nonce_hash, first_index: firstIndex, end_index: endIndex, size } = sample;
      const nonceHash = Buffer.from(nonce_hash, 'base64url');
      await this.samples.add({ logIndex, actor, nonceHash, firstIndex, endIndex, size, committedAtMs });
    } else if ('drawn' in sample) {
      const { nonce, checkpoint, fixed_index: fixedIndex, witnessed, drawn } = sample;
      // Of a log from before there was such an entry: what cannot be shown makes no row, and holds nothing up.
      if (fixedIndex === undefined || witnessed === undefined) return;
      const counted = new Set(sample.counted);
      const items = drawn.map((index) => ({ logIndex: index, isCounted: counted.has(index) }));
      await this.samples.keepDrawn(sample.sample, {
        ...{ nonce: Buffer.from(nonce, 'base64url'), checkpoint, fixedIndex, witnessed },
        ...{ drawnIndex: logIndex, items },
      });
    } else if ('checkpoint_hash' in sample) {
      await this.samples.keepFixed(sample.sample, sample.checkpoint, logIndex);
    } else {
      await this.samples.keepFinding(sample.sample, sample.entry, sample.finding, logIndex);
    }
  }
}
