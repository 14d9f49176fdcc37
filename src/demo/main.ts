import { relative } from 'node:path';
import { demoDocument } from './demo-document.js';
import { DemoExchange, type ExchangeResult } from './demo-exchange.js';
import { readDemoOptions } from './demo-options.js';
import { demoReport } from './demo-report.js';
import { runWithProgress } from './progress.js';
import { SystemStart } from './supervisor.js';

const options = readDemoOptions(process.argv);
const start = new SystemStart({
  ...(options.data === undefined ? {} : { dataFolder: options.data }),
  fresh: options.fresh ?? false,
  personCount: options.people,
  seed: options.seed,
  grpcPort: options.port,
  httpPort: options.httpPort,
  // What serves afterwards serves everybody.
  ...(options.once === undefined ? {} : { service: options.service }),
  log: (line) => process.stderr.write(`${line}\n`),
});
const exchange = new DemoExchange(() => start.system(), options.service);

let isEnding = false;
// Whatever ends it before everything was verified is no success.
process.exitCode = 1;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

try {
  const started = performance.now();
  const timings = await runWithProgress([...start.steps, ...exchange.steps]);
  exchange.close();
  const result = exchange.result();
  if (result.verification.faults.length === 0 && result.log.verdict === 'holds') process.exitCode = 0;
  await show(result, { ...byKey(timings), total: Math.round(performance.now() - started) });
  if (options.once !== undefined) await end();
} catch (error) {
  // What an ending system says about its end is no news.
  if (!isEnding) process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  await end();
}

async function show(result: ExchangeResult, timingsMs: Readonly<Record<string, number>>): Promise<void> {
  const system = start.system();
  const text =
    options.json === undefined ? demoReport(result) : JSON.stringify(demoDocument(system, result, timingsMs));
  // It must be through the pipe before this process may end.
  await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve));
  if (options.once !== undefined) return;
  const profile = relative(process.cwd(), system.profileFile(result.service.consumer));
  process.stderr.write(
    `\ngRPC ${system.endpoints.grpc}, HTTPS ${system.endpoints.http}, data in ${relative(process.cwd(), system.dataFolder)}\n` +
      `As an online service: node dist/examples/prefill-client.js ${profile}\n` +
      'As two administrators who change a rule while it runs: docs/governance.md\n' +
      'Ctrl-C ends everything.\n',
  );
}

/** The titles are for people; the document has names. */
function byKey(timings: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const exchange = ['describe', 'decide', 'prefill', 'release', 'verify', 'witnesses'];
  const names = ['keys', 'postgres', 'people', 'processes', ...exchange];
  return Object.fromEntries(Object.values(timings).map((ms, index) => [names[index] ?? `step_${index}`, ms]));
}

async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  exchange.close();
  await start.undo();
  process.exit();
}
