import { SessionDesk } from '../access/session-desk.js';
import { AuditLog } from '../audit/audit-log.js';
import type { AuditReceipt } from '../audit/log-store.js';
import type { IndexedPerson, ProtectedPart } from '../audit/record.js';
import type { Caller } from '../platform/caller.js';
import { invalid, refusal } from '../platform/fault.js';
import type { Session, SessionRole } from '../tokens/session-token.js';

/** A call of pages in whose session somebody inspects. */
export type Visit = Readonly<{ caller: Caller; sessionToken: string }>;

/** Somebody who may inspect, as the session names them. */
export type Inspector = Readonly<{ pages: string; session: Session }>;

const MIN_REASON = 10;
const INSPECTORS: readonly SessionRole[] = ['officer', 'auditor'];

type Act = Parameters<AuditLog['officerActed']>[0];

/** Who inspects, and that it is on record before anything is shown: the log is for control alone (IDNrG § 9). */
export class OversightDesk {
  constructor(
    private readonly sessions: SessionDesk,
    private readonly audit: AuditLog,
  ) {}

  /** Officers and auditors. @throws Fault CALL_NOT_ALLOWED, SESSION_*, ASSURANCE_TOO_LOW */
  async accept({ caller, sessionToken }: Visit): Promise<Inspector> {
    const session = await this.sessions.accept(caller, sessionToken);
    if (!INSPECTORS.includes(session.role)) throw refusal('CALL_NOT_ALLOWED');
    if (session.assurance === 'low') throw refusal('ASSURANCE_TOO_LOW');
    return { pages: caller.participant.id, session };
  }

  /** An auditor reads, and sees no person and decides nothing. @throws Fault as `accept` */
  async acceptOfficer(visit: Visit): Promise<Inspector> {
    const inspector = await this.accept(visit);
    demandOfficer(inspector);
    return inspector;
  }

  /** @param view what is looked at; `hidden` what it was limited to; `persons` find out that they were looked at */
  async looks(
    inspector: Inspector,
    view: string,
    hidden: ProtectedPart = {},
    persons: readonly IndexedPerson[] = [],
  ): Promise<AuditReceipt> {
    return this.audit.overseen({
      caller: { consumer: inspector.pages },
      protected: { ...sessionOf(inspector), view, ...hidden },
      persons: [...persons, actorOf(inspector)],
    });
  }

  async acts(inspector: Inspector, event: Act, hidden: ProtectedPart): Promise<AuditReceipt> {
    return this.audit.officerActed(event, {
      caller: { consumer: inspector.pages },
      protected: { ...sessionOf(inspector), ...hidden },
      persons: [actorOf(inspector)],
    });
  }
}

/** What somebody wrote as a reason or a finding may say whom it was about: an auditor sees no persons. */
export function noteFor({ session }: Inspector, note = ''): string {
  return session.role === 'officer' ? note : '';
}

export function demandOfficer({ session }: Inspector): void {
  if (session.role !== 'officer') throw refusal('CALL_NOT_ALLOWED');
}

/** What shows persons is done for a reason, under a file reference. */
export function demandGrounds(reason: string, fileReference: string): void {
  const violations = [];
  if (reason.trim().length < MIN_REASON)
    violations.push({ field: 'reason', description: `must have ${MIN_REASON} characters at least` });
  if (fileReference.trim() === '') violations.push({ field: 'file_reference', description: 'is required' });
  if (violations.length > 0) throw invalid(violations);
}

function sessionOf({ session: { id, role, assurance, actor } }: Inspector): Pick<ProtectedPart, 'session'> {
  return { session: { id, role, assurance, actor } };
}

/** Whoever asks later what this officer looked at finds it by their pseudonym. */
function actorOf({ pages, session: { actor } }: Inspector): IndexedPerson {
  return { person: { kind: 'pseudonym', issuer: pages, value: actor }, as: 'decider' };
}
