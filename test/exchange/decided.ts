import type { Trigger } from '../../src/consent/trigger.js';
import type { ExchangeAnswer } from '../../src/exchange/exchange-answer.js';
import { Fault } from '../../src/platform/fault.js';
import type { World } from './world.js';

export const REGISTERS = ['melderegister-bremen', 'personenstand-bremen', 'familienkasse-register'] as const;
const EVIDENCE = [
  ['meldedaten', 'parent'],
  ['geburt', 'child'],
  ['kindergeld-bezug', 'parent'],
] as const;

export const MELDE = {
  evidenceType: 'meldedaten',
  subjectRole: 'parent',
  fields: undefined,
  partial: true,
  where: { ars: '04011000' },
} as const;

export type Decided = Readonly<{ identity: readonly Trigger[]; evidence: readonly Trigger[]; all: readonly Trigger[] }>;

/** Everything that the form needs and some register here holds. */
export async function everythingDecided(it: World): Promise<Decided> {
  const identity = [await it.decided('identity', 'parent'), await it.decided('identity', 'child')];
  const evidence: Trigger[] = [];
  for (const [type, role] of EVIDENCE) evidence.push(await it.decided(type, role));
  return { identity, evidence, all: [...identity, ...evidence] };
}

/** One piece of evidence about one person. */
export async function oneDecided(it: World): Promise<Decided & { subjects: ReturnType<World['keyed']> }> {
  const [identity, evidence] = [[await it.decided('identity', 'parent')], [await it.decided('meldedaten', 'parent')]];
  return { identity, evidence, all: [...identity, ...evidence], subjects: it.keyed('parent') };
}

export const failureOf = async (promise: Promise<unknown>): Promise<Fault> => {
  const error = await promise.then(
    () => new Error('was answered'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Fault)) throw error;
  return error;
};

/** What is missing in an answer, and why. */
export const missing = ({ notDelivered }: ExchangeAnswer) =>
  notDelivered.map(({ evidence_type, state, reason }) => [evidence_type, state, reason]);
