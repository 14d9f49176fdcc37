import type { Trigger, TriggerState } from '../../src/consent/trigger.js';
import { TriggerStore } from '../../src/consent/trigger-store.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';

/** Triggers in memory whose state is in the entries of the log, for use-case tests: passes the contract of TriggerStore. */
export class MemoryTriggerStore extends TriggerStore {
  readonly #contents = new Map<string, Omit<Trigger, 'state'>>();

  constructor(private readonly log: MemoryLogStore) {
    super();
  }

  override async put(triggers: readonly Omit<Trigger, 'state'>[]): Promise<void> {
    for (const trigger of triggers) if (!this.#contents.has(trigger.id)) this.#contents.set(trigger.id, trigger);
  }

  override async attestations(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(
      [...this.#contents.values()].flatMap((it) => (ids.includes(it.id) ? [[it.id, it.attestation]] : [])),
    );
  }

  override async find(requester: string, ids: readonly string[]): Promise<readonly Trigger[]> {
    const own = this.#granted(requester);
    return [...new Set(ids)].flatMap((id) => own.find((it) => it.id === id) ?? []);
  }

  override async findAny(ids: readonly string[]): Promise<readonly Trigger[]> {
    const granted = this.#granted();
    return [...new Set(ids)].flatMap((id) => granted.find((it) => it.id === id) ?? []);
  }

  override async list(requester: string, limit: number, before: string | undefined): Promise<readonly Trigger[]> {
    const newest = this.#granted(requester).reverse();
    const start = before === undefined ? 0 : newest.findIndex(({ id }) => id === before) + 1;
    return before !== undefined && start === 0 ? [] : newest.slice(start, start + limit);
  }

  override async destroyExpired(): Promise<void> {
    for (const [id, it] of this.#contents)
      if (it.decision.exp * 1000 < Date.now() - 600_000) this.#contents.set(id, { ...it, commitmentSalt: '' });
  }

  #granted(requester?: string): Trigger[] {
    const states = this.#states();
    return [...this.#contents.values()].flatMap((content) => {
      const state = states.get(content.id);
      const isTheirs = requester === undefined || content.decision.requester === requester;
      return state === undefined || !isTheirs ? [] : [{ ...content, state }];
    });
  }

  #states(): ReadonlyMap<string, TriggerState> {
    const states = new Map<string, TriggerState>();
    for (const effect of this.log.entries.flatMap(({ draft }) => draft.entry.effects)) {
      if (effect.kind === 'grant-trigger') states.set(effect.trigger, 'granted');
      if (effect.kind === 'use-trigger') states.set(effect.trigger, 'used');
      if (effect.kind === 'withdraw-trigger') states.set(effect.trigger, 'withdrawn');
    }
    return states;
  }
}
