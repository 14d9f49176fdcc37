import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeciderDesk } from '../decisions/decider-desk.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import type { OwnStatement } from '../tokens/own-statement.js';
import { AttestedReleases, demandDecider, demandStatable } from './attested-releases.js';
import { EvidenceHold } from './hold-evidence.js';

/**
 * The person decided at the pages after the preview (EGovG § 5 Abs. 5): what they refused is destroyed and has its outcome, the rest waits
 * for its consumer with their decision beside it. Nothing is released to pages.
 */
export class AttestRelease extends Command<void> {
  constructor(
    readonly caller: Caller,
    readonly exchangeId: string,
    readonly sessionToken: string,
    readonly attestation: string,
    /** What the person holds to be right instead of what they were shown. */
    readonly statements: readonly OwnStatement[],
  ) {
    super();
  }
}

@CommandHandler(AttestRelease)
export class AttestReleaseHandler implements ICommandHandler<AttestRelease> {
  constructor(
    private readonly deciders: DeciderDesk,
    private readonly hold: EvidenceHold,
    private readonly releases: AttestedReleases,
    private readonly log: OperationalLog,
  ) {}

  /** @throws Fault NOT_FOUND also where they decided before; SESSION_*, ASSURANCE_TOO_LOW, TRIGGER_NOT_ATTESTED, REQUEST_INVALID */
  async execute({ caller, exchangeId, sessionToken, attestation, statements }: AttestRelease): Promise<void> {
    const decider = await this.deciders.signedIn({ caller, sessionToken });
    const held = await this.hold.findOf(exchangeId, caller.participant.id, decider);
    const { attester, decisions } = await this.releases.verify(exchangeId, attestation, statements);
    if (attester !== caller.participant.id) throw refusal('TRIGGER_NOT_ATTESTED');
    if (held.withheld !== undefined) throw refusal('NOT_FOUND');
    demandDecider(held, attester, decisions);
    demandStatable(held, decisions, statements);
    const decided = await this.hold.attest(held, { attestation, statements }, decisions);
    if (decided === undefined) throw refusal('NOT_FOUND');
    // The decision is taken over, whether or not the log takes its entries at this moment: they follow.
    await this.hold
      .settle(decided)
      .catch((error: unknown) => this.log.warn(describeError(error), 'refused evidence not closed yet'));
  }
}
