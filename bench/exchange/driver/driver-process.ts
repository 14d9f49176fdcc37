import { setTimeout as sleep } from 'node:timers/promises';
import { RpcFailure } from '../../../src/platform/grpc-client.js';
import { BareTarget } from './bare-target.js';
import { EinmalTarget } from './einmal-target.js';
import type { Answered, Order, Prepared, Slice, SlicePlan, Target } from './target.js';

// Asks from a process of its own, so that what it needs is not taken for what the others need.
let target: BareTarget | EinmalTarget | undefined;
let ready: Prepared[] = [];

process.on('message', (order: Order) => {
  carryOut(order).then(
    (done) => process.send?.({ done }),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit());

async function carryOut(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'open':
      target?.close();
      target = await opened(order.target);
      return true;
    case 'try-out':
      await target?.tryOut(order.count);
      return true;
    case 'prepare':
      ready.push(...((await target?.prepare(order.count, order.fresh)) ?? []));
      return ready.length;
    case 'run':
      return run(order.plan);
  }
}

async function opened(wish: Target): Promise<BareTarget | EinmalTarget> {
  return wish.kind === 'bare' ? new BareTarget(wish.address) : EinmalTarget.open(wish.profile, wish.trust);
}

async function run(plan: SlicePlan): Promise<Slice> {
  const taken = ready.slice(0, plan.count);
  ready = ready.slice(plan.count);
  if (taken.length < plan.count) throw new Error('fewer exchanges are prepared than are to be asked for');
  const [latencies, answers]: [number[], Answered[]] = [[], []];
  const refused: { code: number; tookMs: number; isRetryable: boolean }[] = [];
  const wrong: string[] = [];
  const began = performance.now();
  let lastAt = began;
  const ask = async (prepared: Prepared, due: number): Promise<void> => {
    try {
      answers.push(await prepared.ask(plan.deadlineMs));
      lastAt = performance.now();
      latencies.push(lastAt - due);
    } catch (error) {
      if (!(error instanceof RpcFailure)) wrong.push(String(error));
      else
        refused.push({
          code: error.code,
          tookMs: performance.now() - due,
          isRetryable: error.retryDelayMs !== undefined,
        });
    }
  };
  await ('clients' in plan ? closedLoop(taken, plan.clients, ask) : openLoop(taken, plan.perSecond, ask));
  for (const { verify } of answers.slice(0, plan.verified))
    await verify().catch((error: unknown) => wrong.push(String(error)));
  const pieceBytes = answers[0]?.pieceBytes ?? [];
  return { correct: answers.length, latencies, refused, wrong, elapsedMs: lastAt - began, pieceBytes };
}

type Ask = (prepared: Prepared, due: number) => Promise<void>;

/** So many clients, each asking again when it has its answer. */
async function closedLoop(taken: readonly Prepared[], clients: number, ask: Ask): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    for (let it = taken[next++]; it !== undefined; it = taken[next++]) await ask(it, performance.now());
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/** At fixed moments, whatever the answers take: one that is asked late was due before (coordinated omission). */
async function openLoop(taken: readonly Prepared[], perSecond: number, ask: Ask): Promise<void> {
  const began = performance.now();
  await Promise.all(
    taken.map(async (it, index) => {
      const due = began + (index * 1000) / perSecond;
      await sleep(Math.max(0, due - performance.now()));
      await ask(it, due);
    }),
  );
}
