import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import type { AskedRetrieval, Decoded } from './asked.js';
import { EdgeDesk, exactlyOne } from './edge-desk.js';
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
  ) {}

  execute({ caller, decoded }: RetrieveEvidence): Promise<string> {
    return this.desk.serve(caller, decoded, async (examined) => {
      const { request, evidenceType, fields } = examined.asked;
      const { idnr, birth_date: birthDate } = request.person;
      const found = await this.source.find(evidenceType, { idnr, birthDate }, fields);
      const record = exactlyOne(found, idnr);
      return { value: await this.issuer.issue(examined, record), attributes: fields, idnr };
    });
  }
}
