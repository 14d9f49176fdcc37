import { Intermediary, type Permission } from '../../../src/permission/intermediary.js';
import type { TransferQuestion } from '../../../src/permission/transfer-question.js';
import type { Clock } from '../../../src/platform/clock.js';

/** Every question is asked. */
export const KNOWN_FOR_MS = 0;

/** Asks each time. */
export class KnownIntermediary extends Intermediary {
  constructor(
    private readonly intermediary: Intermediary,
    _clock: Pick<Clock, 'now'>,
  ) {
    super();
  }

  override check(
    question: TransferQuestion,
    { mayBeKnown: _, ...asked }: Parameters<Intermediary['check']>[1],
    call: Parameters<Intermediary['check']>[2],
  ): Promise<Permission> {
    return this.intermediary.check(question, asked, call);
  }

  override pastChecks(...asked: Parameters<Intermediary['pastChecks']>): ReturnType<Intermediary['pastChecks']> {
    return this.intermediary.pastChecks(...asked);
  }
}
