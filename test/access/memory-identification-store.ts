import { IdentificationStore, MAX_WRONG_IN_A_ROW } from '../../src/access/identification-store.js';

/** Wrong identifications in memory, for use-case tests: passes the contract of IdentificationStore. */
export class MemoryIdentificationStore extends IdentificationStore {
  readonly #rows = new Map<string, { wrong: number; lock: string | undefined; record: 'due' | 'begun' | 'made' }>();

  override async countWrong(participant: string, lock: string): Promise<void> {
    const row = this.#rows.get(participant) ?? { wrong: 0, lock: undefined, record: 'due' };
    row.wrong += 1;
    this.#rows.set(participant, row);
    if (row.lock === undefined && row.wrong > MAX_WRONG_IN_A_ROW) row.lock = lock;
  }

  override async record(participant: string, work: (lock: string) => Promise<unknown>): Promise<void> {
    const row = this.#rows.get(participant);
    if (row?.lock === undefined || row.record !== 'due') return;
    row.record = 'begun';
    try {
      await work(row.lock);
      row.record = 'made';
    } catch (error) {
      row.record = 'due';
      throw error;
    }
  }

  override async endRow(participant: string): Promise<void> {
    if (this.#rows.get(participant)?.lock === undefined) this.#rows.delete(participant);
  }

  override async lockOf(participant: string): Promise<string | undefined> {
    return this.#rows.get(participant)?.lock;
  }

  override async lift(participant: string, lock: string): Promise<boolean> {
    return this.#rows.get(participant)?.lock === lock && this.#rows.delete(participant);
  }
}
