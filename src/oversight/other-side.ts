import type { StoredRecord } from '../audit/log-reader.js';
import type { RegisterLine } from '../reconciliation/register-line.js';
import { RegisterLog, RegisterLogSilent } from '../reconciliation/register-log.js';

/** What the register has in its own log about a retrieval, or why that cannot be told. */
export type OtherSide =
  | Readonly<{ kind: 'line'; line: RegisterLine }>
  | Readonly<{ kind: 'none' }>
  /** A register gives no lines that may still be on their way into its log. */
  | Readonly<{ kind: 'young' }>
  | Readonly<{ kind: 'silent'; why: string }>;

const BEFORE_MS = 60_000;
const AFTER_MS = 600_000;
/** What is younger is not given; with some room for its clock. */
const SETTLED_AFTER_MS = 20_000;
/** An officer waits for it, and the register may have many lines. */
const PATIENCE_MS = 5000;

/** Asks the register for the line that goes with a retrieval of ours (IDNrG § 9: both sides log). The register puts the question on record. */
export async function otherSideOf(
  log: RegisterLog,
  { caller: { register = '', log_time } }: StoredRecord,
  ref: string,
  nowMs: number,
): Promise<OtherSide> {
  const atMs = Date.parse(log_time);
  const period = { fromMs: atMs - BEFORE_MS, toMs: Math.min(atMs + AFTER_MS, nowMs - SETTLED_AFTER_MS) };
  if (period.toMs <= atMs) return { kind: 'young' };
  try {
    for await (const line of log.lines(register, period, AbortSignal.timeout(PATIENCE_MS)))
      if (line.ref === ref) return { kind: 'line', line };
    return { kind: 'none' };
  } catch (error) {
    if (error instanceof RegisterLogSilent) return { kind: 'silent', why: error.why };
    throw error;
  }
}
