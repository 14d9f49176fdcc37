import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../platform/clock.js';
import { invalid } from '../platform/fault.js';
import { Activity, type Period } from './activity.js';
import { OversightDesk, type Visit } from './oversight-desk.js';

/**
 * Fixes what a sample is drawn of, and the hash of the officer's nonce, before the signatures exist that it is drawn by
 * (IDNrG § 8). Gives the index of the entry.
 */
export class CommitSample extends Command<number> {
  constructor(
    readonly visit: Visit,
    readonly nonceHash: Buffer,
    readonly period: Period,
    readonly size: number,
  ) {
    super();
  }
}

@CommandHandler(CommitSample)
export class CommitSampleHandler implements ICommandHandler<CommitSample> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly activity: Activity,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW, REQUEST_INVALID for a period in which nothing was logged */
  async execute({ visit, nonceHash, period, size }: CommitSample): Promise<number> {
    const officer = await this.desk.acceptOfficer(visit);
    if (period.toMs > this.clock.now()) throw invalid([{ field: 'to_time', description: 'must be in the past' }]);
    const [firstIndex, endIndex] = await Promise.all([
      this.activity.firstIndexAt(period.fromMs),
      this.activity.firstIndexAt(period.toMs),
    ]);
    if (endIndex <= firstIndex) throw invalid([{ field: 'from_time', description: 'nothing was logged since then' }]);
    const { index: logIndex } = await this.desk.acts(officer, 'sample.committed', {
      sample: { nonce_hash: nonceHash.toString('base64url'), first_index: firstIndex, end_index: endIndex, size },
    });
    return logIndex;
  }
}
