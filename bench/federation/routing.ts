import { join } from 'node:path';
import type { Register } from '../../src/catalogue/catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { type Route, route } from '../../src/catalogue/route.js';
import { germanDay } from '../../src/platform/german-day.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { median } from '../statistics.js';

const [FEW, MANY] = [100, 10_000];
/** Routes to one sample: a single one is over before the clock has moved. */
const BATCH = 500;
const TYPE = 'meldedaten';

/** Evidence type and region to the one competent register of many. */
export const routing: MeasureGroup = {
  name: 'federation',
  measures: [
    { id: 'federation.route_us', unit: 'µs', better: 'lower', target: 20 },
    { id: 'federation.route_growth', unit: '×', better: 'lower', target: 2 },
  ],
  run: measureRouting,
};

async function measureRouting({ requests, warmUp, log }: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const catalogue = loadCatalogue({ folder: join(packageRoot, 'catalogue'), deployment: { none: true } });
  const template = catalogue.registers.find((it) => it.evidence_types.includes(TYPE));
  if (template === undefined) throw new Error('nothing to route to');
  const [few, many] = [FEW, MANY].map(
    (count) => new CatalogueLookup({ ...catalogue, registers: municipalities(template, count) }),
  );
  if (few === undefined || many === undefined) throw new Error('nothing to route by');
  log(`${BATCH} routes a sample, among ${FEW} and among ${MANY} providers in turn`);
  const samples: { few: number[]; many: number[] } = { few: [], many: [] };
  for (let n = -warmUp; n < requests; n++) {
    const [fewTook, manyTook] = [timed(few, FEW, n), timed(many, MANY, n)];
    if (n < 0) continue;
    samples.few.push(fewTook);
    samples.many.push(manyTook);
  }
  const [small, large] = [median(samples.few), median(samples.many)];
  return {
    'federation.route_us': { value: large, baseline: small, samples: samples.many },
    'federation.route_growth': {
      value: large / small,
      samples: samples.many.map((it, n) => it / (samples.few[n] ?? it)),
    },
  };
}

/** One register for each municipality; every tenth has had another key before, and one is there for whoever has none. */
function municipalities(template: Register, count: number): readonly Register[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `melderegister-${n}`;
    if (n === 0) return { ...template, id, competence: [''] };
    const ars = keyOf(n);
    return {
      ...template,
      id,
      competence:
        n % 10 === 0
          ? [
              { ars, valid_from: '2011-11-01' },
              { ars: `9${ars.slice(1)}`, valid_until: '2011-10-31' },
            ]
          : [ars],
    };
  });
}

/** 5, 9 or 12 digits, as districts, associations and municipalities have them. */
function keyOf(n: number): string {
  return `${String(10_000 + n)}${'1'.repeat([0, 4, 7][n % 3] ?? 0)}`;
}

function timed(lookup: CatalogueLookup, count: number, sample: number): number {
  // Scattered over all registers, hence not in the processor's cache; made anew, as a request brings them.
  const wanted = Array.from({ length: BATCH }, (_, n) => 1 + ((Math.abs(sample * BATCH + n) * 7919) % (count - 1)));
  const asked = wanted.map((n) => ({ ars: keyOf(n).padEnd(12, '1') }));
  const found: (Route | undefined)[] = new Array(BATCH).fill(undefined);
  const began = performance.now();
  for (let n = 0; n < BATCH; n++) {
    // As an exchange does it (`exchange/prepare-exchange.ts`).
    const type = lookup.evidenceType(TYPE);
    found[n] = type && route(lookup.routes, type, asked[n] ?? {}, germanDay(Date.now()));
  }
  const took = ((performance.now() - began) * 1000) / BATCH;
  const isRight = (it: Route | undefined, n: number) =>
    it?.kind === 'one' && it.register.id === `melderegister-${wanted[n]}`;
  if (!found.every(isRight)) throw new Error('a route led elsewhere');
  return took;
}
