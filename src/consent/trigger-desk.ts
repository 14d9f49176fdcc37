import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { Clock } from '../platform/clock.js';
import { refusal } from '../platform/fault.js';
import { type Trigger, type Wanted, whyNotCovering } from './trigger.js';
import { TriggerStore } from './trigger-store.js';

/** Finds the triggers a caller names and holds each against what it is to cover. */
export class TriggerDesk {
  constructor(
    private readonly store: TriggerStore,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault TRIGGER_MISSING where an id is unknown or another consumer's: both look the same */
  async find(requester: string, ids: readonly string[]): Promise<readonly Trigger[]> {
    const found = await this.store.find(requester, ids);
    if (found.length !== new Set(ids).size) throw refusal('TRIGGER_MISSING');
    return found;
  }

  /** @throws Fault TRIGGER_WITHDRAWN if one of them was withdrawn, whatever else became of them */
  async demandNotWithdrawn(requester: string, ids: readonly string[]): Promise<void> {
    const triggers = await this.store.find(requester, ids);
    if (triggers.some(({ state }) => state === 'withdrawn')) throw refusal('TRIGGER_WITHDRAWN');
  }

  /** @throws Fault with the reason of the first check that fails */
  demand(trigger: Trigger, wanted: Omit<Wanted, 'attesterKind'>): void {
    const attesterKind = this.catalogue.lookup.participant(trigger.decision.attester)?.kind;
    const failing = whyNotCovering(trigger, { ...wanted, attesterKind }, this.clock.now());
    if (failing !== undefined) throw refusal(failing.reason, { rule: failing.rule });
  }
}
