import { EpochDestroyed, type KeyVault } from '../vault/key-vault.js';
import { EffectRefused } from './effect.js';
import { LogReader, type Orphan, type StoredRecord } from './log-reader.js';
import { LogBusy, LogStore, type NewEntry } from './log-store.js';
import type { ProtectedPart } from './record.js';
import { openRecord, RecordUnreadable } from './record-cipher.js';

/** What the sweeper writes as the true cause; the caller sees the outcome `unknown` alone. */
const CAUSE = 'NO_OUTCOME_BEFORE_EXPIRY';

/**
 * Gives the outcome `unknown` to retrievals that passed their expiry without one, as after the death of their node.
 * Runs in every node: of all that race for one retrieval the log lets exactly one write its final outcome, so a node
 * that wakes up late releases nothing.
 */
export class Sweeper {
  private running: Promise<number> | undefined;

  constructor(
    private readonly reader: LogReader,
    private readonly log: LogStore,
    private readonly vault: KeyVault,
    /** Participant that runs the log: whose retrieval it was is not always known any more. */
    private readonly node: string,
    /** Retrievals closed in one run at most; the rest waits for the next. */
    private readonly limit = 256,
  ) {}

  /** Closes what is overdue and says how much of it was closed here. One run at a time. */
  sweep(): Promise<number> {
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async run(): Promise<number> {
    const orphans = await this.reader.orphans(this.limit);
    // One call each, so that a lost race takes back nothing else; the log commits them together all the same.
    const ended = await Promise.allSettled(orphans.map((orphan) => this.close(orphan)));
    const failed = ended.find((it) => it.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return ended.filter((it) => it.status === 'fulfilled' && it.value).length;
  }

  private async close(orphan: Orphan): Promise<boolean> {
    try {
      const { retrieval, opened } = orphan;
      await this.log.append([
        opened === undefined ? closingOf(retrieval, this.node) : closing(retrieval, opened, await this.open(opened)),
      ]);
      return true;
    } catch (error) {
      // Another node, or the retrieval's own, was faster; what found no room is overdue next time too.
      if (error instanceof LogBusy || (error instanceof EffectRefused && error.reason === 'ALREADY_CLOSED'))
        return false;
      throw error;
    }
  }

  /** The protected half of the opening; nothing where it is erased or no longer opens. */
  private async open(opened: StoredRecord): Promise<ProtectedPart> {
    try {
      const keys = await this.vault.find(opened.sealed.epoch);
      return keys === undefined ? {} : openRecord(opened.sealed, keys).part;
    } catch (error) {
      // An altered record must not keep its retrieval open for ever.
      if (error instanceof EpochDestroyed || error instanceof RecordUnreadable) return {};
      throw error;
    }
  }
}

/** Of a retrieval about whose opening nothing can be said any more. */
function closingOf(retrieval: string, node: string): NewEntry {
  return {
    caller: { event: 'retrieval.closed', consumer: node, retrieval_ref: retrieval, outcome: 'unknown' },
    protected: { cause: CAUSE, note: 'the record of its opening is erased or was altered' },
    persons: [],
    effects: [{ kind: 'close-retrieval', retrieval }],
  };
}

function closing(retrieval: string, opened: StoredRecord, { subjects, register_refs }: ProtectedPart): NewEntry {
  const { log_time, event, ...clear } = opened.caller;
  return {
    caller: {
      ...clear,
      event: event === 'identity.opened' ? 'identity.closed' : 'retrieval.closed',
      outcome: 'unknown',
    },
    protected: {
      cause: CAUSE,
      ...(subjects === undefined ? {} : { subjects }),
      ...(register_refs === undefined ? {} : { register_refs }),
    },
    persons: (subjects ?? []).map(({ person }) => ({ person, as: 'subject' })),
    effects: [{ kind: 'close-retrieval', retrieval }],
    retentionClass: opened.sealed.epoch.retentionClass,
  };
}
