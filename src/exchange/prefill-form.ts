import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OnlineService } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { RouteParameters } from '../catalogue/route.js';
import { asUnused, type Trigger } from '../consent/trigger.js';
import { TriggerDesk } from '../consent/trigger-desk.js';
import { invalid, refusal } from '../platform/fault.js';
import { AnswerOnce } from './answer-once.js';
import type { Emit } from './emit-evidence.js';
import {
  type ExchangeContext,
  type PreparedExchange,
  type RequestedNeed,
  type RequestedSubject,
  triggersOf,
} from './exchange.js';
import type { ExchangeAnswer } from './exchange-answer.js';
import { ExchangeOutcome } from './exchange-outcome.js';
import { notDelivered } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';
import { ExchangePreparation, IDENTITY } from './prepare-exchange.js';

/** Everything that a form needs and somebody decided on, in one exchange. A command, not a query: it leaves a trace. */
export class PrefillForm extends Command<ExchangeAnswer> {
  constructor(
    readonly context: Omit<ExchangeContext, 'purpose'>,
    readonly requestId: string,
    readonly service: string,
    readonly subjects: readonly RequestedSubject[],
    readonly triggerIds: readonly string[],
    readonly where: RouteParameters,
    /** Is given each piece of evidence when its register has answered; of a repeat, nothing. */
    readonly emit?: Emit,
  ) {
    super();
  }
}

@CommandHandler(PrefillForm)
export class PrefillFormHandler implements ICommandHandler<PrefillForm> {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly triggers: TriggerDesk,
    private readonly preparation: ExchangePreparation,
    private readonly outcome: ExchangeOutcome,
    private readonly inForce: PermissionInForce,
    private readonly answers: AnswerOnce,
  ) {}

  async execute(command: PrefillForm): Promise<ExchangeAnswer> {
    const service = this.serviceOf(command);
    const purpose = this.catalogue.lookup.purpose(service.purpose);
    if (purpose === undefined) throw refusal('PURPOSE_NOT_REGISTERED');
    const context: ExchangeContext = { ...command.context, purpose };
    const { requestId, subjects, triggerIds, where } = command;
    const content = { service: service.id, subjects, triggerIds, where };
    return this.answers.answer(context, requestId, content, {
      named: triggerIds,
      prepare: (isRepeat) => this.prepare(context, command, service, isRepeat),
      demandRepeatable: ({ restsOn }, prepared) => this.inForce.demandAgain(context, restsOn, prepared),
      triggers: triggersOf,
      run: (prepared) => this.outcome.of(context, prepared, service, command.emit),
    });
  }

  private serviceOf({ service, context, subjects }: PrefillForm): OnlineService {
    const found = this.catalogue.lookup.service(service);
    if (found === undefined) throw invalid([{ field: 'service', description: 'is not a service of the catalogue' }]);
    if (found.consumer !== context.caller.participant.id) throw refusal('TRANSFER_NOT_PERMITTED');
    const strange = subjects.filter(({ role }) => found.subjects.every((known) => known.role !== role));
    if (strange.length > 0)
      throw invalid(strange.map(() => ({ field: 'subjects.role', description: 'is not a role of this service' })));
    return found;
  }

  private async prepare(
    context: ExchangeContext,
    { subjects, triggerIds, where }: PrefillForm,
    service: OnlineService,
    isRepeat: boolean,
  ): Promise<PreparedExchange> {
    const found = await this.triggers.find(context.caller.participant.id, triggerIds);
    const triggers = isRepeat ? found.map(asUnused) : found;
    demandNeeded(service, triggers);
    const needs: RequestedNeed[] = [];
    const brought = service.needs
      .filter(({ evidence_type }) => evidence_type !== IDENTITY)
      .flatMap(({ evidence_type, subject_role, fields }) => {
        const trigger = triggerFor(triggers, evidence_type, subject_role);
        const need = { evidenceType: evidence_type, subjectRole: subject_role };
        // Nobody chose retrieval for it: the applicant brings it themselves (EGovG § 5 Abs. 1).
        if (trigger === undefined) return [notDelivered(need, 'WITHHELD_BY_APPLICANT')];
        needs.push({ ...need, fields, partial: true, trigger, where });
        return [];
      });
    if (needs.length === 0) throw refusal('TRIGGER_MISSING');
    const identity = triggers.filter(({ decision }) => decision.evidence_type === IDENTITY);
    const prepared = await this.preparation.prepare(context, subjects, needs, identity, isRepeat);
    return { ...prepared, notDelivered: [...prepared.notDelivered, ...brought] };
  }
}

function triggerFor(triggers: readonly Trigger[], type: string, role: string): Trigger | undefined {
  return triggers.find(({ decision }) => decision.evidence_type === type && decision.subject.role === role);
}

/** A trigger that no need of the service takes is a mistake, not something to pass over. */
function demandNeeded({ needs }: OnlineService, triggers: readonly Trigger[]): void {
  const strange = triggers.some(({ decision }) =>
    needs.every((it) => it.evidence_type !== decision.evidence_type || it.subject_role !== decision.subject.role),
  );
  const roles = triggers.map(({ decision }) => `${decision.evidence_type} ${decision.subject.role}`);
  if (strange || new Set(roles).size !== roles.length) throw refusal('TRIGGER_NOT_COVERING');
}
