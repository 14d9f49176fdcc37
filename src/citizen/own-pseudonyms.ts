import { LogReader } from '../audit/log-reader.js';
import type { PersonRef } from '../audit/record.js';
import { TriggerStore } from '../consent/trigger-store.js';
import { subjectKeys } from '../transparency/subject-keys.js';
import { KeyVault } from '../vault/key-vault.js';
import { type Citizen, CitizenDesk } from './citizen-desk.js';
import { decidedBy, isOfAPerson } from './own-decision.js';

/** Newest entries of the person that are looked through for pseudonyms. */
const ENTRIES = 500;

/** Of the newest decisions: a service may take a fresh one for each application, and each is searched for in every epoch. */
const PSEUDONYMS = 20;

type Pseudonym = Extract<PersonRef, { kind: 'pseudonym' }>;

/**
 * Finds the pseudonyms under which online services attest decisions of a person: those of decisions by which the person was found once.
 * What else was decided under them is the person's, too, used or not. One by which anybody else was found is nobody's: the service, or
 * whoever stated the person, was wrong at least once.
 */
export class OwnPseudonyms {
  constructor(
    private readonly desk: CitizenDesk,
    private readonly reader: LogReader,
    private readonly vault: KeyVault,
    private readonly triggers: TriggerStore,
  ) {}

  /** By number, by the pseudonym at these pages, and by those at online services. */
  async refsOf(citizen: Citizen): Promise<readonly PersonRef[]> {
    const own = await this.decided(citizen);
    const triggers = (await this.triggers.findAny(own)).filter(isOfAPerson);
    const newestFirst = triggers.toSorted((a, b) => own.indexOf(a.id) - own.indexOf(b.id));
    const known = newestFirst.map(({ decision }) => pseudonymIn(decision));
    const candidates = [...new Map(known.map((it) => [keyOf(it), it])).values()].slice(0, PSEUDONYMS);
    if (candidates.length === 0) return citizen.refs;
    const shared = await this.shared(candidates, citizen);
    return [...citizen.refs, ...candidates.filter((it) => !shared.includes(it))];
  }

  /** Those that an entry names beside yet another decider, and not beside this person. */
  private async shared(candidates: readonly Pseudonym[], { refs }: Citizen): Promise<readonly Pseudonym[]> {
    const keys = await Promise.all(candidates.map((it) => subjectKeys(this.vault, [it])));
    const found = await this.reader.shared(keys.flat(), await subjectKeys(this.vault, refs));
    return candidates.filter((_, i) => keys[i]?.some((key) => found.some((it) => it.equals(key))));
  }

  /** Newest first. */
  private async decided(citizen: Citizen): Promise<readonly string[]> {
    const entries = await this.desk.entries(citizen, Number.MAX_SAFE_INTEGER, ENTRIES);
    return [...new Set(entries.flatMap((it) => decidedBy(it) ?? []))];
  }
}

function pseudonymIn({ attester, decider }: Readonly<{ attester: string; decider: string }>): Pseudonym {
  return { kind: 'pseudonym', issuer: attester, value: decider };
}

function keyOf({ issuer, value }: Pseudonym): string {
  return `${issuer}\n${value}`;
}
