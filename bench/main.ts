import { parseArgs } from 'node:util';
import { machine } from './machine.js';
import { registry } from './registry.js';
import { runBench } from './run-bench.js';
import { type Selection, select } from './select.js';
import { SharedSystem } from './system.js';
import { table } from './table.js';

const USAGE = 'usage: npm run bench -- [name …] [--json] [--requests <count>] [--warm-up <count>]';

type Wish = Readonly<{ selection: Selection; json: boolean; requests: number; warmUp: number }>;

/** @throws on whatever cannot be understood */
function readWish(): Wish {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      requests: { type: 'string', default: '100' },
      'warm-up': { type: 'string', default: '10' },
    },
  });
  const [requests, warmUp] = [Number(values.requests), Number(values['warm-up'])];
  if (!Number.isSafeInteger(requests) || requests < 1) throw new Error('--requests is a whole number from 1');
  if (!Number.isSafeInteger(warmUp) || warmUp < 0) throw new Error('--warm-up is a whole number from 0');
  return { selection: select(registry, positionals), json: values.json, requests, warmUp };
}

async function measure({ selection, json, requests, warmUp }: Wish): Promise<number> {
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const shared = new SharedSystem(log);
  const interrupt = () => void shared.stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const results = await runBench(selection, { requests, warmUp, log, system: shared.get });
    const measuredOn = await machine();
    process.stderr.write(table(results, measuredOn));
    if (json) process.stdout.write(`${JSON.stringify({ measures: results, machine: measuredOn })}\n`);
    return results.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    await shared.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

let wish: Wish | undefined;
try {
  wish = readWish();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
  process.exitCode = 2;
}
if (wish !== undefined) process.exitCode = await measure(wish);
