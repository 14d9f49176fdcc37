import type { Agent, Authority } from '../../register-edge/xnachweis/config.js';
import type { SimulatedRecord } from './records.js';

export type XNachweisSimulation = Readonly<{
  path: string;
  provider: Agent;
  /** In the head of what it sends. */
  authority: Authority;
  authority_namespace: string;
  language: string;
  /** Classification and identifier of an evidence type of the data service, and which subsets of it there are. */
  evidence: Readonly<
    Record<
      string,
      Readonly<{ classification: string; identifier: string; subsets: Readonly<Record<string, readonly string[]>> }>
    >
  >;
  /** Says of a blocked record that it is blocked, instead of nothing. */
  tells_blocks?: boolean;
  records: readonly SimulatedRecord[];
}>;
