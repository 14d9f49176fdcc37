import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { type BeforePages, type Decider, DeciderDesk } from './decider-desk.js';
import type { StoredRequest } from './decision-store.js';

export type OpenedDecision = Readonly<{ asked: StoredRequest; decider: Decider | undefined }>;

/** What a link asks; about whom, once whoever signed in is the one who is asked. A command: a session may get its entry by it. */
export class OpenDecision extends Command<OpenedDecision> {
  constructor(
    readonly caller: Caller,
    readonly secret: string,
    readonly before: BeforePages | undefined,
  ) {
    super();
  }
}

@CommandHandler(OpenDecision)
export class OpenDecisionHandler implements ICommandHandler<OpenDecision> {
  constructor(private readonly desk: DeciderDesk) {}

  async execute({ caller, secret, before }: OpenDecision): Promise<OpenedDecision> {
    if (before === undefined) return { asked: await this.desk.asked(caller, secret), decider: undefined };
    const decider = await this.desk.decider(secret, before);
    return { asked: decider.request, decider };
  }
}
