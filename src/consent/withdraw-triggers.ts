import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../audit/audit-log.js';
import { EffectRefused } from '../audit/effect.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import { SealedAnswers } from './sealed-answers.js';
import type { Trigger } from './trigger.js';
import { TriggerStore } from './trigger-store.js';

/** Takes effect at the next step of every running, held or deferred exchange; erases nothing from the log (GDPR Art. 7 (3)). */
export class WithdrawTriggers extends Command<
  Readonly<{ triggers: readonly Trigger[]; receipt: ReceiptCopy | undefined }>
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
    private readonly audit: AuditLog,
    private readonly answers: SealedAnswers,
  ) {}

  async execute({ caller, triggerIds }: WithdrawTriggers) {
    const ids = [...new Set(triggerIds)];
    const found = await this.triggers.find(caller.participant.id, ids);
    if (found.length !== ids.length) throw refusal('NOT_FOUND');
    const receipt = await this.logWithdrawals(found.filter(({ state }) => state !== 'withdrawn'));
    await this.answers.destroyByTrigger(ids);
    return { triggers: await this.triggers.find(caller.participant.id, ids), receipt };
  }

  private async logWithdrawals(triggers: readonly Trigger[]): Promise<ReceiptCopy | undefined> {
    let last: ReceiptCopy | undefined;
    for (const { id, decision } of triggers) {
      try {
        const { requester, evidence_type, purpose, legal_basis, attester, decider } = decision;
        const receipt = await this.audit.triggerWithdrawn({
          caller: { consumer: requester, trigger_id: id, evidence_type, purpose, legal_basis },
          persons: [{ person: { kind: 'pseudonym', issuer: attester, value: decider }, as: 'decider' }],
        });
        last = copyOf(receipt);
      } catch (error) {
        // Somebody else withdrew it in the same moment: it is withdrawn, which is all that was asked.
        if (!(error instanceof EffectRefused && error.reason === 'WITHDRAWN')) throw error;
      }
    }
    return last;
  }
}
