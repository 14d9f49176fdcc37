import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { EventType, Outcome } from '../../src/audit/record.js';
import type { Misidentified } from '../../src/exchange/misidentified.js';

type Logged = Readonly<{
  event: EventType;
  consumer: string;
  reason?: string;
  outcome?: Outcome;
  exchange_ref?: string;
  /** Pseudonym at the consumer. */
  decider?: string;
}>;

export const pseudonymOf = (issuer: string, value: string) =>
  ({ person: { kind: 'pseudonym', issuer, value }, as: 'decider' }) as const;

/** A log, and what reads it; `write` resolves with the time of its entry. */
export type MisidentifiedLog = Readonly<{
  misidentified: Misidentified;
  write: (entry: Logged) => Promise<number>;
}>;

/** The sentences of the doc comment of Misidentified. */
export function misidentifiedContract(create: () => Promise<MisidentifiedLog>): void {
  const ended = (consumer: string, reason = 'SUBJECT_NOT_AVAILABLE') =>
    ({ event: 'exchange.closed', consumer, reason }) as const;

  it('says when the one was that is the nth from the newest', async () => {
    const [{ misidentified, write }, who] = [await create(), randomUUID()];
    const times = [];
    for (let at = 0; at < 3; at += 1) times.push(await write(ended(who)));
    expect(await misidentified.nth(who, 1, 0)).toBe(times[2]);
    expect(await misidentified.nth(who, 3, 0)).toBe(times[0]);
    expect(await misidentified.nth(who, 4, 0)).toBeUndefined();
  });

  it('knows none from before', async () => {
    const [{ misidentified, write }, who] = [await create(), randomUUID()];
    const at = await write(ended(who));
    expect(await misidentified.nth(who, 1, at)).toBe(at);
    expect(await misidentified.nth(who, 1, at + 1)).toBeUndefined();
  });

  it('counts lookups that found nobody, of this consumer, and nothing else', async () => {
    const [{ misidentified, write }, who] = [await create(), randomUUID()];
    await write(ended(randomUUID()));
    await write(ended(who, 'REGISTER_UNAVAILABLE'));
    await write({ event: 'retrieval.closed', consumer: who, reason: 'SUBJECT_NOT_AVAILABLE' });
    expect(await misidentified.nth(who, 1, 0)).toBeUndefined();
    expect(await misidentified.isShown(who, 0)).toBe(false);
  });

  it('counts a lookup that the caller did not wait for, and no exchange that looked nobody up, or that had told it already (ADR 102)', async () => {
    const [{ misidentified, write }, who] = [await create(), randomUUID()];
    const exchange_ref = randomUUID();
    await write({ ...ended(who, 'CALLER_LEFT'), exchange_ref: randomUUID() });
    const [found, decider] = [randomUUID(), 'one'];
    await write({ event: 'identity.opened', consumer: who, exchange_ref: found, decider });
    await write({ ...ended(who, 'CALLER_LEFT'), exchange_ref: found, outcome: 'partly_released' });
    await write({ event: 'identity.opened', consumer: who, exchange_ref, decider: 'one' });
    const at = await write({ ...ended(who, 'CALLER_LEFT'), exchange_ref });
    expect(await misidentified.nth(who, 1, 0)).toBe(at);
    expect(await misidentified.nth(who, 1, 0, 'one')).toBe(at);
    expect(await misidentified.nth(who, 2, 0)).toBeUndefined();
    expect(await misidentified.nth(who, 1, 0, 'other')).toBeUndefined();
  });

  it('counts those of one decider, whoever else asked at the same consumer', async () => {
    const [{ misidentified, write }, who] = [await create(), randomUUID()];
    const times: number[] = [];
    for (const decider of ['one', 'other', 'one']) {
      const exchange_ref = randomUUID();
      await write({ event: 'identity.opened', consumer: who, exchange_ref, decider });
      times.push(await write({ ...ended(who), exchange_ref }));
    }
    expect(await misidentified.nth(who, 1, 0, 'one')).toBe(times[2]);
    expect(await misidentified.nth(who, 2, 0, 'one')).toBe(times[0]);
    expect(await misidentified.nth(who, 3, 0, 'one')).toBeUndefined();
    expect(await misidentified.nth(who, 1, 0, 'nobody')).toBeUndefined();
    expect(await misidentified.nth(who, 3, 0)).toBe(times[0]);
  });

  it('knows whether an anomaly was written since', async () => {
    const [{ misidentified, write }, who] = [await create(), randomUUID()];
    const at = await write({ event: 'anomaly', consumer: who, reason: 'TOO_MANY_MISIDENTIFICATIONS' });
    expect(await misidentified.isShown(who, at)).toBe(true);
    expect(await misidentified.isShown(who, at + 1)).toBe(false);
    expect(await misidentified.isShown(randomUUID(), 0)).toBe(false);
  });
}
