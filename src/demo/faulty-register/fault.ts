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
  /** Says that it cannot. */
  'outage',
  /** Fails without a reason of the closed list, and quotes the request in its message. */
  'talkative-failure',
] as const;

type AnswerFault = (typeof ANSWER_FAULTS)[number];
export type FaultMode = 'none' | AnswerFault | EvidenceFault;

export const FAULT_MODES: readonly FaultMode[] = ['none', ...ANSWER_FAULTS, ...EVIDENCE_FAULTS];
