import { type BenchContext, judge, type Result } from './measure.js';
import type { Selection } from './select.js';

/** Runs group after group. One that fails loses its own measures only. */
export async function runBench({ groups, ids }: Selection, context: BenchContext): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const group of groups) {
    context.log(group.name);
    const readings = await group.run(context).catch((error: unknown) => {
      context.log(`${group.name} failed: ${error instanceof Error ? error.message : String(error)}`);
      return {};
    });
    const byId = new Map(Object.entries(readings));
    for (const measure of group.measures) {
      if (ids.has(measure.id)) results.push(judge(measure, byId.get(measure.id)));
    }
  }
  return results;
}
