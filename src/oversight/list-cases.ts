import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LogReader } from '../audit/log-reader.js';
import { Decoder } from '../platform/decode.js';
import { Seal } from '../platform/secrets.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { readableHalf } from '../transparency/protected-half.js';
import { KeyVault } from '../vault/key-vault.js';
import { Activity } from './activity.js';
import { CaseStore } from './case-store.js';
import { listOf } from './find-entries.js';
import { ActFollower } from './follow-acts.js';
import { CASE_EVENTS, type CaseEvent, caseOf, type OversightCase } from './oversight-case.js';
import { OversightDesk, type Visit } from './oversight-desk.js';

export type CasePage = Readonly<{ cases: readonly OversightCase[]; nextPageToken: string }>;

/** Incidents, findings and anomalies, newest first, one page. */
export class ListCases extends Command<CasePage> {
  constructor(
    readonly visit: Visit,
    readonly events: readonly CaseEvent[],
    readonly limit: number,
    readonly pageToken: string,
  ) {
    super();
  }
}

@CommandHandler(ListCases)
export class ListCasesHandler implements ICommandHandler<ListCases> {
  constructor(
    private readonly desk: OversightDesk,
    private readonly activity: Activity,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly acts: ActFollower,
    private readonly cases: CaseStore,
    private readonly seal: Seal,
  ) {}

  /** @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async execute({ visit, events: asked, limit, pageToken }: ListCases): Promise<CasePage> {
    const inspector = await this.desk.accept(visit);
    const events = asked.length === 0 ? CASE_EVENTS : asked;
    const list = listOf('cases', inspector, { events });
    const decoder = new Decoder();
    const before = decoder.done(decodePosition(decoder, this.seal, list, pageToken));
    const { index } = await this.desk.looks(inspector, 'cases', { filter: { events: events.join(' ') } });
    await this.acts.follow();
    const indices = await this.activity.matching({ events }, before ?? index, limit + 1);
    const shown = indices.slice(0, limit);
    const [records, states] = await Promise.all([this.reader.records(shown), this.cases.states(shown)]);
    const cases = records.map(async (record) =>
      caseOf(record, (await readableHalf(this.vault, record))?.part, states.get(record.index) ?? 'open'),
    );
    const next = indices.length > limit ? shown.at(-1) : undefined;
    return { cases: await Promise.all(cases), nextPageToken: sealPosition(this.seal, list, next) };
  }
}
