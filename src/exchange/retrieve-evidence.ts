import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { asUnused, type Trigger } from '../consent/trigger.js';
import { TriggerDesk } from '../consent/trigger-desk.js';
import { refusal } from '../platform/fault.js';
import { AnswerOnce } from './answer-once.js';
import {
  type ExchangeContext,
  type PreparedExchange,
  type RequestedNeed,
  type RequestedSubject,
  triggersOf,
} from './exchange.js';
import type { ExchangeAnswer } from './exchange-answer.js';
import { ExchangeOutcome } from './exchange-outcome.js';
import { PermissionInForce } from './permission-in-force.js';
import { ExchangePreparation } from './prepare-exchange.js';

export type NamedNeed = Omit<RequestedNeed, 'trigger'> & Readonly<{ triggerId: string }>;

/** Signed evidence without a form. A command, not a query: it leaves a trace. */
export class RetrieveEvidence extends Command<ExchangeAnswer> {
  constructor(
    readonly context: Omit<ExchangeContext, 'purpose'>,
    readonly requestId: string,
    readonly purpose: string,
    readonly subjects: readonly RequestedSubject[],
    readonly needs: readonly NamedNeed[],
    readonly identityTriggerIds: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(RetrieveEvidence)
export class RetrieveEvidenceHandler implements ICommandHandler<RetrieveEvidence> {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly triggers: TriggerDesk,
    private readonly preparation: ExchangePreparation,
    private readonly outcome: ExchangeOutcome,
    private readonly inForce: PermissionInForce,
    private readonly answers: AnswerOnce,
  ) {}

  async execute(command: RetrieveEvidence): Promise<ExchangeAnswer> {
    const purpose = this.catalogue.lookup.purpose(command.purpose);
    if (purpose === undefined) throw refusal('PURPOSE_NOT_REGISTERED');
    const context: ExchangeContext = { ...command.context, purpose };
    const { requestId, subjects, identityTriggerIds } = command;
    const needs = command.needs.map(({ fields, ...need }) => ({ ...need, fields: fields ?? null }));
    const content = { purpose: purpose.id, subjects, needs, identityTriggerIds };
    return this.answers.answer(context, requestId, content, {
      named: [...needs.map(({ triggerId }) => triggerId), ...identityTriggerIds],
      prepare: (isRepeat) => this.prepare(context, command, isRepeat),
      demandRepeatable: ({ restsOn }, prepared) => this.inForce.demandAgain(context, restsOn, prepared),
      triggers: triggersOf,
      run: (prepared) => this.outcome.of(context, prepared, undefined),
    });
  }

  private async prepare(
    context: ExchangeContext,
    { subjects, needs, identityTriggerIds }: RetrieveEvidence,
    isRepeat: boolean,
  ): Promise<PreparedExchange> {
    const ids = [...needs.map(({ triggerId }) => triggerId), ...identityTriggerIds];
    if (new Set(ids).size !== ids.length) throw refusal('TRIGGER_USED', { rule: 'one decision, one retrieval' });
    const found = await this.triggers.find(context.caller.participant.id, ids);
    const byId = new Map(found.map((it) => [it.id, isRepeat ? asUnused(it) : it]));
    const triggerOf = (id: string): Trigger => {
      const trigger = byId.get(id);
      if (trigger === undefined) throw refusal('TRIGGER_MISSING');
      return trigger;
    };
    return this.preparation.prepare(
      context,
      subjects,
      needs.map(({ triggerId, ...need }) => ({ ...need, trigger: triggerOf(triggerId) })),
      identityTriggerIds.map(triggerOf),
      isRepeat,
    );
  }
}
