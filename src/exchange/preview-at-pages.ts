import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { DeciderDesk } from '../decisions/decider-desk.js';
import { refusal } from '../platform/fault.js';
import type { ExchangeContext } from './exchange.js';
import { EvidenceHold } from './hold-evidence.js';
import { type Preview, PreviewEvidence } from './preview-evidence.js';

/** The same at the pages: for the person who decided there, whose exchange it is; by what the consumer of the exchange may. */
export class PreviewAtPages extends Command<Preview> {
  constructor(
    readonly context: Omit<ExchangeContext, 'purpose' | 'exchangeId'>,
    readonly exchangeId: string,
    readonly heldIds: readonly string[],
    readonly sessionToken: string,
  ) {
    super();
  }
}

@CommandHandler(PreviewAtPages)
export class PreviewAtPagesHandler implements ICommandHandler<PreviewAtPages> {
  constructor(
    private readonly deciders: DeciderDesk,
    private readonly hold: EvidenceHold,
    private readonly catalogue: CurrentCatalogue,
    private readonly commands: CommandBus,
  ) {}

  /** @throws Fault NOT_FOUND for every exchange that is not this person's; SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ context, exchangeId, heldIds, sessionToken }: PreviewAtPages): Promise<Preview> {
    const { caller } = context;
    const decider = await this.deciders.signedIn({ caller, sessionToken });
    const { consumer } = await this.hold.findOf(exchangeId, caller.participant.id, decider);
    const { lookup } = this.catalogue;
    const participant = lookup.participant(consumer);
    const thumbprint = lookup.keysOf(consumer)?.certificates[0];
    // A consumer without a certificate has left: nothing is shown for it any more.
    if (participant === undefined || thumbprint === undefined) throw refusal('NOT_FOUND');
    const shown = { ...context, caller: { participant, thumbprint } };
    return this.commands.execute(new PreviewEvidence(shown, exchangeId, heldIds, true));
  }
}
