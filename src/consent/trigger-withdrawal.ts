import { AuditLog } from '../audit/audit-log.js';
import { EffectRefused } from '../audit/effect.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { IndexedPerson } from '../audit/record.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { retentionClassOf } from '../catalogue/retention-class.js';
import { SealedAnswers } from './sealed-answers.js';
import type { Trigger } from './trigger.js';

/** Withdraws decisions, whoever asks for it: an entry for each, and an end of what was answered or is held by them. */
export class TriggerWithdrawal {
  constructor(
    private readonly audit: AuditLog,
    private readonly answers: SealedAnswers,
    private readonly catalogue: CurrentCatalogue,
  ) {}

  /**
   * @param deciders by whom, beside the pseudonym of the decision, they are found in the log later
   * @returns receipts of the entries; none where all had been withdrawn
   */
  async withdraw(triggers: readonly Trigger[], deciders: readonly IndexedPerson[] = []): Promise<ReceiptCopy[]> {
    const receipts: ReceiptCopy[] = [];
    for (const { id, decision } of triggers.filter(({ state }) => state !== 'withdrawn')) {
      try {
        const { requester, evidence_type, purpose, legal_basis, attester, decider } = decision;
        const receipt = await this.audit.triggerWithdrawn({
          caller: { consumer: requester, trigger_id: id, evidence_type, purpose, legal_basis },
          persons: [{ person: { kind: 'pseudonym', issuer: attester, value: decider }, as: 'decider' }, ...deciders],
          ...retentionClassOf(this.catalogue.lookup.purpose(purpose)),
        });
        receipts.push(copyOf(receipt));
      } catch (error) {
        // Somebody else withdrew it in the same moment: it is withdrawn, which is all that was asked.
        if (!(error instanceof EffectRefused && error.reason === 'WITHDRAWN')) throw error;
      }
    }
    await this.answers.destroyByTrigger(triggers.map(({ id }) => id));
    return receipts;
  }
}
