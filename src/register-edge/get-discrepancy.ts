import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { outage, refusal } from '../platform/fault.js';
import { type DiscrepancyStanding, DiscrepancyStore } from './discrepancy-store.js';

/** What became of a report of the calling node. Says nothing about anybody that the node did not report itself, and is no line. */
export class GetDiscrepancy extends Query<DiscrepancyStanding> {
  constructor(
    readonly caller: Caller,
    readonly reportId: string,
  ) {
    super();
  }
}

@QueryHandler(GetDiscrepancy)
export class GetDiscrepancyHandler implements IQueryHandler<GetDiscrepancy> {
  constructor(private readonly reports: DiscrepancyStore) {}

  /** @throws Fault NOT_FOUND, also for a report of another node */
  async execute({ caller, reportId }: GetDiscrepancy): Promise<DiscrepancyStanding> {
    const found = await this.reports.find(caller.participant.id, reportId).catch((error: unknown) => {
      throw outage('REGISTER_UNAVAILABLE', error);
    });
    if (found === undefined) throw refusal('NOT_FOUND');
    return found;
  }
}
