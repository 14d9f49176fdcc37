import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RecordAbout } from '../audit/log-reader.js';
import { isExpired, type Trigger } from '../consent/trigger.js';
import { TriggerStore } from '../consent/trigger-store.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import { Seal } from '../platform/secrets.js';
import { decodePosition, sealPosition } from '../transparency/page-position.js';
import { type Citizen, CitizenDesk } from './citizen-desk.js';
import { CitizenJournal } from './citizen-journal.js';
import { decidedBy, isOfAPerson } from './own-decision.js';
import { OwnPseudonyms } from './own-pseudonyms.js';

/** `index`: the newest entry by which it is the person's. */
export type OwnDecision = Readonly<{ trigger: Trigger; index: number; isRevocable: boolean }>;

/** `isCut`: what was decided under older pseudonyms and never used is on no page. */
export type DecisionPage = Readonly<{ decisions: readonly OwnDecision[]; nextPageToken: string; isCut: boolean }>;

/**
 * What the person decided: at these pages, and at online services under a pseudonym by which they were found once, since before that
 * nobody knows whose it is. A command although it reads: reads are on record.
 */
export class ListOwnDecisions extends Command<DecisionPage> {
  constructor(
    readonly caller: Caller,
    readonly sessionToken: string,
    /** How many entries are looked through. */
    readonly limit: number,
    readonly pageToken: string,
  ) {
    super();
  }
}

@CommandHandler(ListOwnDecisions)
export class ListOwnDecisionsHandler implements ICommandHandler<ListOwnDecisions> {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly pseudonyms: OwnPseudonyms,
    private readonly journal: CitizenJournal,
    private readonly triggers: TriggerStore,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, sessionToken, limit, pageToken }: ListOwnDecisions): Promise<DecisionPage> {
    const citizen = await this.desk.accept(caller, sessionToken);
    const decoder = new Decoder();
    const before = decoder.done(decodePosition(decoder, this.seal, listOf(citizen), pageToken));
    const { index } = await this.journal.write('subject.listed', citizen);
    const { refs, isCut } = await this.pseudonyms.refsOf(citizen);
    const found = await this.desk.entries({ refs }, before ?? index, limit + 1);
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)?.record.index : undefined;
    const nextPageToken = sealPosition(this.seal, listOf(citizen), next);
    return { decisions: await this.decisions(page), nextPageToken, isCut };
  }

  private async decisions(page: readonly RecordAbout[]): Promise<readonly OwnDecision[]> {
    const named = new Map<string, number>();
    for (const about of page) {
      const id = decidedBy(about);
      if (id !== undefined && !named.has(id)) named.set(id, about.record.index);
    }
    const triggers = await this.triggers.findAny([...named.keys()]);
    return triggers.filter(isOfAPerson).map((trigger) => ({
      trigger,
      index: named.get(trigger.id) ?? 0,
      isRevocable: isRevocable(trigger, this.clock.now()),
    }));
  }
}

/** What was used goes on being revocable: a held or deferred exchange may rest on it (design 4). */
function isRevocable(trigger: Trigger, nowMs: number): boolean {
  return trigger.state !== 'withdrawn' && !isExpired(trigger, nowMs);
}

function listOf({ session: { id, actor }, pages, person }: Citizen): string {
  return `own decisions\n${pages}\n${id}\n${actor}\n${person.idnr}`;
}
