import type { ForkEvidence } from '../../src/tokens/fork-evidence.js';
import {
  type Recalled,
  type RefusedCheckpoint,
  type Seen,
  WitnessMemory,
} from '../../src/witness-desk/witness-memory.js';

/** What a witness remembers, in memory: passes the contract of WitnessMemory. */
export class MemoryWitnessMemory extends WitnessMemory {
  readonly refused: (RefusedCheckpoint & Readonly<{ origin: string }>)[] = [];
  private readonly seen = new Map<string, Seen>();
  private readonly forks = new Map<string, ForkEvidence>();

  override async recall(origin: string): Promise<Recalled> {
    return { seen: this.seen.get(origin), fork: this.forks.get(origin) };
  }

  override async advance(origin: string, before: Seen | undefined, next: Seen): Promise<boolean> {
    const last = this.seen.get(origin);
    if (this.forks.has(origin) || last?.size !== before?.size) return false;
    if (last !== undefined && before !== undefined) {
      if (!last.root.equals(before.root)) return false;
      if (next.size < last.size || (next.size === last.size && !next.root.equals(last.root)))
        throw new Error('a witness does not go back');
    }
    this.seen.set(origin, next);
    return true;
  }

  override async keepFork(origin: string, fork: ForkEvidence): Promise<void> {
    if (!this.forks.has(origin)) this.forks.set(origin, fork);
  }

  override async keepRefused(origin: string, refused: RefusedCheckpoint): Promise<boolean> {
    const ofOne = this.refused.filter((it) => it.origin === origin && it.by === refused.by);
    const isThere = ofOne.some(({ size, root }) => size === refused.size && root.equals(refused.root));
    if (isThere || ofOne.length === 10 || Buffer.byteLength(refused.request) > 16_384) return false;
    this.refused.push({ ...refused, origin });
    return true;
  }
}
