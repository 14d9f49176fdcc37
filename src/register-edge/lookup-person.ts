import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { representationOf } from '../tokens/attestation.js';
import type { AskedLookup, Decoded } from './asked.js';
import { type Answer, EdgeDesk, exactlyOne, NotAvailable } from './edge-desk.js';
import type { Examined } from './examiner.js';
import { PersonDirectory } from './person-directory.js';

type FoundPerson = Readonly<{ idnr: string; birthDate: string }>;

export class LookupPerson extends Command<FoundPerson> {
  constructor(
    readonly caller: Caller,
    readonly decoded: Decoded<AskedLookup>,
    readonly signal: AbortSignal,
  ) {
    super();
  }
}

@CommandHandler(LookupPerson)
export class LookupPersonHandler implements ICommandHandler<LookupPerson> {
  constructor(
    private readonly desk: EdgeDesk,
    private readonly directory: PersonDirectory,
  ) {}

  execute({ caller, decoded, signal }: LookupPerson): Promise<FoundPerson> {
    const answer = async ({ asked, attestation }: Examined<AskedLookup>): Promise<Answer<FoundPerson>> => {
      const { key, representative_idnr: representative } = asked.request;
      const by = representationOf(attestation);
      // Examined before: somebody is named exactly where somebody represents.
      const named = representative === null || !by ? null : { idnr: representative, by };
      const found = await this.directory.find(key, named, signal);
      const { idnr, birthDate, represented } = exactlyOne(found, key.set === 'idnr' ? key.idnr : null);
      if (!represented) throw new NotAvailable('SUBJECT_NOT_REPRESENTED', idnr);
      return { value: { idnr, birthDate }, attributes: asked.fields, subject: idnr };
    };
    return this.desk.serve(caller, decoded, answer, { signal });
  }
}
