import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DeciderDesk } from '../decisions/decider-desk.js';
import type { Caller } from '../platform/caller.js';
import { refusal } from '../platform/fault.js';
import type { OwnStatement } from '../tokens/own-statement.js';
import { AttestedReleases, demandDecider, demandStatable } from './attested-releases.js';
import { EvidenceHold } from './hold-evidence.js';

/** The person decided at the pages after the preview; their decision waits beside what is held. Nothing is released to pages. */
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
  ) {}

  /** @throws Fault NOT_FOUND also where they decided before; SESSION_*, ASSURANCE_TOO_LOW, TRIGGER_NOT_ATTESTED, REQUEST_INVALID */
  async execute({ caller, exchangeId, sessionToken, attestation, statements }: AttestRelease): Promise<void> {
    const decider = await this.deciders.signedIn({ caller, sessionToken });
    const held = await this.hold.findOf(exchangeId, caller.participant.id, decider);
    const { attester, decisions } = await this.releases.verify(exchangeId, attestation, statements);
    if (attester !== caller.participant.id) throw refusal('TRIGGER_NOT_ATTESTED');
    demandDecider(held, attester, decisions);
    demandStatable(held, decisions, statements);
    if (!(await this.hold.attest(held, { attestation, statements }))) throw refusal('NOT_FOUND');
  }
}
