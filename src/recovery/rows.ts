/** A sorted stream of rows that is looked at before it is taken, so that several are walked side by side. */
export class Rows<Row> {
  private readonly source: AsyncIterator<readonly Row[]>;
  private batch: readonly Row[] = [];
  private at = 0;
  private isOver = false;

  constructor(batches: AsyncIterable<readonly Row[]>) {
    this.source = batches[Symbol.asyncIterator]();
  }

  /** The next row, which stays; `undefined` at the end. */
  async peek(): Promise<Row | undefined> {
    while (this.at >= this.batch.length && !this.isOver) {
      const { value, done } = await this.source.next();
      this.isOver = done === true;
      this.batch = value ?? [];
      this.at = 0;
    }
    return this.batch[this.at];
  }

  async take(): Promise<Row | undefined> {
    const row = await this.peek();
    this.at += 1;
    return row;
  }
}
