import { relative } from 'node:path';
import { demoDocument, taskDocument } from './demo-document.js';
import { DemoExchange } from './demo-exchange.js';
import { readDemoOptions } from './demo-options.js';
import { demoReport } from './demo-report.js';
import { DEMO_TASK, DemoTask } from './demo-task.js';
import { faultUrl } from './fault-switch.js';
import { type FaultyRegister, takePlaceOf } from './faulty-register/stand-in.js';
import { runWithProgress } from './progress.js';
import { SystemStart } from './supervisor.js';
import { taskReport } from './task-report.js';

const options = readDemoOptions(process.argv);
const isTask = options.as === 'authority';
const asked = isTask ? { evidence: ['identity', DEMO_TASK.evidenceType] } : { service: options.service };
const start = new SystemStart({
  ...(options.data === undefined ? {} : { dataFolder: options.data }),
  fresh: options.fresh ?? false,
  personCount: options.people,
  seed: options.seed,
  grpcPort: options.port,
  httpPort: options.httpPort,
  // Nobody opens them in a run that ends by itself.
  pages: options.once === undefined,
  pagesPort: options.pagesPort,
  // What serves afterwards serves everybody.
  ...(options.once === undefined ? {} : asked),
  log: (line) => process.stderr.write(`${line}\n`),
});
const play = isTask
  ? new DemoTask(() => start.system(), options.archive)
  : new DemoExchange(() => start.system(), options.service);

const TASK_STEPS = ['permitted', 'retrieve', 'verify', 'archive', 'witnesses'];

let faulty: FaultyRegister | undefined;
let isEnding = false;
// Whatever ends it before everything was verified is no success.
process.exitCode = 1;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

try {
  const started = performance.now();
  const timings = await runWithProgress([...start.steps, ...play.steps]);
  play.close();
  const { verification, log } = play.result();
  const others = play instanceof DemoTask ? [log, play.result().archive] : [log];
  if (verification.faults.length === 0 && others.every(({ verdict }) => verdict === 'holds')) process.exitCode = 0;
  await show({ ...byKey(timings), total: Math.round(performance.now() - started) });
  if (options.once !== undefined) await end();
  else if (options.faulty !== undefined) await misbehave(options.faulty);
} catch (error) {
  // What an ending system says about its end is no news.
  if (!isEnding) process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  await end();
}

async function show(timingsMs: Readonly<Record<string, number>>): Promise<void> {
  const system = start.system();
  const text = options.json === undefined ? readable() : JSON.stringify(document(timingsMs));
  // It must be through the pipe before this process may end.
  await new Promise((resolve) => process.stdout.write(`${text}\n`, resolve));
  if (options.once !== undefined) return;
  const consumer = play instanceof DemoTask ? play.result().authority : play.result().service.consumer;
  const profile = relative(process.cwd(), system.profileFile(consumer));
  process.stderr.write(
    `\nPages for citizens and data protection: ${system.pagesUrl}\n` +
      `gRPC ${system.endpoints.grpc}, HTTPS ${system.endpoints.http}, data in ${relative(process.cwd(), system.dataFolder)}\n` +
      `As ${isTask ? 'this authority' : 'an online service'}: node dist/examples/${isTask ? 'task' : 'prefill'}-client.js ${profile}\n` +
      'As two administrators who change a rule while it runs: docs/governance.md\n' +
      'Ctrl-C ends everything.\n',
  );
}

async function misbehave(register: string): Promise<void> {
  faulty = await takePlaceOf(start.system(), register);
  const url = faultUrl(faulty.adminPort);
  process.stderr.write(
    `\nA simulator that knows nobody is in the place of ${register}; GET ${url} says in which ways it misbehaves:\n` +
      `curl -X PUT ${url} -H 'content-type: application/json' -d '{"mode": "slow", "delay_ms": 1500, "share": 0.5}'\n`,
  );
}

function readable(): string {
  return play instanceof DemoTask ? taskReport(play.result()) : demoReport(play.result());
}

function document(timingsMs: Readonly<Record<string, number>>): object {
  const system = start.system();
  return play instanceof DemoTask
    ? taskDocument(system, play.result(), timingsMs)
    : demoDocument(system, play.result(), timingsMs);
}

/** The titles are for people; the document has names. */
function byKey(timings: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const exchange = ['describe', 'decide', 'prefill', 'release', 'verify', 'witnesses'];
  const names = ['keys', 'postgres', 'people', 'processes', ...(isTask ? TASK_STEPS : exchange)];
  return Object.fromEntries(Object.values(timings).map((ms, index) => [names[index] ?? `step_${index}`, ms]));
}

async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  play.close();
  await faulty?.process.stop();
  await start.undo();
  process.exit();
}
