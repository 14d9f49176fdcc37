import { beforeEach, describe, expect, it } from '@jest/globals';
import * as decide from './decided.js';
import { MELDE, oneDecided, REGISTERS } from './decided.js';
import { aWorld, type World } from './world.js';

const SLOW = 'melderegister-bremen';

let world: World;
beforeEach(async () => {
  world = aWorld();
  const { catalogue } = world.current;
  const purposes = catalogue.purposes.map((it) => ({ ...it, retention: 'short' }));
  await world.current.replace({ ...catalogue, purposes });
});

/** Classes of the records of an exchange, by event. */
function kept(of: World = world): ReadonlyMap<string, ReadonlySet<string>> {
  const classes = new Map<string, Set<string>>();
  for (const { caller, draft } of of.log.entries) {
    if (caller.exchange_ref === undefined) continue;
    const known = classes.get(caller.event) ?? new Set();
    classes.set(caller.event, known.add(draft.sealed.epoch.retentionClass));
  }
  return classes;
}
const allShort = new Set(['short']);

describe('records of an exchange are kept as its purpose says (IDNrG § 9 Abs. 3)', () => {
  it('also incidents, and what a register answers when its retrieval was given up', async () => {
    const { all } = await decide.everythingDecided(world);
    for (const register of REGISTERS) world.gateway.behaviour.set(register, 'surplus');
    world.gateway.behaviour.set(SLOW, 'unavailable');
    await world.prefill({ triggers: all });
    world.gateway.late.get(SLOW)!({ answered: 'evidence' });
    await world.late.close();
    const classes = kept();
    expect([...classes.keys()]).toEqual(
      expect.arrayContaining([
        ...['identity.opened', 'identity.closed', 'retrieval.opened', 'retrieval.closed', 'retrieval.late'],
        ...['incident', 'exchange.closed'],
      ]),
    );
    for (const of of classes.values()) expect(of).toEqual(allShort);
  });

  it('also what is fetched later, when another catalogue is in force', async () => {
    const { evidence, identity } = await oneDecided(world);
    world.gateway.behaviour.set(SLOW, 'deferred');
    world.gateway.availableAt = world.clock.ms + 3_600_000;
    await world.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], identity);
    world.clock.ms = world.gateway.availableAt;
    world.gateway.issuedAt = world.clock.ms / 1000;
    world.gateway.behaviour.set(SLOW, 'evidence');
    const { catalogue } = world.current;
    await world.current.replace({ ...catalogue, version: 'later' });
    expect(await world.resumeDue()).toEqual(['ready']);
    const classes = kept();
    expect(classes.get('retrieval.resumed')).toEqual(allShort);
    for (const of of classes.values()) expect(of).toEqual(allShort);
  });

  it('and as all others where it names no class', async () => {
    const other = aWorld();
    const { all } = await decide.everythingDecided(other);
    await other.prefill({ triggers: all });
    expect(kept(other).size).toBeGreaterThan(4);
    for (const of of kept(other).values()) expect(of).toEqual(new Set(['standard']));
  });
});
