import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import type { Trigger } from './trigger.js';
import { TriggerStore } from './trigger-store.js';

/** The caller's own triggers, newest first. */
export class ListTriggers extends Query<readonly Trigger[]> {
  constructor(
    readonly caller: Caller,
    readonly limit: number,
    /** Last trigger of the page before. */
    readonly before: string | undefined,
  ) {
    super();
  }
}

@QueryHandler(ListTriggers)
export class ListTriggersHandler implements IQueryHandler<ListTriggers> {
  constructor(private readonly triggers: TriggerStore) {}

  execute({ caller, limit, before }: ListTriggers): Promise<readonly Trigger[]> {
    return this.triggers.list(caller.participant.id, limit, before);
  }
}
