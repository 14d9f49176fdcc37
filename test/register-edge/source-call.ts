import type { SourceCall } from '../../src/register-edge/evidence-source.js';

/** Somebody waits, as long as it takes. */
export const AWAITED: SourceCall = {
  permission: 'token.of-a.permission',
  deadline: Number.POSITIVE_INFINITY,
  signal: new AbortController().signal,
};
