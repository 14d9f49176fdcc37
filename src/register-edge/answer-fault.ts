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
  | 'ANSWER_ERROR';

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
