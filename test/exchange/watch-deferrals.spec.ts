import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Participant } from '../../src/catalogue/catalogue.js';
import { DeferralWatch } from '../../src/exchange/watch-deferrals.js';
import { CallerDirectory } from '../../src/platform/caller.js';
import { NOW } from '../support/builders.js';
import { MELDE, oneDecided } from './decided.js';
import { aWorld, type World } from './world.js';

class Certificates extends CallerDirectory {
  readonly revoked = new Set<string>();

  constructor(private readonly participant: Participant) {
    super();
  }

  override participantOf(thumbprint: string): Participant | undefined {
    return this.revoked.has(thumbprint) ? undefined : this.participant;
  }
}

describe('who watches an exchange', () => {
  let world: World;
  let exchangeId: string;
  let certificates: Certificates;
  const leaving = new AbortController();
  beforeEach(async () => {
    world = aWorld();
    certificates = new Certificates(world.consumer.participant);
    world.gateway.behaviour.set('melderegister-bremen', 'deferred');
    world.gateway.availableAt = NOW + 7_200_000;
    const { identity, evidence } = await oneDecided(world);
    ({ exchangeId } = await world.retrieve([{ ...MELDE, triggerId: evidence[0]!.id }], identity));
  });
  const watching = (watch: DeferralWatch) => watch.standings(exchangeId, world.consumer, leaving.signal);

  it('is told no more from the moment on at which the certificate is revoked (design 5)', async () => {
    const standings = watching(new DeferralWatch(world.deferrals, certificates));
    expect(await standings.next()).toEqual({ done: false, value: 'waiting' });
    certificates.revoked.add(world.consumer.thumbprint);
    await expect(standings.next()).rejects.toMatchObject({ reason: 'CALLER_UNKNOWN' });
  });

  it('looks once for all that are watched, however many', async () => {
    const looks: (readonly string[])[] = [];
    const { deferrals } = world;
    const statesOf = deferrals.statesOf.bind(deferrals);
    deferrals.statesOf = (ids) => {
      looks.push(ids);
      return statesOf(ids);
    };
    const watch = new DeferralWatch(deferrals, certificates);
    const leave = new AbortController();
    const all = Array.from({ length: 20 }, () => watch.standings(exchangeId, world.consumer, leave.signal));
    for (const it of all) expect(await it.next()).toEqual({ done: false, value: 'waiting' });
    const next = all.map((it) => it.next());
    await deferrals.destroyByTrigger([...deferrals.rows.values()].flatMap(({ triggers }) => triggers));
    for (const it of next) expect(await it).toEqual({ done: false, value: 'ended' });
    expect(looks).toEqual([[exchangeId]]);
    expect(await Promise.all(all.map((it) => it.next()))).toEqual(all.map(() => ({ done: true, value: undefined })));
  });

  it('ends at once when its caller leaves, and a look that fails ends the others alone', async () => {
    const watch = new DeferralWatch(world.deferrals, certificates);
    const leave = new AbortController();
    const [left, other] = [watch.standings(exchangeId, world.consumer, leave.signal), watching(watch)];
    for (const it of [left, other]) await it.next();
    world.deferrals.statesOf = () => Promise.reject(new Error('the database is away'));
    const [ended, failed] = [left.next(), other.next()];
    leave.abort();
    expect(await ended).toEqual({ done: true, value: undefined });
    await expect(failed).rejects.toThrow('the database is away');
  });

  it('watches some at once, and one more where one of them has ended', async () => {
    const watch = new DeferralWatch(world.deferrals, certificates, 2);
    const [first, second] = [watching(watch), watching(watch)];
    await first.next();
    await second.next();
    await expect(watching(watch).next()).rejects.toMatchObject({ reason: 'BUSY' });
    await first.return(undefined);
    expect(await watching(watch).next()).toMatchObject({ value: 'waiting' });
    await expect(watching(watch).next()).rejects.toMatchObject({ reason: 'BUSY' });
  });
});
