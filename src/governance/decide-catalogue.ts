import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AuditLog } from '../audit/audit-log.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { Caller } from '../platform/caller.js';
import { outage, refusal } from '../platform/fault.js';
import type { CatalogueAct } from '../tokens/catalogue-act.js';
import type { Session } from '../tokens/session-token.js';
import { AdministratorDesk } from './administrator-desk.js';
import { CatalogueHistory, type OpenHistory, type Proposal, stateOf } from './catalogue-history.js';
import { CatalogueTakeOver } from './take-over-catalogue.js';

/** A second person approves what one proposed. Who proposed may take it back; until it comes into force anybody may, approved or not. */
export class DecideCatalogue extends Command<ReceiptCopy> {
  constructor(
    readonly call: Readonly<{ caller: Caller; sessionToken: string }>,
    readonly signature: string,
    readonly requestId: string,
    readonly version: string,
    readonly approved: boolean,
    readonly reason: string,
  ) {
    super();
  }
}

@CommandHandler(DecideCatalogue)
export class DecideCatalogueHandler implements ICommandHandler<DecideCatalogue> {
  constructor(
    private readonly administrators: AdministratorDesk,
    private readonly history: CatalogueHistory,
    private readonly takeOver: CatalogueTakeOver,
    private readonly audit: AuditLog,
  ) {}

  /** @throws Fault of `AdministratorDesk`, NOT_FOUND, SECOND_PERSON_REQUIRED, CATALOGUE_CHANGED */
  async execute(command: DecideCatalogue): Promise<ReceiptCopy> {
    const session = await this.administrators.acceptSession(command.call);
    const receipt = await this.history.exclusively((open) => this.record(open, session, command));
    // Every node sees it within its next look; this one sooner.
    if (command.approved) await this.takeOver.look();
    return receipt;
  }

  private async record(open: OpenHistory, session: Session, command: DecideCatalogue): Promise<ReceiptCopy> {
    const { call, signature: signed, version, approved, reason } = command;
    const inForce = await open.inForce();
    if (inForce === undefined) throw outage('CATALOGUE_UNAVAILABLE');
    const decidable = approved ? ['proposed'] : ['proposed', 'approved'];
    const proposals = (await open.proposals()).filter(
      (it) => it.version === version && (it.decision === undefined || (!approved && it.decision.approved)),
    );
    // What came into force has lapsed, too: it is based on the one before.
    const proposal = proposals.find((it) => decidable.includes(stateOf(it, inForce.number, new Set())));
    if (proposal === undefined) throw refusal(proposals.length > 0 ? 'CATALOGUE_CHANGED' : 'NOT_FOUND');
    const administrator = await this.administrators.signerOf(signed, actOn(proposal, command));
    const isSame = proposal.proposedBy === administrator || proposal.actor === session.actor;
    if (approved && isSame) throw refusal('SECOND_PERSON_REQUIRED');
    const { id: sessionId, role, assurance, actor } = session;
    const receipt = await this.audit.catalogueChange(approved ? 'catalogue.approved' : 'catalogue.rejected', {
      caller: { consumer: call.caller.participant.id },
      protected: {
        session: { id: sessionId, role, assurance, actor },
        proposal: { id: proposal.id, version, previous: inForce.version, by: administrator, signed },
        note: reason,
      },
    });
    await open.decide(proposal.id, { approved, decidedBy: administrator, reason });
    return copyOf(receipt);
  }
}

/** What must have been signed: a decision is about one proposal, and not about what pages say of it. */
function actOn(
  { id, version, basedOn, activateAt }: Proposal,
  { approved, requestId: request_id, reason }: DecideCatalogue,
): CatalogueAct {
  const proposal = { id, version, based_on: basedOn, activate_at: activateAt ?? null };
  return { act: approved ? 'approve' : 'reject', request_id, proposal, reason };
}
