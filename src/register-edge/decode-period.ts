import { fromTimestamp, type WireTimestamp } from '../platform/clock.js';
import type { FieldViolation } from '../platform/fault.js';
import { LONGEST_STATEMENT_MS } from '../platform/pool.js';
import type { StreamLogRequest__Output } from '../platform/rpc-types/einmal/register/v1/StreamLogRequest.js';
import { Faults } from './decode-stated.js';
import type { Period } from './edge-log.js';

/** A line carries the time at which its writing began: of what is younger, some may still be on its way into the log. */
export const SETTLED_AFTER_MS = LONGEST_STATEMENT_MS + 1000;

/** Lines may be deleted after two years (IDNrG § 9 Abs. 3): what is older would look as if nothing had happened. */
const KEPT_YEARS = 2;

export type AskedPeriod =
  | Readonly<{ ok: true; period: Period }>
  | Readonly<{ ok: false; violations: readonly FieldViolation[] }>;

/** A period of which the log will never say anything else: over, and not yet deleted. */
export function decodePeriod({ from_time, to_time }: StreamLogRequest__Output, nowMs: number): AskedPeriod {
  const faults = new Faults();
  const fromMs = moment(faults, 'from_time', from_time);
  const toMs = moment(faults, 'to_time', to_time);
  if (fromMs === undefined || toMs === undefined) return { ok: false, violations: faults.violations };
  faults.demand(fromMs < toMs, 'to_time', 'must be after from_time');
  faults.demand(
    toMs <= nowMs - SETTLED_AFTER_MS,
    'to_time',
    `must be at least ${SETTLED_AFTER_MS / 1000} seconds ago by the clock of the register`,
  );
  faults.demand(fromMs >= yearsBefore(nowMs, KEPT_YEARS), 'from_time', `must be at most ${KEPT_YEARS} years ago`);
  return faults.violations.length > 0
    ? { ok: false, violations: faults.violations }
    : { ok: true, period: { fromMs, toMs } };
}

function moment(faults: Faults, field: string, given: WireTimestamp | null | undefined): number | undefined {
  const ms = fromTimestamp(given);
  const nanos = given?.nanos ?? 0;
  const isMoment = ms !== undefined && Number.isSafeInteger(ms) && ms >= 0 && nanos >= 0 && nanos < 1e9;
  faults.demand(isMoment, field, 'is required, a moment since 1970');
  return isMoment ? ms : undefined;
}

function yearsBefore(nowMs: number, years: number): number {
  const moment = new Date(nowMs);
  return moment.setUTCFullYear(moment.getUTCFullYear() - years);
}
