import { describe, expect, it } from '@jest/globals';
import type { LogReader, RecordAbout } from '../../src/audit/log-reader.js';
import type { PersonRef } from '../../src/audit/record.js';
import { subjectKey } from '../../src/audit/subject-index.js';
import type { Citizen, CitizenDesk } from '../../src/citizen/citizen-desk.js';
import { OwnPseudonyms, type OwnRefs } from '../../src/citizen/own-pseudonyms.js';
import type { Trigger } from '../../src/consent/trigger.js';
import type { TriggerStore } from '../../src/consent/trigger-store.js';
import { subjectKeys } from '../../src/transparency/subject-keys.js';
import { MemoryKeyVault } from '../audit/log-keys.js';
import { aTrigger } from '../support/builders.js';

const SERVICE = 'familienkasse-online';
const own = { kind: 'idnr', idnr: '02468135792' } as const;
const somebody = { kind: 'idnr', idnr: '01357924683' } as const;
const citizen = { refs: [own, { kind: 'pseudonym', issuer: 'pages', value: 'actor' }] } as unknown as Citizen;

const vault = new MemoryKeyVault();
const { indexKey } = await vault.obtain({ retentionClass: 'standard', month: '2026-11' });

type Decided = Readonly<{ id: string; under: string; state: Trigger['state']; by?: PersonRef; isTask?: true }>;

/** A log, newest entry first, in which decisions are found by the pseudonym and, once somebody was found by them, by that person. */
async function ownAfter(decided: readonly Decided[]): Promise<OwnRefs> {
  const entries = decided.map(({ id, by, ...it }, i) => {
    const persons = [under(it.under), ...(by === undefined ? [] : [by])];
    return { id, index: decided.length - i, deciders: persons.map((person) => subjectKey(indexKey, person)) };
  });
  const isAny = (keys: readonly Buffer[], key: Buffer) => keys.some((it) => it.equals(key));
  const names = ({ deciders }: (typeof entries)[number], keys: readonly Buffer[]) =>
    deciders.some((it) => isAny(keys, it));
  const reader: Pick<LogReader, 'about' | 'shared'> = {
    about: async (keys, before, limit) =>
      entries
        .filter((it) => it.index < before && names(it, keys))
        .slice(0, limit)
        .map(({ id, index }) => {
          const record = { index, caller: { trigger_id: id } };
          return { record, capacities: ['decider'] } as unknown as RecordAbout;
        }),
    shared: async (keys, unless) => {
      const others = entries.filter((it) => it.deciders.some((key) => !isAny(keys, key)) && !names(it, unless));
      return keys.filter((key) => others.some((it) => names(it, [key])));
    },
  };
  // In no order, as the store has them.
  const findAny = async (ids: readonly string[]) =>
    decided
      .filter(({ id }) => ids.includes(id))
      .map(({ id, under, state, isTask }) => {
        const acting = isTask ? 'AUTHORITY' : 'SELF';
        return aTrigger({ id, state, decision: { attester: SERVICE, decider: under, acting } });
      })
      .toReversed();
  const desk: Pick<CitizenDesk, 'entries'> = {
    entries: async ({ refs }, before, limit) => reader.about(await subjectKeys(vault, refs), before, limit),
  };
  const triggers = { findAny } as unknown as TriggerStore;
  return new OwnPseudonyms(desk as CitizenDesk, reader as LogReader, vault, triggers).refsOf(citizen);
}
const refsAfter = async (decided: readonly Decided[]) => (await ownAfter(decided)).refs;
const under = (value: string) => ({ kind: 'pseudonym', issuer: SERVICE, value }) as const;

describe('pseudonyms of a person at online services (GDPR Art. 7 (3))', () => {
  const used = { id: 'used', under: 'p', state: 'used', by: own } as const;
  const unused = { id: 'unused', under: 'p', state: 'granted' } as const;

  it('are known by one decision by which the person was found', async () => {
    expect(await refsAfter([used, unused])).toEqual([...citizen.refs, under('p')]);
  });

  it('are not known by a decision that nobody was found by', async () => {
    expect(await refsAfter([unused])).toEqual(citizen.refs);
  });

  it('are nobody’s where somebody else was found by one of them, too', async () => {
    const other = { id: 'other', under: 'p', state: 'used', by: somebody } as const;
    const second = { id: 'second', under: 'q', state: 'used', by: own } as const;
    expect(await refsAfter([used, unused, other, second])).toEqual([...citizen.refs, under('q')]);
  });

  it.each(['granted', 'withdrawn'] as const)(
    'are nobody’s also once whoever else was found has withdrawn it, whatever became of the decision: %s',
    async (state) => {
      const other = { id: 'other', under: 'p', state, by: somebody } as const;
      expect(await refsAfter([used, unused, other])).toEqual(citizen.refs);
    },
  );

  it('stay the person’s where a decision was used up and nobody was found', async () => {
    const inVain = { id: 'in vain', under: 'p', state: 'used' } as const;
    expect(await refsAfter([inVain, used, unused])).toEqual([...citizen.refs, under('p')]);
  });

  it('are those of the newest decisions, where a service takes a fresh one for each application', async () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ ...used, id: `used ${i}`, under: `p${i}` }));
    const newest = many.slice(0, 20).map((it) => under(it.under));
    expect(await ownAfter(many)).toEqual({ refs: [...citizen.refs, ...newest], isCut: true });
    expect(await ownAfter(many.slice(0, 20))).toEqual({ refs: [...citizen.refs, ...newest], isCut: false });
  });

  it('are found however many entries came after the decision', async () => {
    const later = Array.from({ length: 1200 }, (_, i) => ({ ...used, id: `later ${i}`, under: 'q' }));
    expect(await ownAfter([...later, used])).toEqual({ refs: [...citizen.refs, under('q'), under('p')], isCut: false });
  });

  it('are found among the newest ten thousand entries, and it is said where there are more', async () => {
    const later = Array.from({ length: 10_000 }, (_, i) => ({ ...used, id: `later ${i}`, under: 'q' }));
    expect(await ownAfter([...later, used])).toEqual({ refs: [...citizen.refs, under('q')], isCut: true });
  });

  it('are none of an authority in its task', async () => {
    expect(await refsAfter([{ ...used, isTask: true }])).toEqual(citizen.refs);
  });
});
