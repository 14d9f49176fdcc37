import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReceiptCopy } from '../audit/receipt.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import type { Trigger } from './trigger.js';
import { TriggerStore } from './trigger-store.js';
import { TriggerWithdrawal } from './trigger-withdrawal.js';

/** Takes effect at the next step of every running, held or deferred exchange; erases nothing from the log (GDPR Art. 7 (3)). */
export class WithdrawTriggers extends Command<
  Readonly<{ triggers: readonly Trigger[]; receipts: readonly ReceiptCopy[] }>
> {
  constructor(
    readonly caller: Caller,
    readonly triggerIds: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(WithdrawTriggers)
export class WithdrawTriggersHandler implements ICommandHandler<WithdrawTriggers> {
  constructor(
    private readonly triggers: TriggerStore,
    private readonly withdrawal: TriggerWithdrawal,
  ) {}

  async execute({ caller, triggerIds }: WithdrawTriggers) {
    const ids = [...new Set(triggerIds)];
    const found = await this.triggers.find(caller.participant.id, ids);
    if (found.length !== ids.length) throw refusal('NOT_FOUND');
    const receipts = await this.withdrawal.withdraw(found);
    return { triggers: await this.triggers.find(caller.participant.id, ids), receipts };
  }
}
