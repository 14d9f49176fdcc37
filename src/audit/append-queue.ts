import { LogBusy } from './log-store.js';

type Waiting<Call, Result> = Readonly<{
  call: Call;
  weight: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}>;

/** What became of one call of a batch: its result, or why it alone failed. */
export type Settled<Result> = Readonly<{ ok: true; result: Result } | { ok: false; error: unknown }>;

/**
 * Group commit: one batch in flight, the next one fills meanwhile. At low load a call is a batch of its own and waits
 * for nothing; under load batches grow. A call is never split over batches.
 */
export class AppendQueue<Call, Result> {
  private waiting: Waiting<Call, Result>[] = [];
  private weight = 0;
  private running = false;

  constructor(
    private readonly limits: Readonly<{ waiting: number; batch: number }>,
    /** Gives one outcome per call, in their order; throws when the whole batch failed. */
    private readonly write: (calls: readonly Call[]) => Promise<readonly Settled<Result>[]>,
  ) {}

  /** Throws {@link LogBusy} when the queue is full. */
  async add(call: Call, weight: number): Promise<Result> {
    if (this.weight + weight > this.limits.waiting) throw new LogBusy('too many entries wait for the log');
    this.weight += weight;
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ call, weight, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) {
      const batch = this.take();
      try {
        const settled = await this.write(batch.map(({ call }) => call));
        for (const [i, { resolve, reject }] of batch.entries()) {
          const outcome = settled[i];
          if (outcome?.ok) resolve(outcome.result);
          else reject(outcome?.error ?? new Error('a call of the batch has no outcome'));
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.running = false;
  }

  private take(): Waiting<Call, Result>[] {
    let weight = 0;
    let count = 0;
    for (const waiting of this.waiting) {
      if (count > 0 && weight + waiting.weight > this.limits.batch) break;
      weight += waiting.weight;
      count += 1;
    }
    this.weight -= weight;
    return this.waiting.splice(0, count);
  }
}
