import { outage } from '../platform/fault.js';
import { LogBusy, LogUnavailable } from './log-store.js';

/** What a caller is told when the log cannot take an entry: nothing was fetched, nothing was released. Other errors stay themselves. */
export function logFault(error: unknown): unknown {
  if (error instanceof LogBusy) return outage('BUSY', error);
  if (error instanceof LogUnavailable) return outage('AUDIT_LOG_UNAVAILABLE', error);
  return error;
}
