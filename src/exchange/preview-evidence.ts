import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TriggerDesk } from '../consent/trigger-desk.js';
import { refusal } from '../platform/fault.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';
import { type ExchangeContext, wantsPreview } from './exchange.js';
import { EvidenceHold, type HeldExchange, type HeldPiece, shownAttributes } from './hold-evidence.js';
import { ExchangeJournal } from './journal.js';
import { PermissionInForce } from './permission-in-force.js';

export type PreviewItem = Readonly<{
  heldId: string;
  evidenceType: string;
  subjectRole: string;
  register: string;
  attributes: readonly Readonly<{ attribute: string; title: string; value: string }>[];
  /** Whether the person has to decide on it. */
  waits: boolean;
}>;

export type Preview = Readonly<{
  items: readonly PreviewItem[];
  expiresAt: number;
  consumer: string;
  purpose: string;
}>;

/** Shows the person what would be passed on (EGovG § 5 Abs. 5). A command: looking is a processing, and logged. */
export class PreviewEvidence extends Command<Preview> {
  constructor(
    readonly context: Omit<ExchangeContext, 'purpose' | 'exchangeId'>,
    readonly exchangeId: string,
    readonly heldIds: readonly string[],
    /** At the pages, in the name of the consumer, which sees nothing of it. */
    readonly isAtPages = false,
  ) {
    super();
  }
}

@CommandHandler(PreviewEvidence)
export class PreviewEvidenceHandler implements ICommandHandler<PreviewEvidence> {
  constructor(
    private readonly hold: EvidenceHold,
    private readonly triggers: TriggerDesk,
    private readonly journal: ExchangeJournal,
    private readonly inForce: PermissionInForce,
  ) {}

  async execute({ context, exchangeId, heldIds, isAtPages }: PreviewEvidence): Promise<Preview> {
    const held = await this.hold.find(exchangeId, context.caller.participant.id);
    // Who decided at the pages sees it there, before the consumer does.
    if (!isAtPages && held.delivered.some(({ retrieval }) => retrieval.trigger.deciderIdnr !== undefined))
      throw refusal('CALL_NOT_ALLOWED', { rule: 'what was decided at the pages is shown there' });
    const shown = held.delivered.filter(
      ({ retrieval }) => heldIds.length === 0 || heldIds.includes(retrieval.retrievalId),
    );
    if (shown.length === 0) throw refusal('NOT_FOUND');
    await this.demandInForce(held, shown);
    for (const { retrieval } of shown)
      this.inForce.demand({ caller: context.caller, purpose: held.purpose }, retrieval);
    await this.journal.shown(
      { ...context, exchangeId, purpose: held.purpose },
      shown.map(({ closing }) => closing),
    );
    const { expiresAt, consumer, purpose } = held;
    return { items: shown.map(toItem), expiresAt, consumer, purpose: purpose.id };
  }

  private async demandInForce(held: HeldExchange, shown: HeldExchange['delivered']): Promise<void> {
    const ids = shown.map(({ retrieval }) => retrieval.trigger.id);
    await this.triggers.demandNotWithdrawn(held.consumer, ids);
  }
}

function toItem(piece: HeldPiece): PreviewItem {
  const { retrievalId, evidenceType, subjectRole, register } = piece.retrieval;
  const attributes = shownAttributes(piece).map(({ id, title, value }) => ({
    ...{ attribute: id, title: title.de, value: readable(value) },
  }));
  return {
    heldId: retrievalId,
    evidenceType: evidenceType.id,
    subjectRole,
    register: register.id,
    attributes,
    waits: wantsPreview(piece.retrieval),
  };
}

function readable(value: AttributeValue): string {
  if (Array.isArray(value)) return value.map((item) => readable(item as AttributeValue)).join('; ');
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((item) => readable(item as AttributeValue))
      .join(', ');
  return String(value);
}
