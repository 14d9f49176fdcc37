import { type ArgumentsHost, Catch } from '@nestjs/common';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import type { ServerCall } from '../platform/call.js';
import { knownCaller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { Undecodable } from '../platform/proto.js';
import { StatusFilter } from '../platform/status.filter.js';
import type { Cause } from './check.js';
import { EdgeLog, type EdgeLogEntry } from './edge-log.js';

const CAUSES = { REQUEST_MALFORMED: 'UNDECODABLE', REQUEST_TOO_LARGE: 'TOO_LARGE' } as const satisfies Record<
  Undecodable['reason'],
  Cause
>;

/** What an unreadable message was meant as; absent: an exchange. */
const EVENTS: Readonly<Record<string, EdgeLogEntry['event']>> = {
  ListSubjectEntries: 'subject-read',
  ReportDiscrepancy: 'discrepancy',
  GetDiscrepancy: 'discrepancy',
};

/**
 * A message that nobody could read reaches no desk, and whoever sent it is known all the same: its line is written here,
 * before the refusal leaves (IDNrG § 9).
 */
@Catch()
export class EdgeRefusalFilter extends StatusFilter {
  constructor(
    log: OperationalLog,
    private readonly ownLog: EdgeLog,
    private readonly clock: Clock,
  ) {
    super(log);
  }

  override catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    const message: unknown = host.getArgByIndex(0);
    const call = host.getArgByIndex<ServerCall>(2);
    const caller = host.getType() === 'rpc' && message instanceof Undecodable ? knownCaller(call) : undefined;
    if (caller === undefined || !(message instanceof Undecodable)) return super.catch(error, host);
    return from(this.logged(message.reason, caller.participant.id, call)).pipe(
      catchError((failure: unknown) =>
        throwError(() => this.toWire(this.toFault(outage('AUDIT_LOG_UNAVAILABLE', failure)))),
      ),
      switchMap(() => throwError(() => this.toWire(new Fault(message.reason, { metadata: message.metadata })))),
    );
  }

  private logged(reason: Undecodable['reason'], caller: string, call: ServerCall): Promise<void> {
    const line = { at: this.clock.now(), caller, outcome: 'refused', reason, cause: CAUSES[reason] } as const;
    if (call.getPath().endsWith('/StreamLog')) return this.ownLog.appendRead({ ...line, period: null });
    const unread = { consumer: null, evidenceType: null, purpose: null, legalBasis: null, retrievalId: null };
    const unproven = { permission: null, trigger: null, attestation: null, subject: null };
    const event = EVENTS[call.getPath().split('/').at(-1) ?? ''] ?? 'exchange';
    return this.ownLog.append({ ...line, ...unread, ...unproven, attributes: [], event });
  }
}
