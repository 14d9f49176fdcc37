import { LogBusy } from './log-store.js';

type Waiting<Call, Result> = Readonly<{
  call: Call;
  weight: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}>;

/** What became of one call of a batch: its result, or why it alone failed. */
export type Settled<Result> = Readonly<{ ok: true; result: Result } | { ok: false; error: unknown }>;

export type Writer<Call, Result> = Readonly<{
  /** Gives one outcome per call, in their order; throws when the whole batch failed. */
  write(calls: readonly Call[]): Promise<readonly Settled<Result>[]>;
  /** Batches that may be under way at once, right now. */
  depth(): number;
}>;

/**
 * Group commit: while batches are under way the next one fills. At low load a call is a batch of its own and waits for
 * nothing; under load batches grow. A call is never split over batches.
 */
export class AppendQueue<Call, Result> {
  private waiting: Waiting<Call, Result>[] = [];
  /** Of the calls that wait, and of those under way. */
  private weight = 0;
  private underWay = 0;
  private batches = 0;

  constructor(
    private readonly limits: Readonly<{ waiting: number; batch: number }>,
    private readonly writer: Writer<Call, Result>,
  ) {}

  /** Weight of the calls that wait, and of those under way. */
  get outstanding(): number {
    return this.weight + this.underWay;
  }

  /** Throws {@link LogBusy} when the queue is full. */
  async add(call: Call, weight: number): Promise<Result> {
    if (this.weight + weight > this.limits.waiting) throw new LogBusy('too many entries wait for the log');
    this.weight += weight;
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ call, weight, resolve, reject });
      this.start();
    });
  }

  private start(): void {
    while (this.waiting.length > 0 && this.batches < this.writer.depth()) void this.run(this.take());
  }

  private async run(batch: readonly Waiting<Call, Result>[]): Promise<void> {
    const weight = batch.reduce((sum, call) => sum + call.weight, 0);
    this.batches += 1;
    this.underWay += weight;
    try {
      const settled = await this.writer.write(batch.map(({ call }) => call));
      for (const [i, { resolve, reject }] of batch.entries()) {
        const outcome = settled[i];
        if (outcome?.ok) resolve(outcome.result);
        else reject(outcome?.error ?? new Error('a call of the batch has no outcome'));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.batches -= 1;
      this.underWay -= weight;
      this.start();
    }
  }

  /** Its share of all that is outstanding, so that one batch is built while the one before is written. */
  private take(): Waiting<Call, Result>[] {
    const share = Math.ceil((this.weight + this.underWay) / this.writer.depth());
    const limit = Math.min(this.limits.batch, share);
    let weight = 0;
    let count = 0;
    for (const waiting of this.waiting) {
      if (count > 0 && weight + waiting.weight > limit) break;
      weight += waiting.weight;
      count += 1;
    }
    this.weight -= weight;
    return this.waiting.splice(0, count);
  }
}
