import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { encodeStatus, STATUS_DETAILS_KEY, type StatusDetail } from '#libs/grpc-status/status.js';
import { Fault } from './fault.js';
import { ERROR_DOMAIN, REASONS, type Reason } from './reasons.js';

/** What goes on the wire for a fault: the same fault always gives the same bytes. */
export function statusOf(fault: Fault): { code: status; details: string; metadata: Metadata } {
  const { code, sentence } = REASONS[fault.reason];
  const details: StatusDetail[] = [
    { type: 'error-info', reason: fault.reason, domain: ERROR_DOMAIN, metadata: fault.metadata },
  ];
  if (fault.violations.length > 0) details.push({ type: 'bad-request', violations: [...fault.violations] });
  if (fault.retryDelayMs !== undefined) details.push({ type: 'retry-info', retryDelayMs: fault.retryDelayMs });
  const metadata = new Metadata();
  metadata.set(STATUS_DETAILS_KEY, encodeStatus({ code, message: sentence, details }));
  return { code, details: sentence, metadata };
}

const REASON_OF_BARE_CODE: Readonly<Partial<Record<status, Reason>>> = {
  [status.UNIMPLEMENTED]: 'NOT_BUILT',
  [status.RESOURCE_EXHAUSTED]: 'REQUEST_TOO_LARGE',
  [status.DEADLINE_EXCEEDED]: 'DEADLINE_PASSED',
  [status.INTERNAL]: 'INTERNAL',
  [status.UNKNOWN]: 'INTERNAL',
};

/** What grpc-js calls INTERNAL although the caller sent it: a timeout or a compression that cannot be read. */
const UNREADABLE = /^(?:Invalid grpc-timeout value|Failed to decompress message)/;

type BareStatus = Pick<StatusObject, 'code' | 'details'> & { metadata?: Metadata | null | undefined };

/** Gives a reason to what grpc-js itself answers without one. */
export function withReason(bare: BareStatus): BareStatus {
  if (bare.code === status.OK) return bare;
  if ((bare.metadata?.get(STATUS_DETAILS_KEY).length ?? 0) > 0) return bare;
  const isUnreadable = bare.code === status.INTERNAL && UNREADABLE.test(bare.details);
  const reason = isUnreadable ? 'REQUEST_MALFORMED' : REASON_OF_BARE_CODE[bare.code];
  return reason === undefined ? bare : statusOf(new Fault(reason));
}
