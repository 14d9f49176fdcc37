import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { demandGrounds, OversightDesk, type Visit } from './oversight-desk.js';

/**
 * An officer is about to look for a person: on record with its grounds before anybody is asked, and the same whether somebody is found or
 * not (IDNrG § 9). Whom it is about is in the entries of the lookup alone (docs/adr/0149). @returns index of the entry
 */
export class BeginPersonSearch extends Command<number> {
  constructor(
    readonly visit: Visit,
    readonly reason: string,
    readonly fileReference: string,
  ) {
    super();
  }
}

@CommandHandler(BeginPersonSearch)
export class BeginPersonSearchHandler implements ICommandHandler<BeginPersonSearch> {
  constructor(private readonly desk: OversightDesk) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW, REQUEST_INVALID */
  async execute({ visit, reason, fileReference }: BeginPersonSearch): Promise<number> {
    const officer = await this.desk.acceptOfficer(visit);
    demandGrounds(reason, fileReference);
    const { index } = await this.desk.looks(officer, 'person search', { note: reason, file_reference: fileReference });
    return index;
  }
}
