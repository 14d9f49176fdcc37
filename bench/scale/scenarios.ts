import { type Deployment, type Simulated, simulate } from './simulation.js';

/** What one exchange costs, measured by a whole system on two shared cores (docs/scale.md). */
const MEASURED = {
  cpuMs: 48,
  // Lock, flush, and a synchronous standby in another zone.
  commitMs: 4,
  // Two nodes under the lock of the head: 13,000 to 17,000 entries a second.
  entryMs: 0.065,
  // Decisions, lookups opened and closed, retrievals opened and closed.
  entries: [5, 3, 3, 3, 3],
  fanOut: 3,
  registerMs: { p50: 60, p99: 400 },
} as const;

export type Scenario = Readonly<{ what: string; perSecond: number; cores: number; change?: Partial<Deployment> }>;

export const SCENARIOS: readonly Scenario[] = [
  { what: 'busiest hour of a working day', perSecond: 38, cores: 6 },
  { what: 'a benefit that everybody asks for at once', perSecond: 190, cores: 16 },
  { what: 'the same, with too few nodes', perSecond: 190, cores: 9 },
  {
    what: 'the same, registers five times slower',
    perSecond: 190,
    cores: 16,
    change: { registerMs: { p50: 300, p99: 2000 } },
  },
  { what: 'the same, the standby 20 ms away', perSecond: 190, cores: 16, change: { commitMs: 44 } },
  { what: 'the largest deployment of `k8s/base`', perSecond: 400, cores: 24 },
  { what: 'near the limit of one log', perSecond: 800, cores: 64 },
  { what: 'beyond it', perSecond: 950, cores: 64 },
];

const SECONDS = 20;
const SEED = 7;

export function run({ perSecond, cores, change }: Scenario): Simulated {
  return simulate({ ...MEASURED, cores, ...change }, { perSecond, seconds: SECONDS, seed: SEED });
}

/** One row of the table in docs/scale.md. */
export function row({ what, perSecond, cores }: Scenario, it: Simulated): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const ms = (value: number) => (value < 10_000 ? `${Math.round(value / 10) * 10} ms` : 'no end');
  return `| ${what} | ${perSecond} | ${cores} | ${ms(it.p50Ms)} | ${ms(it.p99Ms)} | ${percent(it.coresBusy)} | ${percent(it.logUsed)} | ${Math.round(it.entriesPerSecond / 100) * 100} |`;
}
