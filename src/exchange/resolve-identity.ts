import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { asUnused } from '../consent/trigger.js';
import { TriggerDesk } from '../consent/trigger-desk.js';
import { sealSubject } from '../identity/subject-token.js';
import { Clock } from '../platform/clock.js';
import { Fault, invalid, refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { AnswerOnce } from './answer-once.js';
import {
  type ExchangeContext,
  isAwaited,
  type PreparedExchange,
  type RequestedSubject,
  type RestsOn,
  restsOn,
  triggersOf,
} from './exchange.js';
import { FixedSlot } from './fixed-slot.js';
import { SubjectIdentification } from './identify-subjects.js';
import { ExchangeJournal } from './journal.js';
import { LookupAllowance } from './lookup-allowance.js';
import { PermissionInForce } from './permission-in-force.js';
import { ExchangePreparation } from './prepare-exchange.js';

export type ResolvedIdentity = Readonly<{
  subjects: readonly Readonly<{ role: string; token: string; expiresAt: number }>[];
  receipt: ReceiptCopy;
  restsOn: RestsOn;
}>;

/** Looks persons up and hands out tokens for them: the consumer need not hold an identification number. */
export class ResolveIdentity extends Command<ResolvedIdentity> {
  constructor(
    readonly context: Omit<ExchangeContext, 'purpose'>,
    readonly requestId: string,
    readonly service: string,
    readonly subjects: readonly RequestedSubject[],
    readonly triggerIds: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(ResolveIdentity)
export class ResolveIdentityHandler implements ICommandHandler<ResolveIdentity> {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly triggers: TriggerDesk,
    private readonly preparation: ExchangePreparation,
    private readonly identification: SubjectIdentification,
    private readonly inForce: PermissionInForce,
    private readonly journal: ExchangeJournal,
    private readonly slot: FixedSlot,
    private readonly allowance: LookupAllowance,
    private readonly answers: AnswerOnce,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  async execute(command: ResolveIdentity): Promise<ResolvedIdentity> {
    const service = this.catalogue.lookup.service(command.service);
    if (service === undefined) throw invalid([{ field: 'service', description: 'is not a service of the catalogue' }]);
    if (service.consumer !== command.context.caller.participant.id) throw refusal('TRANSFER_NOT_PERMITTED');
    const purpose = this.catalogue.lookup.purpose(service.purpose);
    if (purpose === undefined) throw refusal('PURPOSE_NOT_REGISTERED');
    const context: ExchangeContext = { ...command.context, purpose };
    const { requestId, subjects, triggerIds } = command;
    return this.answers.answer(
      context,
      requestId,
      { service: service.id, subjects, triggerIds },
      {
        named: triggerIds,
        prepare: (isRepeat) => this.prepare(context, command, isRepeat),
        demandRepeatable: ({ restsOn }, prepared) => this.inForce.demandAgain(context, restsOn, prepared),
        triggers: triggersOf,
        run: (prepared) => this.allowance.within(context, prepared, () => this.resolve(context, prepared)),
      },
    );
  }

  private async prepare(
    context: ExchangeContext,
    { subjects, triggerIds }: ResolveIdentity,
    isRepeat: boolean,
  ): Promise<PreparedExchange> {
    const found = await this.triggers.find(context.caller.participant.id, triggerIds);
    return this.preparation.prepare(context, subjects, [], isRepeat ? found.map(asUnused) : found, isRepeat);
  }

  private async resolve(context: ExchangeContext, prepared: PreparedExchange): Promise<ResolvedIdentity> {
    if (!isAwaited(context, this.clock.now())) throw new Fault('DEADLINE_PASSED');
    const identified = await this.identification.identify(context, prepared);
    const { ended } = identified;
    const close = (summary: Pick<Parameters<ExchangeJournal['closed']>[2], 'outcome' | 'reason'>) =>
      this.identification.concluded(context, ended, () => this.journal.closed(context, [], { ...summary, ended }));
    if (identified.nobody !== undefined) {
      await this.slot.reached(context.arrivedAt);
      await close({ outcome: 'refused', reason: 'SUBJECT_NOT_AVAILABLE' });
      return this.slot.refuse(context.arrivedAt);
    }
    const { summary } = await close({ outcome: 'released' });
    const subjects = prepared.lookups.flatMap(({ subjectRole }) => {
      const person = identified.persons.get(subjectRole);
      if (person === undefined) return [];
      const { token, expiresAt } = sealSubject(this.seal, person, {
        consumer: context.caller.participant.id,
        certificate: context.caller.thumbprint,
        nowMs: this.clock.now(),
      });
      return [{ role: subjectRole, token, expiresAt }];
    });
    return { subjects, receipt: copyOf(summary), restsOn: restsOn(context.purpose, prepared.lookups) };
  }
}
