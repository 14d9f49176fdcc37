import { ActivationStore } from '../../src/access/activation-store.js';
import type { TrustState } from '../../src/access/trust-state.js';

/** Activations in memory, for use-case tests: passes the contract of ActivationStore. */
export class MemoryActivationStore extends ActivationStore {
  readonly #states = new Map<string, TrustState>();
  #turn: Promise<unknown> = Promise.resolve();

  override replace(node: string, work: (last: TrustState | undefined) => Promise<TrustState>): Promise<void> {
    const done = this.#turn.then(async () => {
      this.#states.set(node, await work(this.#states.get(node)));
    });
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
