import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TriggerDesk } from '../consent/trigger-desk.js';
import { refusal } from '../platform/fault.js';
import type { AttributeValue } from '../tokens/evidence-credential.js';
import type { ReleaseDecision } from '../tokens/release-attestation.js';
import { type ExchangeContext, type PlannedRetrieval, wantsPreview } from './exchange.js';
import { EvidenceHold, type HeldExchange, type HeldPiece, retrievalsOf, shownAttributes } from './hold-evidence.js';
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
  /** What they decided at the pages; nothing of the evidence is shown any more then. */
  decided?: ReleaseDecision['decision'];
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
    if (!isAtPages && retrievalsOf(held).some(({ trigger }) => trigger.deciderIdnr !== undefined))
      throw refusal('CALL_NOT_ALLOWED', { rule: 'what was decided at the pages is shown there' });
    const isAsked = ({ retrievalId }: PlannedRetrieval) => heldIds.length === 0 || heldIds.includes(retrievalId);
    const { expiresAt, consumer, purpose } = held;
    const about = { expiresAt, consumer, purpose: purpose.id };
    if (held.withheld !== undefined) return { ...about, items: decidedItems(held, isAsked) };
    const shown = held.delivered.filter(({ retrieval }) => isAsked(retrieval));
    if (shown.length === 0) throw refusal('NOT_FOUND');
    await this.demandInForce(held, shown);
    for (const { retrieval } of shown)
      this.inForce.demand({ caller: context.caller, purpose: held.purpose }, retrieval);
    await this.journal.shown(
      { ...context, exchangeId, purpose: held.purpose },
      shown.map(({ closing }) => closing),
    );
    return { ...about, items: shown.map(toItem) };
  }

  private async demandInForce(held: HeldExchange, shown: HeldExchange['delivered']): Promise<void> {
    const ids = shown.map(({ retrieval }) => retrieval.trigger.id);
    await this.triggers.demandNotWithdrawn(held.consumer, ids);
  }
}

/** That it was decided, and how. No evidence is looked at, so that there is nothing to log. */
function decidedItems(held: HeldExchange, isAsked: (it: PlannedRetrieval) => boolean): readonly PreviewItem[] {
  const withheld = held.withheld?.map(({ retrieval }) => retrieval) ?? [];
  const items = retrievalsOf(held).filter(isAsked);
  if (items.length === 0) throw refusal('NOT_FOUND');
  return items.map((it) => ({
    ...itemOf(it),
    ...{ attributes: [], waits: false, decided: withheld.includes(it) ? 'REFUSE' : 'RELEASE' },
  }));
}

function itemOf({ retrievalId, evidenceType, subjectRole, register }: PlannedRetrieval) {
  return { heldId: retrievalId, evidenceType: evidenceType.id, subjectRole, register: register.id };
}

function toItem(piece: HeldPiece): PreviewItem {
  const attributes = shownAttributes(piece).map(({ id, title, value }) => ({
    ...{ attribute: id, title: title.de, value: readable(value) },
  }));
  return { ...itemOf(piece.retrieval), attributes, waits: wantsPreview(piece.retrieval) };
}

function readable(value: AttributeValue): string {
  if (Array.isArray(value)) return value.map((item) => readable(item as AttributeValue)).join('; ');
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((item) => readable(item as AttributeValue))
      .join(', ');
  return String(value);
}
