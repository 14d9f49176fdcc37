import { RateStore, type RateWindow } from '../../src/register-edge/rate-store.js';

export class MemoryRateStore extends RateStore {
  readonly #used = new Map<string, number>();

  override async count(consumer: string, { startsAt, endsAt }: RateWindow, max: number): Promise<boolean> {
    const window = `${consumer} ${startsAt} ${endsAt}`;
    const used = this.#used.get(window) ?? 0;
    if (used >= max) return false;
    this.#used.set(window, used + 1);
    return true;
  }
}
