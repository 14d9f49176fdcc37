import { REASONS, type Reason } from './reasons.js';

export type FieldViolation = Readonly<{ field: string; description: string }>;

type FaultOptions = Readonly<{
  /** Public, stable keys; never personal data. */
  metadata?: Readonly<Record<string, string>>;
  violations?: readonly FieldViolation[];
  retryDelayMs?: number;
  /** For the operational log only; never leaves the process. */
  cause?: unknown;
  /** The audit log holds this refusal already. */
  isLogged?: boolean;
  /** A participant passed on what somebody asked whom nobody authenticated. */
  isOfStranger?: boolean;
}>;

/** The one way to answer no. Carries a reason of the closed list; only the status filter knows gRPC codes. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly FieldViolation[];
  readonly retryDelayMs: number | undefined;
  readonly isLogged: boolean;
  readonly isOfStranger: boolean;

  constructor(
    readonly reason: Reason,
    options: FaultOptions = {},
  ) {
    super(REASONS[reason].sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.metadata = options.metadata ?? {};
    this.violations = options.violations ?? [];
    this.retryDelayMs = options.retryDelayMs;
    this.isLogged = options.isLogged ?? false;
    this.isOfStranger = options.isOfStranger ?? false;
  }
}

/** The request cannot be understood: names every faulty field at once. */
export function invalid(violations: readonly FieldViolation[]): Fault {
  return new Fault('REQUEST_INVALID', { violations });
}

/** Understood, and the answer is no. */
export function refusal(reason: Reason, metadata: Readonly<Record<string, string>> = {}): Fault {
  return new Fault(reason, { metadata });
}

/** What an outage says in its metadata where it is the fault of one record: the register itself is well, and would say it again. */
export const OF_ONE_RECORD = { of: 'record' } as const;

/** Somebody upstream cannot answer now; worth trying again after `retryDelayMs`. */
export function outage(reason: Reason, cause?: unknown, retryDelayMs = 1000): Fault {
  return new Fault(reason, { retryDelayMs, cause });
}

/** A register has what was asked for, and not as it would have to be. */
export function faultOfRecord(cause: unknown): Fault {
  return new Fault('REGISTER_UNAVAILABLE', { retryDelayMs: 1000, cause, metadata: OF_ONE_RECORD });
}
