import { status } from '@grpc/grpc-js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median, percentile } from '../statistics.js';
import type { Slice } from './driver/target.js';
import { EinmalLoad } from './einmal-load.js';
import { CLIENTS, DEADLINE_MS } from './load-slice.js';

const TIMES = 3;
const TURNS = 3;
/** What a caller is willing to wait. */
const PATIENCE_MS = 5000;
const QUICKLY_MS = 1000;
const OVERLOADED: readonly number[] = [status.RESOURCE_EXHAUSTED, status.UNAVAILABLE];

export const overload: MeasureGroup = {
  name: 'exchange',
  measures: [{ id: 'exchange.overload_goodput', unit: '×', better: 'higher', target: 0.85 }],
  run: measureOverload,
};

/** What is answered at three times the capacity, over what is answered at most. */
async function measureOverload(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const einmal = await EinmalLoad.open(await context.system());
  const { requests, log } = context;
  try {
    await einmal.tryOut(requests);
    const [rates, samples]: [number[], number[]] = [[], []];
    const floods: Slice[] = [];
    for (let n = 0; n < TURNS; n += 1) {
      const { perSecond } = await einmal.slice({
        count: requests,
        clients: CLIENTS,
        deadlineMs: DEADLINE_MS,
        verified: 0,
      });
      const plan = { count: requests * TIMES, perSecond: perSecond * TIMES, deadlineMs: PATIENCE_MS, verified: 0 };
      const flood = await einmal.flood(plan);
      // What is still under way when the last was asked for is answered after the flood.
      const lastedMs = Math.max(flood.elapsedMs, (plan.count * 1000) / plan.perSecond);
      rates.push(perSecond);
      samples.push((flood.correct * 1000) / lastedMs / perSecond);
      floods.push(flood);
      log(told(flood));
    }
    demandOrderly(floods.flatMap(({ refused }) => refused));
    await einmal.demandLog();
    return { 'exchange.overload_goodput': { value: median(samples), baseline: median(rates), samples } };
  } finally {
    await einmal.close();
  }
}

/** @throws where a request was taken and not answered in time, or turned away slowly or without a word of when to come again */
function demandOrderly(refused: Slice['refused']): void {
  const late = refused.filter(({ code }) => code === status.DEADLINE_EXCEEDED);
  if (late.length > 0) throw new Error(`${late.length} were taken and answered too late`);
  const strange = refused.filter(({ code, isRetryable }) => !OVERLOADED.includes(code) || !isRetryable);
  if (strange.length > 0) throw new Error(`${strange.length} were refused with ${status[strange[0]?.code ?? 0]}`);
  if (
    refused.length > 0 &&
    percentile(
      refused.map(({ tookMs }) => tookMs),
      99,
    ) > QUICKLY_MS
  )
    throw new Error('what was refused was not refused quickly');
}

function told({ correct, refused }: Slice): string {
  const codes = new Map<string, number>();
  for (const { code } of refused) codes.set(status[code] ?? '', (codes.get(status[code] ?? '') ?? 0) + 1);
  const times = refused.map(({ tookMs }) => tookMs);
  const slow = times.length === 0 ? '' : `, 99 % of them within ${percentile(times, 99).toFixed(0)} ms`;
  return `${correct} answered, ${[...codes].map(([code, count]) => `${count} ${code}`).join(', ') || 'none refused'}${slow}`;
}
