import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import type { AskedRetrieval, Decoded } from './asked.js';
import { EdgeDesk, exactlyOne, NotAvailable } from './edge-desk.js';
import { EvidenceIssuer } from './evidence-issuer.js';
import { EvidenceSource } from './evidence-source.js';

/** @returns compact JWE to the consumer. A command although it "gets": every retrieval leaves a trace (IDNrG § 9). */
export class RetrieveEvidence extends Command<string> {
  constructor(
    readonly caller: Caller,
    readonly decoded: Decoded<AskedRetrieval>,
  ) {
    super();
  }
}

@CommandHandler(RetrieveEvidence)
export class RetrieveEvidenceHandler implements ICommandHandler<RetrieveEvidence> {
  constructor(
    private readonly desk: EdgeDesk,
    private readonly source: EvidenceSource,
    private readonly issuer: EvidenceIssuer,
    private readonly clock: Clock,
  ) {}

  execute({ caller, decoded }: RetrieveEvidence): Promise<string> {
    return this.desk.serve(caller, decoded, async (examined) => {
      const { request, evidenceType, fields } = examined.asked;
      const { idnr, birth_date: birthDate } = request.person;
      const found = await this.source.find(evidenceType, { idnr, birthDate }, fields);
      const record = exactlyOne(found, idnr);
      const { look_back_days: lookBackDays } = examined.permission.obligations;
      // Nobody learns that there is one which is only too old.
      if (isOlder(record.asOf, lookBackDays, this.clock.now())) throw new NotAvailable('SUBJECT_TOO_OLD', idnr);
      return { value: await this.issuer.issue(examined, record), attributes: fields, idnr };
    });
  }
}

const DAY_MS = 86_400_000;

function isOlder(asOf: string, days: number | undefined, nowMs: number): boolean {
  return days !== undefined && Date.parse(asOf) < nowMs - days * DAY_MS;
}
