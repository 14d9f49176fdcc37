import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import type { Trigger } from './trigger.js';
import { TriggerStore } from './trigger-store.js';

/** One trigger of the caller. @throws Fault NOT_FOUND, also for another participant's */
export class GetTrigger extends Query<Trigger> {
  constructor(
    readonly caller: Caller,
    readonly triggerId: string,
  ) {
    super();
  }
}

@QueryHandler(GetTrigger)
export class GetTriggerHandler implements IQueryHandler<GetTrigger> {
  constructor(private readonly triggers: TriggerStore) {}

  async execute({ caller, triggerId }: GetTrigger): Promise<Trigger> {
    const [trigger] = await this.triggers.find(caller.participant.id, [triggerId]);
    if (trigger === undefined) throw refusal('NOT_FOUND');
    return trigger;
  }
}
