import { type Random, randomStream } from '../../src/demo/people/random.js';
import { EventQueue } from './event-queue.js';

/** A deployment on paper: nodes in front of one log, and registers that answer when they do. Times in milliseconds. */
export type Deployment = Readonly<{
  /** Processor cores of all nodes together. */
  cores: number;
  /** Processor time of the nodes for one exchange. */
  cpuMs: number;
  /** One commit of the log: lock, write, flush, and the synchronous standby. Whoever waits meanwhile goes with the next one. */
  commitMs: number;
  /** What each entry of a commit adds. */
  entryMs: number;
  /** Entries of each step of an exchange that waits for the log, in order. */
  entries: readonly number[];
  /** Registers asked at once, between two steps, and how long one takes: median, and 99th percentile. */
  fanOut: number;
  registerMs: Readonly<{ p50: number; p99: number }>;
}>;

export type Load = Readonly<{ perSecond: number; seconds: number; seed: number }>;

export type Simulated = Readonly<{
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Share of the time in which the cores were at work. */
  coresBusy: number;
  /** Share of the time that entries took of the log; commits fill the rest, however few entries there are. */
  logUsed: number;
  entriesPerSecond: number;
  /** Exchanges that were under way at the end, as a share of all. */
  leftOver: number;
}>;

const WARM_UP = 0.2;
const Z_99 = 2.326;

/** Runs exchanges that arrive at random moments (Poisson) through the deployment. The same seed gives the same figures. */
export function simulate(deployment: Deployment, { perSecond, seconds, seed }: Load): Simulated {
  const random = randomStream(seed, 1);
  const queue = new EventQueue();
  const cores = new Cores(queue, deployment.cores);
  const log = new Log(queue, deployment);
  const latencies: number[] = [];
  const endMs = seconds * 1000;
  let arrived = 0;
  let answered = 0;
  const arrive = () => {
    arrived += 1;
    const began = queue.now;
    runExchange(deployment, { queue, cores, log, random }, () => {
      answered += 1;
      if (began > endMs * WARM_UP) latencies.push(queue.now - began);
    });
    queue.in(exponential(random, 1000 / perSecond), arrive);
  };
  queue.in(exponential(random, 1000 / perSecond), arrive);
  queue.runUntil(endMs);
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.ceil(latencies.length * share) - 1] ?? Number.NaN;
  return {
    perSecond,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    coresBusy: cores.busyMs / (endMs * deployment.cores),
    logUsed: (log.written * deployment.entryMs) / endMs,
    entriesPerSecond: log.written / seconds,
    leftOver: (arrived - answered) / arrived,
  };
}

type Parts = Readonly<{ queue: EventQueue; cores: Cores; log: Log; random: Random }>;

/** Work, entries, work, entries …; registers are asked before the last entries, which is when the data may leave. */
function runExchange(deployment: Deployment, { queue, cores, log, random }: Parts, done: () => void): void {
  const { entries, cpuMs, fanOut, registerMs } = deployment;
  const share = cpuMs / entries.length;
  const step = (n: number): void => {
    const count = entries[n];
    if (count === undefined) {
      done();
      return;
    }
    const isLast = n === entries.length - 1;
    const asked = isLast ? Math.max(...Array.from({ length: fanOut }, () => lognormal(random, registerMs))) : 0;
    queue.in(asked, () => cores.work(share, () => log.append(count, () => step(n + 1))));
  };
  step(0);
}

/** Cores that take what came first. */
class Cores {
  busyMs = 0;
  #idle: number;
  readonly #waiting: (readonly [number, () => void])[] = [];

  constructor(
    private readonly queue: EventQueue,
    count: number,
  ) {
    this.#idle = count;
  }

  work(ms: number, done: () => void): void {
    if (this.#idle === 0) {
      this.#waiting.push([ms, done]);
      return;
    }
    this.#idle -= 1;
    this.queue.in(ms, () => {
      this.busyMs += ms;
      this.#idle += 1;
      const next = this.#waiting.shift();
      if (next !== undefined) this.work(...next);
      done();
    });
  }
}

/** One commit at a time; it takes all that wait when it begins. */
class Log {
  written = 0;
  #isBusy = false;
  #waiting: (readonly [number, () => void])[] = [];

  constructor(
    private readonly queue: EventQueue,
    private readonly deployment: Deployment,
  ) {}

  append(entries: number, done: () => void): void {
    this.#waiting.push([entries, done]);
    if (!this.#isBusy) this.commit();
  }

  private commit(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#isBusy = batch.length > 0;
    if (!this.#isBusy) return;
    const count = batch.reduce((sum, [entries]) => sum + entries, 0);
    const ms = this.deployment.commitMs + count * this.deployment.entryMs;
    this.queue.in(ms, () => {
      this.written += count;
      this.commit();
      for (const [, done] of batch) done();
    });
  }
}

function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - uniform(random));
}

function lognormal(random: Random, { p50, p99 }: Deployment['registerMs']): number {
  // Box-Muller.
  const z = Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
  return p50 * Math.exp((z * Math.log(p99 / p50)) / Z_99);
}

const STEPS = 2 ** 30;
const uniform = (random: Random): number => random.between(0, STEPS - 1) / STEPS;
