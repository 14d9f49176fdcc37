import {
  CosignatureStore,
  type Cosigned,
  type FailedAttempt,
  type Standing,
} from '../../src/witnesses/cosignature-store.js';
import { type Dispute, isSame, type RecordedDispute } from '../../src/witnesses/dispute.js';
import { DisputeStore } from '../../src/witnesses/dispute-store.js';

/** Cosignatures in memory: passes the contract of CosignatureStore. */
export class MemoryCosignatureStore extends CosignatureStore {
  ms = Date.now();
  private nextAtMs = 0;
  private kept: Cosigned[] = [];
  private readonly standing = new Map<string, Standing>();

  override async takeRound(intervalMs: number): Promise<boolean> {
    if (this.ms < this.nextAtMs) return false;
    this.nextAtMs = this.ms + intervalMs;
    return true;
  }

  override async keep(cosigned: Cosigned): Promise<void> {
    const { witness, size } = cosigned;
    this.kept = [...this.kept.filter((it) => it.witness !== witness || it.size !== size), cosigned];
    const before = this.standing.get(witness)?.cosignedSize ?? 0;
    const [cosignedAtMs, answeredAtMs] = [this.ms, this.ms];
    this.standing.set(witness, { cosignedSize: Math.max(before, size), cosignedAtMs, answeredAtMs, last: 'cosigned' });
  }

  override async noteFailure(witness: string, last: FailedAttempt): Promise<void> {
    const before = this.standing.get(witness);
    this.standing.set(witness, {
      cosignedSize: before?.cosignedSize ?? 0,
      cosignedAtMs: before?.cosignedAtMs,
      answeredAtMs: last === 'unreachable' ? before?.answeredAtMs : this.ms,
      last,
    });
  }

  override async standings(): Promise<ReadonlyMap<string, Standing>> {
    return new Map(this.standing);
  }

  override async now(): Promise<number> {
    return this.ms;
  }

  override async cosigned(): Promise<readonly Cosigned[]> {
    return this.kept.toSorted((a, b) => b.size - a.size || a.witness.localeCompare(b.witness));
  }

  override async forgetBelow(size: number): Promise<void> {
    const larger = [...new Set(this.kept.map((it) => it.size).filter((it) => it > size))].sort((a, b) => b - a);
    const newest = new Set(larger.slice(0, 64));
    this.kept = this.kept.filter((it) => it.size === size || newest.has(it.size));
  }
}

/** Disputes in memory: passes the contract of DisputeStore. */
export class MemoryDisputeStore extends DisputeStore {
  ms = Date.now();
  failing = false;
  private disputes: RecordedDispute[] = [];
  private readonly writing = new Set<RecordedDispute>();

  override async record(dispute: Dispute): Promise<void> {
    if (this.failing) throw new Error('the store is closed');
    if (this.disputes.some((it) => isSame(it, dispute))) return;
    this.disputes.push({ ...dispute, reportedAtMs: this.ms, incidentIndex: undefined });
  }

  override async recorded(): Promise<readonly RecordedDispute[]> {
    return [...this.disputes];
  }

  override async logIncidents(write: (dispute: RecordedDispute) => Promise<number>): Promise<void> {
    const due = this.disputes.filter((it) => it.incidentIndex === undefined && !this.writing.has(it));
    for (const it of due) this.writing.add(it);
    try {
      for (const it of due) {
        const incidentIndex = await write(it);
        this.disputes = this.disputes.map((other) => (other === it ? { ...it, incidentIndex } : other));
      }
    } finally {
      for (const it of due) this.writing.delete(it);
    }
  }
}
