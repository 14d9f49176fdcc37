import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NodeIdentity } from '../access/node-identity.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { type AttestedDecision, GrantTriggers } from '../consent/grant-triggers.js';
import { whyNotDeciding } from '../consent/representation.js';
import { Clock } from '../platform/clock.js';
import { Fault, refusal } from '../platform/fault.js';
import { REASONS } from '../platform/reasons.js';
import { representationOf, type VerifiedAttestation, verifyAttestation } from '../tokens/attestation.js';
import { TokenFault } from '../tokens/jws.js';
import { type BeforePages, type Decider, DeciderDesk } from './decider-desk.js';
import { isCompany } from './decision-request.js';
import { DecisionStore } from './decision-store.js';

/**
 * The person has decided at the pages: what they have fetched becomes triggers of the consumer, one set per link. The same answer
 * may be given again, until the pages know that it was taken.
 */
export class AnswerDecision extends Command<Readonly<{ returnUrl: string }>> {
  constructor(
    readonly secret: string,
    readonly before: BeforePages,
    readonly decisions: readonly AttestedDecision[],
    /** Subject tokens of the natural persons who are decided for, by role. */
    readonly represented: ReadonlyMap<string, string>,
  ) {
    super();
  }
}

@CommandHandler(AnswerDecision)
export class AnswerDecisionHandler implements ICommandHandler<AnswerDecision> {
  constructor(
    private readonly desk: DeciderDesk,
    private readonly requests: DecisionStore,
    private readonly catalogue: CurrentCatalogue,
    private readonly node: NodeIdentity,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Fault NOT_FOUND also where it was answered otherwise before; TRIGGER_NOT_ATTESTED, TRIGGER_NOT_COVERING;
   *   SUBJECT_NOT_AVAILABLE where nobody has confirmed that the decider represents whom they decide for
   */
  async execute({ secret, before, decisions, represented }: AnswerDecision): Promise<Readonly<{ returnUrl: string }>> {
    const decider = await this.desk.decider(secret, before);
    const { id, consumer, returnUrl } = decider.request;
    const said = await Promise.all(decisions.map(({ attestation }) => this.verify(before, attestation)));
    for (const it of said) {
      this.demandAsked(decider, it);
      this.demandRepresenting(before, decider, it, represented);
    }
    const ids = said.map(({ jti }) => jti);
    const answered = await this.requests.answer(id, ids);
    if (answered === undefined) throw refusal('NOT_FOUND');
    if (decisions.length === 0) return { returnUrl };
    try {
      await this.commands.execute(new GrantTriggers(consumer, decisions, decider.idnr));
      return { returnUrl };
    } catch (error) {
      // Only what is refused before the log is asked was never written; of a repeat, that may have been the time before.
      if (answered === 'first' && isRefusal(error)) await this.requests.reopen(id, ids);
      throw error;
    }
  }

  /** By these pages and nobody else. */
  private async verify({ caller }: BeforePages, attestation: string): Promise<VerifiedAttestation> {
    const attester = caller.participant.id;
    try {
      return await verifyAttestation(attestation, {
        attester,
        node: this.node.participant,
        keys: await this.catalogue.verificationKeys(attester, 'attestation'),
        nowMs: this.clock.now(),
      });
    } catch (error) {
      if (error instanceof TokenFault) throw new Fault('TRIGGER_NOT_ATTESTED', { cause: error });
      throw error;
    }
  }

  /** What this person decides, as who they signed in, for the service that asks. */
  private demandAsked({ request, role, persons, assurance }: Decider, said: VerifiedAttestation): void {
    const service = this.catalogue.lookup.service(request.service);
    const acting = said.subject.role === role ? 'SELF' : 'REPRESENTATIVE';
    const isAsked =
      service !== undefined &&
      said.purpose === service.purpose &&
      said.decider_role === role &&
      said.acting === acting &&
      said.assurance === assurance &&
      persons.some((it) => it.role === said.subject.role);
    if (!isAsked) throw refusal('TRIGGER_NOT_COVERING', { rule: 'a link is answered for what it asks' });
    const unlawful = whyNotDeciding(
      said,
      service.subjects.filter((it) => it.role === said.subject.role),
    );
    if (unlawful !== undefined) throw refusal('TRIGGER_NOT_COVERING', { rule: unlawful });
  }

  /** Whoever decides for a company is held against its register when that is asked: nobody but the register knows (HRV § 43). */
  private demandRepresenting(
    before: BeforePages,
    decider: Decider,
    said: VerifiedAttestation,
    represented: ReadonlyMap<string, string>,
  ): void {
    const by = representationOf(said);
    const asked = decider.persons.find(({ role }) => role === said.subject.role);
    if (by === undefined || asked === undefined || isCompany(asked.key)) return;
    this.desk.demandRepresenting(before, decider, asked, { by, subjectToken: represented.get(asked.role) });
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Fault && REASONS[error.reason].kind === 'refusal';
}
