import { connectToNode } from '../../src/client/node-connection.js';
import { withClient } from '../../src/demo/database.js';
import { NODE } from '../../src/demo/supervisor.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';
import type { BenchContext, MeasureGroup, Reading } from '../measure.js';
import { percentile } from '../statistics.js';
import { separations } from './classifier.js';
import { entryTimes } from './entry-times.js';
import { interleaved, NEUTRAL, sampled } from './neutral-answers.js';

const CONSUMER = 'familienkasse-online';
const SERVICE = 'kindergeld';
/** Of each kind for one that is asked for: 5000 for the usual hundred, so that the interval gets narrow enough to say something. */
const TIMES = 50;
const AT_ONCE = 16;

/** How far an interval may reach from guessing: 0.47 to 0.53. */
const MARGIN = 0.03;

export const identity: MeasureGroup = {
  name: 'identity',
  measures: [
    { id: 'identity.auc_reach', unit: '|AUC - 0.5|', better: 'lower', target: MARGIN },
    { id: 'identity.entry_auc_reach', unit: '|AUC - 0.5|', better: 'lower', target: MARGIN },
    { id: 'identity.neutral_p99_ms', unit: 'ms', better: 'lower', target: null },
  ],
  run: tellApart,
};

/** Four reasons for one answer: whether the time of the answer tells which it was, or a time of the entries that the caller may read. */
async function tellApart(context: BenchContext): Promise<Readonly<Record<string, Reading>>> {
  const { profile, databases } = await context.system();
  const connection = await connectToNode(profile(CONSUMER));
  try {
    const description = await connection.describeService(SERVICE);
    const kinds = [...NEUTRAL.keys()];
    const asked = new Map<string, string[]>();
    const take = async (kind: string): Promise<number> => {
      const applicant = NEUTRAL.get(kind);
      if (applicant === undefined) throw new Error(`there is nobody for "${kind}"`);
      const decisions = await connection.attest(description, [applicant], {
        decider: 'bench',
        assurance: 'substantial',
        chosen: ({ evidence_type, subject_role }) =>
          subject_role === 'parent' && ['identity', 'meldedaten'].includes(evidence_type),
      });
      const { triggerIds } = await connection.grantTriggers(decisions);
      asked.get(kind)?.push(...triggerIds.slice(0, 1));
      const began = performance.now();
      const reason = await connection
        .prefill({ service: SERVICE, applicants: [applicant], triggerIds, ars: '040110000000' })
        .then(() => 'answered', reasonOf);
      const took = performance.now() - began;
      // Otherwise a broken system would tell nothing, and be taken for a silent one.
      if (reason !== 'SUBJECT_NOT_AVAILABLE') throw new Error(`expected the neutral answer, got ${reason}`);
      return took;
    };
    await sampled(interleaved(kinds, context.warmUp), AT_ONCE, take);
    for (const kind of kinds) asked.set(kind, []);
    const count = context.requests * TIMES;
    context.log(`${count} neutral answers of each of ${kinds.length} kinds, interleaved, ${AT_ONCE} at a time`);
    const samples = await sampled(interleaved(kinds, count), AT_ONCE, take);
    const steps = await withClient(databases.urlOf(NODE), (client) =>
      entryTimes(async (text, values) => (await client.query(text, [...values])).rows, asked),
    );
    const reach = reaches(context, 'answer', samples);
    const entryReach = [...steps].flatMap(([step, taken]) => reaches(context, step, taken));
    const all = [...samples.values()].flat();
    return {
      'identity.auc_reach': { value: Math.max(...reach), samples: reach },
      'identity.entry_auc_reach': { value: Math.max(...entryReach), samples: entryReach },
      'identity.neutral_p99_ms': { value: percentile(all, 99), samples: all },
    };
  } finally {
    connection.close();
  }
}

/** How far from guessing the interval of each two kinds reaches. */
function reaches(
  { log }: BenchContext,
  what: string,
  samples: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  return separations(samples).map(({ pair, auc, low, high }) => {
    log(`${what}, ${pair}: AUC ${auc.toFixed(4)}, 95 % interval ${low.toFixed(4)} to ${high.toFixed(4)}`);
    return Math.max(0.5 - low, high - 0.5);
  });
}

function reasonOf(error: unknown): string {
  if (error instanceof RpcFailure && error.reason !== undefined) return error.reason;
  throw error;
}
