import type { Random } from '../../../src/demo/people/random.js';
import type { ChaosSystem } from '../system.js';

/** What a fault did, and what it saw itself. */
export type Injected = Readonly<{
  /** Processes that were killed. */
  kills: number;
  /** How long others waited for a lock that a dead or paused process held. */
  delayMs?: number;
  /** How it was done, where there is more than one way. */
  note?: string;
  /** Why it cannot be done on this machine; then it does not count. */
  impossible?: string;
  /** What must not be. */
  violations?: readonly string[];
  /** After it nobody can go on: the log is forked. */
  isOver?: boolean;
}>;

/** Something that happens to the system under load. When `inject` returns, all that it broke is started again. */
export type Fault = Readonly<{
  name: string;
  /** One line for the report. */
  what: string;
  /** Whether it needs whole exchanges, or hits the log alone. */
  needs: 'exchanges' | 'log';
  /** How often it comes in one round of all faults. */
  share: number;
  inject(system: ChaosSystem, random: Random): Promise<Injected>;
}>;
