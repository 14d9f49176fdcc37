/**
 * What must happen together with an entry or not at all: decided under the lock of the head, in the order in which
 * the calls stand in the batch.
 *
 * - `grant-trigger`: from now on the trigger may be used once.
 * - `use-trigger`: the single use, by one retrieval. A second use is refused, also by the same retrieval.
 * - `trigger-in-force`: the retrieval used this trigger and it was not withdrawn since; due before every release.
 * - `withdraw-trigger`: from now on it can neither be used nor count as in force.
 * - `open-retrieval`, `close-retrieval`: a retrieval has exactly one final outcome. `expiresAt` is when a sweeper may
 *   close it as unknown.
 * - `retrieval-open`: the retrieval has no final outcome yet.
 * - `once`: the entry of this name, of which the log has one at most.
 */
export type Effect =
  | Readonly<{ kind: 'grant-trigger'; trigger: string }>
  | Readonly<{ kind: 'use-trigger'; trigger: string; by: string }>
  | Readonly<{ kind: 'trigger-in-force'; trigger: string; by: string }>
  | Readonly<{ kind: 'withdraw-trigger'; trigger: string }>
  | Readonly<{ kind: 'open-retrieval'; retrieval: string; expiresAt: Date }>
  | Readonly<{ kind: 'retrieval-open'; retrieval: string }>
  | Readonly<{ kind: 'close-retrieval'; retrieval: string }>
  | Readonly<{ kind: 'once'; name: string }>;

export type EffectRefusal =
  | 'UNKNOWN_TRIGGER'
  | 'ALREADY_GRANTED'
  | 'USED'
  | 'NOT_USED_BY'
  | 'WITHDRAWN'
  | 'UNKNOWN_RETRIEVAL'
  | 'ALREADY_OPENED'
  | 'ALREADY_CLOSED'
  | 'ALREADY_LOGGED';

/** The log refuses the whole append because of this effect; nothing of it was written, other appends are untouched. */
export class EffectRefused extends Error {
  override readonly name = 'EffectRefused';

  constructor(
    readonly reason: EffectRefusal,
    /** Position of the entry in the append. */
    readonly entry: number,
    readonly effect: Effect,
  ) {
    super(`the log refuses ${effect.kind}: ${reason}`);
  }
}

export type TriggerState = Readonly<{ state: 'UNKNOWN' | 'GRANTED' | 'WITHDRAWN' } | { state: 'USED'; by: string }>;
export type RetrievalState = 'UNKNOWN' | 'OPEN' | 'CLOSED';

/** The states that a batch touches, as the head lock protects them; moves on as the batch's appends are accepted. */
export class EffectLedger {
  constructor(
    private triggers: ReadonlyMap<string, TriggerState>,
    private retrievals: ReadonlyMap<string, RetrievalState>,
    private names: ReadonlySet<string> = new Set(),
  ) {}

  /** The states in which the first of these effects on each trigger, retrieval and name holds. */
  static assuming(effects: readonly Effect[]): EffectLedger {
    const triggers = new Map<string, TriggerState>();
    const retrievals = new Map<string, RetrievalState>();
    for (const effect of effects) {
      if ('trigger' in effect && !triggers.has(effect.trigger)) triggers.set(effect.trigger, assumed(effect));
      if ('retrieval' in effect && !retrievals.has(effect.retrieval))
        retrievals.set(effect.retrieval, effect.kind === 'open-retrieval' ? 'UNKNOWN' : 'OPEN');
    }
    return new EffectLedger(triggers, retrievals);
  }

  /** Accepts all effects of one append, or none and says which one fails. */
  settle(entries: readonly (readonly Effect[])[]): EffectRefused | undefined {
    const triggers = new Map(this.triggers);
    const retrievals = new Map(this.retrievals);
    const names = new Set(this.names);
    for (const [position, effects] of entries.entries()) {
      for (const effect of effects) {
        const refusal = step(effect, triggers, retrievals, names);
        if (refusal !== undefined) return new EffectRefused(refusal, position, effect);
      }
    }
    this.triggers = triggers;
    this.retrievals = retrievals;
    this.names = names;
    return undefined;
  }
}

const UNKNOWN: TriggerState = { state: 'UNKNOWN' };

function assumed(effect: Extract<Effect, { trigger: string }>): TriggerState {
  switch (effect.kind) {
    case 'grant-trigger':
      return UNKNOWN;
    case 'trigger-in-force':
      return { state: 'USED', by: effect.by };
    default:
      return { state: 'GRANTED' };
  }
}

function step(
  effect: Effect,
  triggers: Map<string, TriggerState>,
  retrievals: Map<string, RetrievalState>,
  names: Set<string>,
): EffectRefusal | undefined {
  switch (effect.kind) {
    case 'grant-trigger':
      if ((triggers.get(effect.trigger) ?? UNKNOWN).state !== 'UNKNOWN') return 'ALREADY_GRANTED';
      triggers.set(effect.trigger, { state: 'GRANTED' });
      return undefined;
    case 'use-trigger': {
      const trigger = triggers.get(effect.trigger) ?? UNKNOWN;
      if (trigger.state !== 'GRANTED') return trigger.state === 'UNKNOWN' ? 'UNKNOWN_TRIGGER' : trigger.state;
      triggers.set(effect.trigger, { state: 'USED', by: effect.by });
      return undefined;
    }
    case 'trigger-in-force': {
      const trigger = triggers.get(effect.trigger) ?? UNKNOWN;
      if (trigger.state === 'UNKNOWN') return 'UNKNOWN_TRIGGER';
      if (trigger.state === 'WITHDRAWN') return 'WITHDRAWN';
      return trigger.state === 'USED' && trigger.by === effect.by ? undefined : 'NOT_USED_BY';
    }
    case 'withdraw-trigger': {
      const { state } = triggers.get(effect.trigger) ?? UNKNOWN;
      if (state === 'UNKNOWN') return 'UNKNOWN_TRIGGER';
      if (state === 'WITHDRAWN') return 'WITHDRAWN';
      triggers.set(effect.trigger, { state: 'WITHDRAWN' });
      return undefined;
    }
    case 'open-retrieval':
      if ((retrievals.get(effect.retrieval) ?? 'UNKNOWN') !== 'UNKNOWN') return 'ALREADY_OPENED';
      retrievals.set(effect.retrieval, 'OPEN');
      return undefined;
    case 'retrieval-open':
    case 'close-retrieval': {
      const state = retrievals.get(effect.retrieval) ?? 'UNKNOWN';
      if (state !== 'OPEN') return state === 'CLOSED' ? 'ALREADY_CLOSED' : 'UNKNOWN_RETRIEVAL';
      if (effect.kind === 'close-retrieval') retrievals.set(effect.retrieval, 'CLOSED');
      return undefined;
    }
    case 'once':
      if (names.has(effect.name)) return 'ALREADY_LOGGED';
      names.add(effect.name);
      return undefined;
  }
}
