import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { demand, Refused } from './check.js';
import type { DecodedReport, ReportedDatum } from './decode-report.js';
import { DiscrepancyStore } from './discrepancy-store.js';
import { EdgeLog, type EdgeLogEntry } from './edge-log.js';
import { CALLER_CHECKS } from './request-checks.js';
import { subjectDigest } from './subject-digest.js';
import { type GivenLine, SubjectLines } from './subject-lines.js';

type Given = GivenLine & Readonly<{ consumer: string; evidenceType: string; subject: string }>;

/** Takes a report for the staff of this register (IDNrG § 10). Gives the moment at which it was taken first. */
export class ReportDiscrepancy extends Command<number> {
  constructor(
    readonly caller: Caller,
    readonly decoded: DecodedReport,
  ) {
    super();
  }
}

@CommandHandler(ReportDiscrepancy)
export class ReportDiscrepancyHandler implements ICommandHandler<ReportDiscrepancy> {
  constructor(
    private readonly reports: DiscrepancyStore,
    private readonly log: EdgeLog,
    private readonly lines: SubjectLines,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, decoded }: ReportDiscrepancy): Promise<number> {
    try {
      demand(CALLER_CHECKS, caller);
      if (!decoded.ok) throw new Refused('REQUEST_INVALID', 'FIELDS_INVALID', decoded.violations);
      const { report } = decoded;
      const given = await this.#given(caller, report);
      const acceptedAt = await this.#put(caller, report, given);
      await this.#record(
        caller,
        report.retrievalId,
        { outcome: 'answered' },
        { ...given, attributes: [report.attribute] },
      );
      return acceptedAt;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { reason, trueCause: cause, violations } = error;
      const retrievalId = decoded.ok ? decoded.report.retrievalId : decoded.retrievalId;
      await this.#record(caller, retrievalId, { outcome: 'refused', reason, cause });
      throw new Fault(reason, { violations });
    }
  }

  /** By the own log, and on nobody's word: what this register gave to this node, of this person, and of nothing else. */
  async #given({ participant }: Caller, { retrievalId, idnr, attribute }: ReportedDatum): Promise<Given> {
    const subject = subjectDigest(this.seal, idnr);
    const given = await this.lines.given(participant.id, retrievalId, subject).catch((error: unknown) => {
      throw outage('REGISTER_UNAVAILABLE', error);
    });
    const { consumer = null, evidenceType = null, attributes = [] } = given ?? {};
    if (given === undefined || consumer === null || evidenceType === null || !attributes.includes(attribute))
      throw new Refused('NOT_FOUND', 'NOT_GIVEN');
    return { ...given, consumer, evidenceType, subject };
  }

  async #put({ participant }: Caller, report: ReportedDatum, { consumer, evidenceType }: Given): Promise<number> {
    const full = { ...report, caller: participant.id, consumer, evidenceType };
    const put = await this.reports.put(full, this.clock.now()).catch((error: unknown) => {
      throw outage('REGISTER_UNAVAILABLE', error);
    });
    if (put === 'other') throw new Refused('NOT_FOUND', 'REPORT_CHANGED');
    return put.acceptedAt;
  }

  async #record(
    { participant }: Caller,
    retrievalId: string | null,
    ending: Pick<EdgeLogEntry, 'outcome'> & Partial<Pick<EdgeLogEntry, 'reason' | 'cause'>>,
    about?: GivenLine,
  ): Promise<void> {
    const nothing = { consumer: null, evidenceType: null, purpose: null, legalBasis: null, subject: null };
    try {
      await this.log.append({
        event: 'discrepancy',
        at: this.clock.now(),
        caller: participant.id,
        ...nothing,
        retrievalId,
        ...{ permission: null, trigger: null, attestation: null },
        attributes: [],
        reason: null,
        cause: null,
        ...about,
        ...ending,
      });
    } catch (error) {
      throw outage('AUDIT_LOG_UNAVAILABLE', error);
    }
  }
}
