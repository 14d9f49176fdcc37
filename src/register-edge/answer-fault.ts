import { type Fault, faultOfRecord, outage } from '../platform/fault.js';
import { AnswerTooLarge } from '../platform/https-peer.js';
import { SourceFault } from './found-record.js';

/** What is wrong with the answer of a source. */
export type AnswerFaultCode =
  | 'ANSWER_STATUS'
  | 'ANSWER_REDIRECTS'
  | 'ANSWER_CONTENT_TYPE'
  | 'ANSWER_NOT_UTF8'
  | 'ANSWER_NOT_JSON'
  | 'ANSWER_TEXT'
  | 'ANSWER_SHAPE'
  | 'ANSWER_TIME'
  | 'ANSWER_TO_OTHER_REQUEST'
  | 'ANSWER_OF_OTHER_SERVICE'
  | 'ANSWER_ABOUT_OTHER_PERSON'
  | 'ANSWER_OF_OTHER_TYPE'
  | 'ANSWER_ERROR'
  | 'ANSWER_TOO_LARGE'
  | 'ANSWER_DATA_LOSS';

/** A source answered what it must not. The code is for the operational log; nothing of the answer is in it. */
export class AnswerFault extends Error {
  override readonly name = 'AnswerFault';
  constructor(readonly code: AnswerFaultCode) {
    super(code);
  }
}

/** Why there is no answer to use; says nothing of what was asked or answered. */
export class EndpointFault extends Error {
  override readonly name = 'EndpointFault';
  constructor(
    readonly code: string,
    cause?: unknown,
  ) {
    super(code, { cause });
  }
}

/** @throws AnswerFault */
export function demandOfAnswer(holds: boolean, code: AnswerFaultCode): asserts holds {
  if (!holds) throw new AnswerFault(code);
}

/** These say that the source is not as agreed, whoever is asked about. The others say it of this one answer. */
const OF_SOURCE: ReadonlySet<AnswerFaultCode> = new Set([
  'ANSWER_STATUS',
  'ANSWER_REDIRECTS',
  'ANSWER_CONTENT_TYPE',
  'ANSWER_TO_OTHER_REQUEST',
  'ANSWER_OF_OTHER_SERVICE',
  'ANSWER_ERROR',
]);

/** Why nothing can be given: an outage, or where the source is well and only what it has of this one cannot be used, a fault of that record. */
export function sourceOutage(error: unknown): Fault {
  const isOfRecord =
    error instanceof AnswerFault
      ? !OF_SOURCE.has(error.code)
      : error instanceof SourceFault || error instanceof AnswerTooLarge;
  return isOfRecord ? faultOfRecord(error) : outage('REGISTER_UNAVAILABLE', error);
}
