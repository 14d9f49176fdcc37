import { readFileSync } from 'node:fs';
import { EVIDENCE_FAULTS, type EvidenceFault } from './evidence-faults.js';

/** Misbehaviour around the evidence: how, when and whether something is answered. */
const ANSWER_FAULTS = [
  /** Never answers. */
  'hang',
  /** Answers rightly, `delay_ms` late. */
  'slow',
  /** The process ends when it is asked. */
  'stops-mid-request',
  /** Announces the evidence for a time. */
  'later',
  /** An answer without evidence. */
  'empty',
  /** No JWE at all. */
  'garbage',
  /** More than any receiver takes. */
  'huge',
  /** Refuses, and quotes the request in its message. */
  'talkative-refusal',
  /** Says that it cannot, the first time that it is asked something. */
  'fails-once',
  /** Says that it cannot, half of the times. */
  'unreliable',
  /** Fails without a reason of the closed list, and quotes the request in its message. */
  'talkative-failure',
] as const;

type AnswerFault = (typeof ANSWER_FAULTS)[number];
export type FaultMode = 'none' | AnswerFault | EvidenceFault;

export const FAULT_MODES: readonly FaultMode[] = ['none', ...ANSWER_FAULTS, ...EVIDENCE_FAULTS];

export type Control = Readonly<{ mode: FaultMode; delay_ms?: number }>;

/** What the control file says now; it is read again for each request. */
export function readControl(file: string): Control {
  const { mode, delay_ms = 0 }: { mode?: string; delay_ms?: number } = JSON.parse(readFileSync(file, 'utf8'));
  const known = FAULT_MODES.find((it) => it === mode);
  if (known === undefined) throw new Error(`${file} names no mode of the simulator`);
  return { mode: known, delay_ms };
}
