import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReceiptCopy } from '../audit/receipt.js';
import type { Trigger } from '../consent/trigger.js';
import { TriggerStore } from '../consent/trigger-store.js';
import { TriggerWithdrawal } from '../consent/trigger-withdrawal.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import { CitizenDesk } from './citizen-desk.js';
import { decidedBy, isOfAPerson } from './own-decision.js';
import { OwnPseudonyms } from './own-pseudonyms.js';

type Withdrawn = Readonly<{ trigger: Trigger; receipt: ReceiptCopy | undefined }>;

/** The person takes one decision of their own back, whoever attested it (GDPR Art. 7 (3)): as easily as it was given. */
export class WithdrawOwnDecision extends Command<Withdrawn> {
  constructor(
    readonly caller: Caller,
    readonly sessionToken: string,
    /** Entry by which the decision is theirs. */
    readonly index: number,
  ) {
    super();
  }
}

@CommandHandler(WithdrawOwnDecision)
export class WithdrawOwnDecisionHandler implements ICommandHandler<WithdrawOwnDecision> {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly pseudonyms: OwnPseudonyms,
    private readonly triggers: TriggerStore,
    private readonly withdrawal: TriggerWithdrawal,
  ) {}

  /** @throws Fault NOT_FOUND for an entry that is no decision of this person */
  async execute({ caller, sessionToken, index }: WithdrawOwnDecision): Promise<Withdrawn> {
    const citizen = await this.desk.accept(caller, sessionToken);
    const { refs } = await this.pseudonyms.refsOf(citizen);
    const id = decidedBy(await this.desk.entry({ refs }, index));
    const found = await this.find(id);
    const deciders = citizen.refs.map((person) => ({ person, as: 'decider' as const }));
    const [receipt] = await this.withdrawal.withdraw([found], deciders);
    return { trigger: await this.find(id), receipt };
  }

  private async find(id: string | undefined): Promise<Trigger> {
    const [found] = id === undefined ? [] : await this.triggers.findAny([id]);
    if (found === undefined || !isOfAPerson(found)) throw refusal('NOT_FOUND');
    return found;
  }
}
