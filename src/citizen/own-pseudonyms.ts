import { LogReader, type RecordAbout } from '../audit/log-reader.js';
import type { PersonRef } from '../audit/record.js';
import { TriggerStore } from '../consent/trigger-store.js';
import { subjectKeys } from '../transparency/subject-keys.js';
import { KeyVault } from '../vault/key-vault.js';
import { type Citizen, CitizenDesk } from './citizen-desk.js';
import { decidedBy, isOfAPerson } from './own-decision.js';

/** Entries of the person that are looked through at once. */
const ENTRIES = 500;
/** And so often: a request must not take longer with each that came before it. */
const TURNS = 20;

/** Of the newest decisions: a service may take a fresh one for each application, and each is searched for in every epoch. */
const PSEUDONYMS = 20;

type Pseudonym = Extract<PersonRef, { kind: 'pseudonym' }>;

/** `isCut`: there are, or may be, more pseudonyms than those, of older decisions. */
export type OwnRefs = Readonly<{ refs: readonly PersonRef[]; isCut: boolean }>;

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
  async refsOf(citizen: Citizen): Promise<OwnRefs> {
    const { known, isWhole } = await this.known(citizen);
    const candidates = known.slice(0, PSEUDONYMS);
    const isCut = !isWhole || known.length > candidates.length;
    if (candidates.length === 0) return { refs: citizen.refs, isCut };
    const shared = await this.shared(candidates, citizen);
    return { refs: [...citizen.refs, ...candidates.filter((it) => !shared.includes(it))], isCut };
  }

  /** Of the newest decisions first: all of them, more than are searched for, or those of the newest entries. */
  private async known(citizen: Citizen): Promise<Readonly<{ known: readonly Pseudonym[]; isWhole: boolean }>> {
    const known = new Map<string, Pseudonym>();
    let before = Number.MAX_SAFE_INTEGER;
    let isWhole = false;
    for (let turn = 0; !isWhole && turn < TURNS && known.size <= PSEUDONYMS; turn++) {
      const entries = await this.desk.entries(citizen, before, ENTRIES);
      for (const it of await this.pseudonymsIn(entries)) known.set(keyOf(it), known.get(keyOf(it)) ?? it);
      isWhole = entries.length < ENTRIES;
      before = entries.at(-1)?.record.index ?? before;
    }
    return { known: [...known.values()], isWhole };
  }

  private async pseudonymsIn(entries: readonly RecordAbout[]): Promise<readonly Pseudonym[]> {
    const own = [...new Set(entries.flatMap((it) => decidedBy(it) ?? []))];
    const triggers = (await this.triggers.findAny(own)).filter(isOfAPerson);
    return triggers
      .toSorted((a, b) => own.indexOf(a.id) - own.indexOf(b.id))
      .map(({ decision }) => pseudonymIn(decision));
  }

  /** Those that an entry names beside yet another decider, and not beside this person. */
  private async shared(candidates: readonly Pseudonym[], { refs }: Citizen): Promise<readonly Pseudonym[]> {
    const keys = await Promise.all(candidates.map((it) => subjectKeys(this.vault, [it])));
    const found = await this.reader.shared(keys.flat(), await subjectKeys(this.vault, refs));
    return candidates.filter((_, i) => keys[i]?.some((key) => found.some((it) => it.equals(key))));
  }
}

function pseudonymIn({ attester, decider }: Readonly<{ attester: string; decider: string }>): Pseudonym {
  return { kind: 'pseudonym', issuer: attester, value: decider };
}

function keyOf({ issuer, value }: Pseudonym): string {
  return `${issuer}\n${value}`;
}
