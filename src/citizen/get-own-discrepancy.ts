import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { outage, refusal } from '../platform/fault.js';
import { openProtected } from '../transparency/open-record.js';
import { KeyVault } from '../vault/key-vault.js';
import { CitizenDesk } from './citizen-desk.js';
import { RegisterSilent, RegisterVoice, type ReportStanding } from './register-voice.js';

export type OwnStanding = ReportStanding & Readonly<{ register: string; attribute: string }>;

/** What became of a report about the person, by the register's word of now. Shows nothing of the log but the person's own report. */
export class GetOwnDiscrepancy extends Query<OwnStanding> {
  constructor(
    readonly caller: Caller,
    readonly sessionToken: string,
    /** Entry of the report. */
    readonly index: number,
    /** Milliseconds since the epoch. */
    readonly deadline: number,
  ) {
    super();
  }
}

@QueryHandler(GetOwnDiscrepancy)
export class GetOwnDiscrepancyHandler implements IQueryHandler<GetOwnDiscrepancy> {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly vault: KeyVault,
    private readonly registers: RegisterVoice,
  ) {}

  /** @throws Fault NOT_FOUND for an entry that is no report about this person; REGISTER_UNAVAILABLE */
  async execute({ caller, sessionToken, index, deadline }: GetOwnDiscrepancy): Promise<OwnStanding> {
    const citizen = await this.desk.accept(caller, sessionToken);
    const { record, capacities } = await this.desk.entry(citizen, index);
    const { register } = record.caller;
    if (register === undefined || !capacities.includes('subject')) throw refusal('NOT_FOUND');
    const { part } = await openProtected(this.vault, record);
    // What somebody else reported is between them and the register.
    if (part.discrepancy?.reporter !== 'subject') throw refusal('NOT_FOUND');
    const { report, attribute } = part.discrepancy;
    const standing = await this.registers.standing(register, report, deadline).catch((error: unknown) => {
      throw error instanceof RegisterSilent ? outage('REGISTER_UNAVAILABLE', error) : error;
    });
    return { ...standing, register, attribute };
  }
}
