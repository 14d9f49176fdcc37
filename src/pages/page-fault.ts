import { status } from '@grpc/grpc-js';
import { RpcFailure } from '../platform/grpc-client.js';

/** Why a page is not shown, with the status of HTTP; the sentences are in `shell/fault-texts.ts`. */
export const PAGE_REASONS = {
  NOT_FOUND: 404,
  NOT_SIGNED_IN: 403,
  ROLE_NOT_ALLOWED: 403,
  ASSURANCE_TOO_LOW: 403,
  FROM_ELSEWHERE: 403,
  FORM_NOT_VALID: 403,
  SEARCH_ENDED: 410,
  REQUEST_NOT_VALID: 400,
  REQUEST_TOO_LARGE: 413,
  SIGN_IN_FAILED: 403,
  SIGN_IN_UNAVAILABLE: 503,
  NOT_AVAILABLE_TO_YOU: 403,
  TOO_MANY_REQUESTS: 429,
  NODE_REFUSED: 403,
  NODE_UNAVAILABLE: 503,
  NODE_STOPPED: 503,
  INTERNAL: 500,
} as const;

export type PageReason = keyof typeof PAGE_REASONS;

/** The one way for a page to answer no. */
export class PageFault extends Error {
  override readonly name = 'PageFault';
  constructor(
    readonly reason: PageReason,
    cause?: unknown,
  ) {
    super(reason, cause === undefined ? undefined : { cause });
  }
}

/** What a person is told of a call to the node that failed; whatever they could learn about others is one neutral reason. */
export function pageReasonOf(error: RpcFailure): PageReason {
  switch (error.reason) {
    case 'NOT_FOUND':
      return 'NOT_FOUND';
    case 'SUBJECT_NOT_AVAILABLE':
    case 'SUBJECT_TOKEN_INVALID':
      return 'NOT_AVAILABLE_TO_YOU';
    case 'ASSURANCE_TOO_LOW':
      return 'ASSURANCE_TOO_LOW';
    case 'SESSION_EXPIRED':
    case 'SESSION_INVALID':
      return 'NOT_SIGNED_IN';
    case 'LOG_DISPUTED':
      return 'NODE_STOPPED';
    case 'RATE_LIMITED':
    case 'TOO_MANY_MISIDENTIFICATIONS':
      return 'TOO_MANY_REQUESTS';
    default:
      if (error.isOutage) return 'NODE_UNAVAILABLE';
      // It failed and decided nothing.
      return error.code === status.INTERNAL || error.code === status.UNKNOWN ? 'INTERNAL' : 'NODE_REFUSED';
  }
}
