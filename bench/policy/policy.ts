import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { decideTransfer } from '../../src/permission/decide-transfer.js';
import { RuleIndex } from '../../src/permission/rule-index.js';
import type { TransferQuestion } from '../../src/permission/transfer-question.js';
import { YOUNG_GENERATION } from '../../src/platform/young-generation.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';
import { activatedSystem } from './activated-system.js';
import { namesOfRule, writeLargeCatalogue } from './large-catalogue.js';

const [FEW, MANY] = [100, 100_000];
/** Decisions to one sample: a single one is over before the clock has moved. */
const BATCH = 200;
const LOADS = 3;

const rules: MeasureGroup = {
  name: 'policy',
  measures: [
    { id: 'policy.decision_growth', unit: '×', better: 'lower', target: 2 },
    { id: 'policy.decision_p50_us', unit: 'µs', better: 'lower', target: 50 },
    { id: 'policy.load_s', unit: 's', better: 'lower', target: 5 },
    { id: 'policy.load_mb', unit: 'MB', better: 'lower', target: 300 },
    { id: 'policy.takeover_stall_ms', unit: 'ms', better: 'lower', target: 50 },
  ],
  run: measurePolicy,
};

/** Decisions by many rules, and a whole system whose rules change. Each part can be run by itself. */
export const policy: readonly MeasureGroup[] = [rules, activatedSystem];

async function measurePolicy(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const folder = await mkdtemp(join(tmpdir(), 'einmal-policy-'));
  try {
    const [few, many] = [join(folder, 'few'), join(folder, 'many')];
    await writeLargeCatalogue(few, FEW);
    await writeLargeCatalogue(many, MANY);
    const loads = await loadsOf(many, context);
    const seconds = loads.map((it) => it.seconds);
    const megabytes = loads.map((it) => it.megabytes);
    const decisions = decideInTurn(few, many, context);
    const activations = await activationsOf(many, join(folder, 'next'), context);
    const p50 = median(decisions.many);
    return {
      'policy.decision_growth': {
        value: p50 / median(decisions.few),
        samples: decisions.many.map((it, n) => it / (decisions.few[n] ?? it)),
      },
      'policy.decision_p50_us': { value: p50, baseline: median(decisions.few), samples: decisions.many },
      'policy.load_s': { value: median(seconds), samples: seconds },
      'policy.load_mb': { value: Math.max(...megabytes), samples: megabytes },
      'policy.takeover_stall_ms': {
        value: Math.max(...activations.map((it) => it.activationMs)),
        baseline: Math.max(...activations.map((it) => it.idleMs)),
        samples: activations.map((it) => it.activationMs),
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Loaded = Readonly<{ seconds: number; megabytes: number; rules: number }>;

/** Each in a process of its own: what this one has in memory already must not count. */
async function loadsOf(folder: string, { log }: BenchContext): Promise<readonly Loaded[]> {
  const loads: Loaded[] = [];
  for (let n = 0; n < LOADS; n++) {
    log(`a process of its own loads ${MANY} rules`);
    const main = fileURLToPath(new URL('main.js', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [main, folder]);
    const loaded: Loaded = JSON.parse(stdout);
    if (loaded.rules < MANY) throw new Error('rules are missing');
    loads.push(loaded);
  }
  return loads;
}

type Activated = Readonly<{
  /** Longest wait of a request while nothing was changed, and while another version came into force. */
  idleMs: number;
  activationMs: number;
  tookMs: number;
  asked: number;
  permitted: number;
  versions: number;
  inForce: number;
}>;

/** Each in a process of its own, which decides a thousand times a second by the one and then by the other. */
async function activationsOf(before: string, after: string, { log }: BenchContext): Promise<readonly Activated[]> {
  cpSync(before, after, { recursive: true });
  const settings = join(after, 'settings.yaml');
  const text = readFileSync(settings, 'utf8');
  writeFileSync(settings, text.replace('check_inside_areas: true', 'check_inside_areas: false'));
  const main = fileURLToPath(new URL('activation/main.js', import.meta.url));
  const activations: Activated[] = [];
  for (let n = 0; n < LOADS; n++) {
    log(`another version of ${MANY} rules comes into force under load`);
    const { stdout } = await promisify(execFile)(process.execPath, [
      YOUNG_GENERATION,
      main,
      before,
      after,
      String(MANY),
    ]);
    const activated: Activated = JSON.parse(stdout);
    if (activated.versions !== 2 || activated.inForce < MANY) throw new Error('the other version is not in force');
    if (activated.permitted !== activated.asked) throw new Error('a request was lost');
    activations.push(activated);
  }
  return activations;
}

/** Microseconds per decision with few and with many rules, taken in turn: a noisy moment falls on both. */
function decideInTurn(
  few: string,
  many: string,
  { requests, warmUp, log }: BenchContext,
): Readonly<{ few: readonly number[]; many: readonly number[] }> {
  const [small, large] = [few, many].map((folder) => new RuleIndex(new CatalogueLookup(loadCatalogue({ folder }))));
  if (small === undefined || large === undefined) throw new Error('nothing to decide by');
  log(`${BATCH} decisions a sample, by ${FEW} and by ${MANY} rules in turn`);
  const samples: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let n = -warmUp; n < requests; n++) {
    const [fewTook, manyTook] = [timed(small, questions(FEW, n)), timed(large, questions(MANY, n))];
    if (n < 0) continue;
    samples.few.push(fewTook);
    samples.many.push(manyTook);
  }
  return samples;
}

function timed(rules: RuleIndex, asked: readonly TransferQuestion[]): number {
  const began = performance.now();
  let allowed = 0;
  for (const question of asked) if (decideTransfer(rules, question).kind === 'allowed') allowed++;
  const took = ((performance.now() - began) * 1000) / asked.length;
  // A refusal would be quick, and must not count as a fast decision.
  if (allowed !== asked.length) throw new Error('what a rule allows was refused');
  return took;
}

/** Scattered over all rules, hence not in the processor's cache; made anew, as a request brings them. */
function questions(rules: number, sample: number): readonly TransferQuestion[] {
  return Array.from({ length: BATCH }, (_, n) => {
    const { consumer, purpose } = namesOfRule((Math.abs(sample * BATCH + n) * 7919) % rules);
    return {
      consumer,
      provider: 'melderegister-bremen',
      evidence_type: 'meldedaten',
      purpose,
      legal_basis: 'egovg-5-1-1',
    };
  });
}
