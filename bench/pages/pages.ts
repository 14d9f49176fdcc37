import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { readLogSigner } from '../../src/audit/log-signer.js';
import { TABLES } from '../../src/audit/migrations/schema.js';
import { withClient } from '../../src/demo/database.js';
import { cast } from '../../src/demo/people/cast.js';
import { NODE, type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { percentile } from '../statistics.js';
import { BrowserSession } from './browser-session.js';
import { seedLog } from './seed-log.js';

const ENTRIES = 10_000_000;
const SAMPLES = 60;
const WARM_UP = 5;
const PERSON_SAMPLES = 30;
const COUNTED_WITHIN_MS = 900_000;

/** Officers' pages over ten million entries, from the browser's request to the first byte, through all processes. */
export const pages: MeasureGroup = {
  name: 'pages',
  measures: [
    { id: 'pages.overview_ttfb_p95_ms', unit: 'ms', better: 'lower', target: 150 },
    { id: 'pages.entries_ttfb_p95_ms', unit: 'ms', better: 'lower', target: 150 },
    { id: 'pages.person_ttfb_p95_ms', unit: 'ms', better: 'lower', target: 300 },
    { id: 'pages.weight_kb', unit: 'kB', better: 'lower', target: 300 },
  ],
  run: visitPages,
};

async function visitPages(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const system = await largeSystem(context.log);
  try {
    const { pagesUrl = '' } = system;
    const officer = new BrowserSession(pagesUrl);
    await officer.signIn('officer-1');
    const overview = await times(SAMPLES, () => officer.timed('/oversight?period=month'));
    const queries = [
      '',
      '?outcome=unknown',
      '?consumer=kfz-online&register=gewerberegister-bremen',
      '?reason=REGISTER_REFUSED',
    ];
    let turn = 0;
    const entries = await times(SAMPLES, () => officer.timed(`/oversight/entries${queries[turn++ % queries.length]}`));
    const person = await times(PERSON_SAMPLES, () => search(officer));
    const weight = await weightOf(officer, '/oversight?period=month');
    return {
      'pages.overview_ttfb_p95_ms': { value: percentile(overview, 95), samples: overview },
      'pages.entries_ttfb_p95_ms': { value: percentile(entries, 95), samples: entries },
      'pages.person_ttfb_p95_ms': { value: percentile(person, 95), samples: person },
      'pages.weight_kb': { value: weight, samples: [weight] },
    };
  } finally {
    await system.stop();
  }
}

/** Kept between runs: ten million entries take minutes. Seeded into other tables it would not be what a node of today has. */
async function largeSystem(log: (line: string) => void): Promise<RunningSystem> {
  const dataFolder = join(packageRoot, 'data', 'bench-pages');
  const marker = join(dataFolder, `seeded-${hash('sha256', TABLES, 'hex').slice(0, 8)}`);
  const isSeeded = existsSync(marker);
  const system = await startSystem({ dataFolder, fresh: !isSeeded, personCount: 1000, seed: 1, pages: true, log });
  try {
    if (!isSeeded) {
      log(`seeding a log of ${ENTRIES} entries, once`);
      await seed(system);
    }
    await counted(system, log);
    await mkdir(dataFolder, { recursive: true });
    await writeFile(marker, '');
    return system;
  } catch (error) {
    await system.stop();
    throw error;
  }
}

async function seed({ postgres, databases, pki, trust }: RunningSystem): Promise<void> {
  const [origin = ''] = trust.log.split('+');
  const signer = await readLogSigner(pki.folderOf(NODE), origin);
  const url = new URL(postgres.url);
  url.pathname = new URL(databases.ownerUrlOf(NODE)).pathname;
  await withClient(url.href, (client) => seedLog(client, ENTRIES, signer));
}

/** The node counts by itself. */
async function counted({ databases }: RunningSystem, log: (line: string) => void): Promise<void> {
  log('waiting until the node has counted what is in the log');
  for (const began = performance.now(); performance.now() - began < COUNTED_WITHIN_MS; await sleep(1000)) {
    const left = await withClient(databases.ownerUrlOf(NODE), async (client) => {
      const { rows } = await client.query<{ left: string }>(
        'select (select size from log.head) - (select next_index from app.activity_head) as left',
      );
      return Number(rows[0]?.left);
    });
    if (left < 10_000) return;
  }
  throw new Error('the node does not count its log');
}

async function search(officer: BrowserSession): Promise<Readonly<{ ms: number; html: string }>> {
  const { html } = await officer.timed('/oversight/person');
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const { familyName, givenNames, birthDate } = cast.mother;
  return officer.timed('/oversight/person', {
    ...{ csrf, family_name: familyName, given_names: givenNames, birth_date: birthDate },
    ...{ reason: 'Messung der Seiten', file_reference: 'BENCH-1' },
  });
}

async function times(count: number, visit: () => Promise<Readonly<{ ms: number }>>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let i = -WARM_UP; i < count; i++) {
    const { ms } = await visit();
    if (i >= 0) taken.push(ms);
  }
  return taken;
}

/** The page and its style sheets, as they travel, without fonts. */
async function weightOf(officer: BrowserSession, path: string): Promise<number> {
  const { html } = await officer.timed(path);
  const sheets = [...html.matchAll(/rel="stylesheet" href="([^"]+)"/g)].map(([, href = '']) => href);
  let bytes = gzipSync(html).length;
  for (const sheet of sheets) bytes += gzipSync((await officer.timed(sheet)).html).length;
  return bytes / 1000;
}
