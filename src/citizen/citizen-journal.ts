import { AuditLog, type EventFacts } from '../audit/audit-log.js';
import { EffectRefused } from '../audit/effect.js';
import type { AuditReceipt } from '../audit/log-store.js';
import type { EventType, ProtectedPart } from '../audit/record.js';
import { refusal } from '../platform/fault.js';
import type { Citizen } from './citizen-desk.js';

type Said = Partial<EventFacts['caller']>;

/**
 * What persons do at the pages, on record before it is done, and found by themselves later. Whatever rests on a lookup that
 * was withdrawn is refused.
 */
export class CitizenJournal {
  constructor(private readonly audit: AuditLog) {}

  /** @throws Fault TRIGGER_WITHDRAWN, SUBJECT_TOKEN_INVALID */
  async write(
    event: Extract<EventType, 'subject.listed' | 'subject.inquired' | 'record.opened' | 'discrepancy.reported'>,
    { session, pages, person, refs: [byNumber, byPseudonym] }: Citizen,
    said: Said = {},
    hidden: ProtectedPart = {},
  ): Promise<AuditReceipt> {
    const { id, role, assurance, actor } = session;
    const { purpose, legal_basis } = person.decided;
    const facts: EventFacts = {
      caller: { purpose, legal_basis, ...said, consumer: pages },
      protected: {
        session: { id, role, assurance, actor },
        subjects: [{ role: person.role, person: byNumber }],
        ...hidden,
      },
      persons: [
        { person: byNumber, as: 'subject' },
        { person: byPseudonym, as: 'decider' },
      ],
    };
    try {
      return await this.audit.personActed(event, facts, person.lookup);
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      throw refusal(error.reason === 'WITHDRAWN' ? 'TRIGGER_WITHDRAWN' : 'SUBJECT_TOKEN_INVALID');
    }
  }
}
