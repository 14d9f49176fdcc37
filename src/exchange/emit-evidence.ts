import { EffectRefused } from '../audit/effect.js';
import type { OnlineService } from '../catalogue/catalogue.js';
import { Clock } from '../platform/clock.js';
import { describeError, OperationalLog } from '../platform/operational-log.js';
import { type FormField, prefill } from '../prefill/form.js';
import { type Delivered, type ExchangeContext, isAwaited, isReadable } from './exchange.js';
import { type AnsweredEvidence, answeredEvidence } from './exchange-answer.js';
import type { EachPiece } from './fetch-evidence.js';
import type { Fetched } from './fetched.js';
import { ExchangeJournal } from './journal.js';
import { decisionsInForce } from './journal-entries.js';
import { LateAnswers } from './late-answers.js';
import { PermissionInForce } from './permission-in-force.js';
import { recordLate, withoutLoser } from './release-evidence.js';

/** One piece of evidence, with the fields of the form by all that was sent so far. */
export type Emission = Readonly<{ evidence: AnsweredEvidence; fields: readonly FormField[] }>;

export type Emit = (emission: Emission) => void;

/**
 * Steps 11 and 12 for one piece of evidence, when its register has answered: "closed" is in the log before anything is
 * sent. What is not released this way, and whatever was not delivered, is left to the end of the exchange.
 */
export class EvidenceEmission {
  constructor(
    private readonly journal: ExchangeJournal,
    private readonly inForce: PermissionInForce,
    private readonly late: LateAnswers,
    private readonly clock: Clock,
    private readonly log: OperationalLog,
  ) {}

  /** For one exchange. */
  to(emit: Emit, context: ExchangeContext, service: OnlineService): EachPiece {
    const released: Delivered[] = [];
    return async (piece) => {
      const closed = await this.close(context, this.inForce.permitted(context, piece));
      for (const delivered of closed.delivered) {
        const { receipt } = delivered;
        if (receipt === undefined) continue;
        released.push(delivered);
        const readable = released.filter(isReadable).map(({ evidence }) => evidence);
        emit({ evidence: answeredEvidence({ ...delivered, receipt }), fields: prefill(service, readable) });
      }
      return closed;
    };
  }

  /** As it was, where it cannot be released now: then the end of the exchange decides on it. */
  private async close(context: ExchangeContext, piece: Fetched): Promise<Fetched> {
    const [delivered] = piece.delivered;
    const [closing] = piece.closings;
    if (delivered === undefined || closing === undefined || !isAwaited(context, this.clock.now())) return piece;
    try {
      const receipt = await this.journal.retrievalClosed(context, closing);
      return {
        ...piece,
        delivered: [{ ...delivered, receipt, restsOn: decisionsInForce(closing.retrieval, closing.person) }],
        closings: [],
      };
    } catch (error) {
      if (error instanceof EffectRefused) {
        await recordLate(this.late, context, piece, error);
        return withoutLoser(piece, error);
      }
      this.log.warn(describeError(error), 'evidence not emitted by itself');
      return piece;
    }
  }
}
