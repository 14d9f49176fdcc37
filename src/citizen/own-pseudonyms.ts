import type { PersonRef } from '../audit/record.js';
import { TriggerStore } from '../consent/trigger-store.js';
import { type Citizen, CitizenDesk } from './citizen-desk.js';
import { decidedBy, isOfAPerson } from './own-decision.js';

/** Entries that are looked through for pseudonyms, and of each kind. */
const ENTRIES = 500;

type Pseudonym = Extract<PersonRef, { kind: 'pseudonym' }>;

/**
 * Finds the pseudonyms under which online services attest decisions of a person: those of decisions by which the person was found once.
 * What else was decided under them is the person's, too, used or not. One by which anybody else was found is nobody's: the service, or
 * whoever stated the person, was wrong at least once.
 */
export class OwnPseudonyms {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly triggers: TriggerStore,
  ) {}

  /** By number, by the pseudonym at these pages, and by those at online services. */
  async refsOf(citizen: Citizen): Promise<readonly PersonRef[]> {
    const own = await this.decided(citizen);
    const known = (await this.triggers.findAny(own)).filter(isOfAPerson).map(({ decision }) => pseudonymIn(decision));
    const candidates = [...new Map(known.map((it) => [keyOf(it), it])).values()];
    if (candidates.length === 0) return citizen.refs;
    const under = await this.triggers.findAny(await this.decided({ refs: candidates }));
    const others = under.filter(({ id, state }) => state === 'used' && !own.includes(id));
    const shared = new Set(others.map(({ decision }) => keyOf(pseudonymIn(decision))));
    return [...citizen.refs, ...candidates.filter((it) => !shared.has(keyOf(it)))];
  }

  private async decided(named: Parameters<CitizenDesk['entries']>[0]): Promise<readonly string[]> {
    const entries = await this.desk.entries(named, Number.MAX_SAFE_INTEGER, ENTRIES);
    return [...new Set(entries.flatMap((it) => decidedBy(it) ?? []))];
  }
}

function pseudonymIn({ attester, decider }: Readonly<{ attester: string; decider: string }>): Pseudonym {
  return { kind: 'pseudonym', issuer: attester, value: decider };
}

function keyOf({ issuer, value }: Pseudonym): string {
  return `${issuer}\n${value}`;
}
