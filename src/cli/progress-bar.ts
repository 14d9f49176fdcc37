const CELLS = 30;
const REDRAW_MS = 100;

/** Shows on a terminal how far something is; writes nothing anywhere else. */
export class ProgressBar {
  private readonly started = performance.now();
  private drawn = Number.NEGATIVE_INFINITY;
  private isShown = false;

  constructor(
    private readonly unit: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  update(done: number, total: number): void {
    const now = performance.now();
    if (!this.stream.isTTY || (now - this.drawn < REDRAW_MS && done < total)) return;
    this.drawn = now;
    this.isShown = true;
    const share = total === 0 ? 1 : done / total;
    const bar = '█'.repeat(Math.round(share * CELLS)).padEnd(CELLS, '░');
    const seconds = Math.round((now - this.started) / 1000);
    const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${this.unit}`;
    this.stream.write(`\r${bar} ${Math.floor(share * 100)} %  ${count}, ${seconds} s`);
  }

  /** Clears the line. */
  end(): void {
    if (this.isShown) this.stream.write('\r\u001b[K');
  }
}
