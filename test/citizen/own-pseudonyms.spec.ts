import { describe, expect, it } from '@jest/globals';
import type { RecordAbout } from '../../src/audit/log-reader.js';
import type { PersonRef } from '../../src/audit/record.js';
import type { Citizen, CitizenDesk } from '../../src/citizen/citizen-desk.js';
import { OwnPseudonyms } from '../../src/citizen/own-pseudonyms.js';
import type { Trigger } from '../../src/consent/trigger.js';
import type { TriggerStore } from '../../src/consent/trigger-store.js';
import { aTrigger } from '../support/builders.js';

const SERVICE = 'familienkasse-online';
const own = { kind: 'idnr', idnr: '02468135792' } as const;
const citizen = { refs: [own, { kind: 'pseudonym', issuer: 'pages', value: 'actor' }] } as unknown as Citizen;

type Decided = Readonly<{ id: string; under: string; state: Trigger['state']; by?: PersonRef; isTask?: true }>;

/** A log in which decisions are found by the pseudonym and, once somebody was found by them, by that person. */
function refsAfter(decided: readonly Decided[]): Promise<readonly PersonRef[]> {
  const isNamed = ({ under, by }: Decided, ref: PersonRef) =>
    ref.kind === 'pseudonym' ? ref.issuer === SERVICE && ref.value === under : ref.kind === 'idnr' && by === ref;
  const entries = async ({ refs }: Readonly<{ refs: readonly PersonRef[] }>) =>
    decided
      .filter((it) => refs.some((ref) => isNamed(it, ref)))
      .map(({ id }) => ({ record: { caller: { trigger_id: id } }, capacities: ['decider'] }) as unknown as RecordAbout);
  const findAny = async (ids: readonly string[]) =>
    decided
      .filter(({ id }) => ids.includes(id))
      .map(({ id, under, state, isTask }) => {
        const acting = isTask ? 'AUTHORITY' : 'SELF';
        return aTrigger({ id, state, decision: { attester: SERVICE, decider: under, acting } });
      });
  const desk = { entries } as unknown as CitizenDesk;
  return new OwnPseudonyms(desk, { findAny } as unknown as TriggerStore).refsOf(citizen);
}
const under = (value: string) => ({ kind: 'pseudonym', issuer: SERVICE, value });

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
    const other = { id: 'other', under: 'p', state: 'used', by: { kind: 'idnr', idnr: '01357924683' } } as const;
    const second = { id: 'second', under: 'q', state: 'used', by: own } as const;
    expect(await refsAfter([used, unused, other, second])).toEqual([...citizen.refs, under('q')]);
  });

  it('are none of an authority in its task', async () => {
    expect(await refsAfter([{ ...used, isTask: true }])).toEqual(citizen.refs);
  });
});
