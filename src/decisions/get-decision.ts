import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Trigger } from '../consent/trigger.js';
import { TriggerStore } from '../consent/trigger-store.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import { DecisionStore } from './decision-store.js';

export type Decided = Readonly<{ isDecided: boolean; triggers: readonly Trigger[] }>;

/** What became of a request of the caller. @throws Fault NOT_FOUND, also for another participant's */
export class GetDecision extends Query<Decided> {
  constructor(
    readonly caller: Caller,
    readonly decisionId: string,
  ) {
    super();
  }
}

@QueryHandler(GetDecision)
export class GetDecisionHandler implements IQueryHandler<GetDecision> {
  constructor(
    private readonly requests: DecisionStore,
    private readonly triggers: TriggerStore,
  ) {}

  async execute({ caller, decisionId }: GetDecision): Promise<Decided> {
    const request = await this.requests.byId(decisionId, caller.participant.id);
    if (request === undefined) throw refusal('NOT_FOUND');
    const { consumer, triggerIds = [] } = request;
    const triggers = await this.triggers.find(consumer, triggerIds);
    // Between answer and grant nothing is decided yet.
    return { isDecided: request.triggerIds !== undefined && triggers.length === triggerIds.length, triggers };
  }
}
