import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeStatus, STATUS_DETAILS_KEY } from '#libs/grpc-status/status.js';
import { type Consumer, consumer, form } from '../support/e2e-consumer.js';
import { queryNode } from '../support/e2e-log.js';
import { mother } from '../support/e2e-people.js';
import { failureOf } from '../support/e2e-refusal.js';

const ROUNDS = 120;
const AT_ONCE = 4;

type Round = Readonly<{ trigger: string; ending: string; evidence: number }>;

let familienkasse: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

const wish = { service: 'kindergeld', applicants: [mother], evidence: ['meldedaten'] };
const together = <T>(work: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, at) => work(at)));

/** How long a form takes on this machine when nobody withdraws. */
async function undisturbedMs(): Promise<number> {
  const times = await together(async () => {
    const decisions = await familienkasse.decideAndGrant(wish);
    const startedAt = performance.now();
    await familienkasse.prefill(form('kindergeld', decisions, wish.applicants));
    return performance.now() - startedAt;
  });
  return Math.max(...times);
}

/** One form, and a withdrawal of its decision a moment after it was asked for. */
async function race(headStart: number): Promise<Round> {
  const decisions = await familienkasse.decideAndGrant(wish);
  const trigger = decisions.find(({ decision }) => decision.evidence_type === 'meldedaten')?.trigger_id ?? '';
  const [asked] = await Promise.allSettled([
    familienkasse.prefill(form('kindergeld', decisions, wish.applicants)),
    sleep(headStart).then(() => familienkasse.withdraw([trigger])),
  ]);
  if (asked.status === 'rejected')
    return { trigger, ending: await reasonOf(Promise.reject(asked.reason)), evidence: 0 };
  return { trigger, ending: 'answered', evidence: asked.value.evidence?.length ?? 0 };
}

async function reasonOf(call: Promise<unknown>): Promise<string> {
  const [bytes] = (await failureOf(call)).metadata.get(STATUS_DETAILS_KEY);
  const [info] = Buffer.isBuffer(bytes) ? decodeStatus(bytes).details : [];
  return info?.type === 'error-info' ? info.reason : 'no reason';
}

describe('a withdrawal beside a running exchange (GDPR Art. 7 (3))', () => {
  it('wins or comes too late: nothing is ever released after it in the log', async () => {
    await undisturbedMs();
    // The withdrawal falls into each step of the exchange, and after it.
    const longestHeadStart = 1.5 * (await undisturbedMs());
    const rounds: Round[] = [];
    for (let first = 0; first < ROUNDS; first += AT_ONCE)
      rounds.push(...(await together((at) => race(((first + at) / ROUNDS) * longestHeadStart))));
    const triggers = rounds.map(({ trigger }) => trigger);

    const states = await queryNode<{
      trigger_id: string;
      withdrawn: string | null;
      closed: string | null;
      released: boolean | null;
    }>(
      `select t.trigger_id, t.withdrawn_index as withdrawn, r.closed_index as closed, c.outcome = 'released' as released
         from log.trigger_state t
         left join log.retrieval_state r on r.retrieval_id = t.used_by
         left join log.record c on c.index = r.closed_index
         where t.trigger_id = any($1)`,
      [triggers],
    );
    expect(states).toHaveLength(ROUNDS);
    // Each was withdrawn in the end; each that was opened has its outcome.
    expect(states.filter(({ withdrawn }) => withdrawn === null)).toEqual([]);
    const released = states.filter((it) => it.released === true);
    expect(released.filter(({ withdrawn, closed }) => Number(withdrawn) < Number(closed))).toEqual([]);

    // What the caller got is what the log says: evidence where it was released, else the withdrawal as the reason.
    const inLog = new Set(released.map(({ trigger_id }) => trigger_id));
    expect(rounds.filter(({ trigger, evidence }) => evidence > 0 !== inLog.has(trigger))).toEqual([]);
    const endings = new Set(rounds.filter(({ evidence }) => evidence === 0).map(({ ending }) => ending));
    expect([...endings].filter((it) => it !== 'TRIGGER_WITHDRAWN' && it !== 'answered')).toEqual([]);

    // Without both endings this was no race.
    expect(released.length).toBeGreaterThan(0);
    expect(released.length).toBeLessThan(ROUNDS);
  }, 60_000);

  it('leaves no retrieval open but what is held for a preview, and none with two endings', async () => {
    const open = await queryNode(
      `select 1 from log.retrieval_state s where closed_index is null and not exists (
         select from log.record r where r.retrieval_ref = s.retrieval_id and r.event = 'retrieval.held')`,
    );
    expect(open).toEqual([]);
    const twice = await queryNode(
      `select retrieval_ref from log.record where event in ('retrieval.closed', 'identity.closed')
       group by retrieval_ref having count(*) > 1`,
    );
    expect(twice).toEqual([]);
  });
});
