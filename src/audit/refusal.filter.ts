import { type ArgumentsHost, Catch } from '@nestjs/common';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import type { ServerCall } from '../platform/call.js';
import { type Caller, knownCaller } from '../platform/caller.js';
import { Fault } from '../platform/fault.js';
import { OperationalLog } from '../platform/operational-log.js';
import { StatusFilter } from '../platform/status.filter.js';
import { AuditLog } from './audit-log.js';
import { SecurityLog } from './security-log.js';

/**
 * Refusals of authenticated participants are entries of the log, written before the answer leaves: nothing further in
 * has seen them all. What failed before anybody was authenticated goes to the security log, also where a participant
 * passed it on: else whoever reaches the pages could make the log grow.
 */
@Catch()
export class RefusalFilter extends StatusFilter {
  constructor(
    log: OperationalLog,
    private readonly audit: AuditLog,
    private readonly security: SecurityLog,
  ) {
    super(log);
  }

  override catch(error: unknown, host: ArgumentsHost): Observable<never> | undefined {
    if (host.getType() !== 'rpc') return super.catch(error, host);
    const fault = this.toFault(error);
    const caller = knownCaller(host.getArgByIndex<ServerCall>(2));
    if (caller === undefined) this.security.refused('grpc', fault.reason);
    else if (fault.isOfStranger) this.security.refused('link', fault.reason);
    // A log that cannot be written cannot take the refusal either; the caller need not wait for it twice.
    const isLogDown = fault.reason === 'AUDIT_LOG_UNAVAILABLE' || fault.reason === 'LOG_DISPUTED';
    if (caller === undefined || fault.isOfStranger || fault.isLogged || isLogDown)
      return throwError(() => this.toWire(fault));
    return from(this.logged(fault, caller)).pipe(
      catchError((failure: unknown) => throwError(() => this.toWire(this.toFault(failure)))),
      switchMap(() => throwError(() => this.toWire(fault))),
    );
  }

  private async logged(fault: Fault, caller: Caller): Promise<void> {
    const { rule, rules } = fault.metadata;
    await this.audit.refused({
      caller: { consumer: caller.participant.id, reason: fault.reason },
      protected: {
        ...(rule === undefined ? {} : { cause: rule }),
        ...(rules === undefined ? {} : { rule_ids: rules.split(',') }),
      },
    });
  }
}
