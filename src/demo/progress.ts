import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { StartStep } from './supervisor.js';

/** Runs steps one after the other and shows them on standard error; gives the milliseconds of each. */
export async function runWithProgress(steps: readonly StartStep[]): Promise<Readonly<Record<string, number>>> {
  const timings: Record<string, number> = {};
  // Standard output is for the result alone; listr2 knows no other stream than the one it takes for it.
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr), useIcons: true });
  const tasks = steps.map(({ title, run }) => ({
    title,
    task: async (_context: unknown, task: { output: string; title: string }) => {
      const started = performance.now();
      let last = '';
      await run((text) => {
        last = text;
        task.output = text;
      });
      const ms = Math.round(performance.now() - started);
      timings[title] = ms;
      task.title = `${title}${last === '' ? '' : ` – ${last}`} (${ms} ms)`;
    },
  }));
  await new Listr(tasks, {
    registerSignalListeners: false,
    renderer: process.stderr.isTTY ? 'default' : 'simple',
    rendererOptions: { logger },
    fallbackRendererOptions: { logger },
  }).run();
  return timings;
}
