import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Intermediary } from '../permission/intermediary.js';
import { Fault } from '../platform/fault.js';
import type { OwnStatement } from '../tokens/own-statement.js';
import type { ReleaseDecision } from '../tokens/release-attestation.js';
import { AnswerOnce } from './answer-once.js';
import { AttestedReleases, demandDecider } from './attested-releases.js';
import type { ExchangeContext } from './exchange.js';
import { type ExchangeAnswer, releaseAnswer } from './exchange-answer.js';
import type { Fetched } from './fetched.js';
import { EvidenceHold, type HeldExchange, type HeldPiece, triggersBehind, withheldBy } from './hold-evidence.js';
import { withoutEvidence } from './journal-entries.js';
import { notDelivered } from './not-delivered.js';
import { PermissionInForce } from './permission-in-force.js';
import { EvidenceRelease } from './release-evidence.js';
import { demandStillPermitted, stillPermitted } from './still-permitted.js';

const WITHHELD = 'WITHHELD_BY_APPLICANT' as const;

export type DecidedAnswer = ExchangeAnswer & Readonly<{ service: HeldExchange['service'] }>;

/** The person has seen the evidence and decided, piece by piece; what was held is destroyed (EGovG § 5 Abs. 5). */
export class DecideRelease extends Command<DecidedAnswer> {
  constructor(
    readonly context: Omit<ExchangeContext, 'purpose' | 'exchangeId'>,
    readonly requestId: string,
    readonly exchangeId: string,
    /** Undefined where the person decided at the pages. */
    readonly attestation: string | undefined,
  ) {
    super();
  }
}

@CommandHandler(DecideRelease)
export class DecideReleaseHandler implements ICommandHandler<DecideRelease> {
  constructor(
    private readonly releases: AttestedReleases,
    private readonly intermediary: Intermediary,
    private readonly hold: EvidenceHold,
    private readonly release: EvidenceRelease,
    private readonly inForce: PermissionInForce,
    private readonly answers: AnswerOnce,
  ) {}

  async execute({ context: given, requestId, exchangeId, attestation }: DecideRelease): Promise<DecidedAnswer> {
    const consumer = given.caller.participant.id;
    const context = { ...given, exchangeId };
    return this.answers.answer(
      context,
      requestId,
      { exchangeId, attestation: attestation ?? null },
      {
        prepare: async (isRepeat) => {
          // The first run destroyed what was held; its answer is all that a repeat gets.
          if (isRepeat && attestation === undefined) return { held: undefined, decisions: [], own: undefined };
          const own =
            attestation === undefined
              ? await this.hold.attested(exchangeId, consumer)
              : { attestation, statements: [], attestedAt: undefined };
          // What the person decided at the pages was examined when it came, and waits as long as what is held.
          const { attester, decisions } = await this.releases.verify(
            exchangeId,
            own.attestation,
            own.statements,
            own.attestedAt,
          );
          const held = isRepeat ? undefined : await this.hold.find(exchangeId, consumer);
          if (held !== undefined) demandDecider(held, attester, decisions);
          return { held, decisions, own };
        },
        demandRepeatable: ({ restsOn }) => demandStillPermitted(this.intermediary, this.inForce, context, restsOn),
        triggers: ({ held }) => held?.delivered.flatMap(triggersBehind) ?? [],
        run: async ({ held, decisions, own }) => {
          if (held === undefined) throw new Fault('NOT_FOUND');
          await this.hold.settle(held);
          if (held.delivered.length === 0) {
            await this.hold.destroy(held);
            throw new Fault(WITHHELD, { isLogged: true });
          }
          const { purpose, service } = held;
          const retrievals = held.delivered.map(({ retrieval }) => retrieval);
          const permitted = await stillPermitted(this.intermediary, { ...context, purpose }, retrievals);
          try {
            const fetched = decided(held, decisions, permitted, own?.statements ?? []);
            const answer = await releaseAnswer(this.release, { ...context, purpose }, fetched, service, own);
            await this.hold.destroy(held);
            return { ...answer, service };
          } catch (error) {
            // The outcome is in the log: whatever it was, what was held is destroyed.
            if (error instanceof Fault && error.isLogged) await this.hold.destroy(held);
            throw error;
          }
        },
      },
    );
  }
}

function decided(
  held: HeldExchange,
  decisions: readonly ReleaseDecision[],
  permitted: ReadonlySet<string>,
  statements: readonly OwnStatement[],
): Fetched {
  const refused = new Set(decisions.filter(({ decision }) => decision === 'REFUSE').map(({ held_id }) => held_id));
  const reasonAgainst = ({ retrieval: { retrievalId } }: HeldPiece) => {
    if (refused.has(retrievalId)) return WITHHELD;
    return permitted.has(retrievalId) ? undefined : ('TRANSFER_NOT_PERMITTED' as const);
  };
  const judged = held.delivered.map((piece) => ({ piece, reason: reasonAgainst(piece) }));
  const kept = judged.flatMap(({ piece, reason }) => (reason === undefined ? [piece] : []));
  const dropped = judged.flatMap(({ piece, reason }) => (reason === undefined ? [] : [{ ...piece, reason }]));
  return {
    delivered: kept.map(({ retrieval, evidence }) => ({ retrieval, evidence })),
    notDelivered: [
      ...held.notDelivered,
      ...[...(held.withheld ?? []).map(({ retrieval }) => ({ retrieval, reason: WITHHELD })), ...dropped].map(
        ({ retrieval, reason }) =>
          notDelivered({ evidenceType: retrieval.evidenceType.id, subjectRole: retrieval.subjectRole }, reason),
      ),
    ],
    closings: [
      ...kept.map(({ closing, retrieval }) => {
        const own = statements.filter(({ held_id }) => held_id === retrieval.retrievalId).length;
        return { ...closing, wasHeld: true as const, ...(own === 0 ? {} : { ownStatements: own }) };
      }),
      ...dropped.map(({ closing, reason }) =>
        reason === WITHHELD
          ? withheldBy(closing)
          : withoutEvidence(closing, { wasHeld: true, outcome: 'refused', reason }),
      ),
    ],
  };
}
