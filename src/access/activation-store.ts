import type { TrustState } from './trust-state.js';

/**
 * Remembers what a node was activated with last: `replace` gives it to the work, `undefined` the first time, and keeps
 * what the work returns. One at a time for all nodes of one database; work that fails changes nothing.
 */
export abstract class ActivationStore {
  abstract replace(node: string, work: (last: TrustState | undefined) => Promise<TrustState>): Promise<void>;
}
