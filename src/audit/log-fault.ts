import { outage } from '../platform/fault.js';
import { LogBusy, LogDisputed, LogUnavailable } from './log-store.js';

/** People have to settle it first. */
const DISPUTED_RETRY_MS = 60_000;

/** What a caller is told when the log cannot take an entry: nothing was fetched, nothing was released. Other errors stay themselves. */
export function logFault(error: unknown): unknown {
  if (error instanceof LogBusy) return outage('BUSY', error);
  if (error instanceof LogUnavailable) return outage('AUDIT_LOG_UNAVAILABLE', error);
  if (error instanceof LogDisputed) return outage('LOG_DISPUTED', error, DISPUTED_RETRY_MS);
  return error;
}
