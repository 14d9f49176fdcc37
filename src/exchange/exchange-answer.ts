import { randomBytes } from 'node:crypto';
import type { AuditReceipt } from '../audit/log-store.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { OnlineService } from '../catalogue/catalogue.js';
import { type FormField, prefill } from '../prefill/form.js';
import { releaseDigest } from '../prefill/release-digest.js';
import {
  type Delivered,
  type ExchangeContext,
  isReadable,
  type NotDelivered,
  type RestsOn,
  releasedText,
  restsOn,
} from './exchange.js';
import type { Fetched } from './fetched.js';
import type { EvidenceRelease } from './release-evidence.js';

export type AnsweredEvidence = Readonly<{
  evidence: Delivered['evidence'];
  receipt: ReceiptCopy;
  ruleIds: readonly string[];
}>;

/** What an exchange answers, plain data: it is sealed for repeats. */
export type ExchangeAnswer = Readonly<{
  exchangeId: string;
  fields: readonly FormField[];
  notDelivered: readonly NotDelivered[];
  evidence: readonly AnsweredEvidence[];
  receipt: ReceiptCopy;
  /** base64url, 32 bytes: salt of the digest in the receipt's entry. */
  releaseSalt: string;
  restsOn: RestsOn;
}>;

export function answeredEvidence({
  evidence,
  receipt,
  retrieval,
}: Delivered & Readonly<{ receipt: AuditReceipt }>): AnsweredEvidence {
  return { evidence, receipt: copyOf(receipt), ruleIds: retrieval.permission.ruleIds };
}

/** Step 10 to 12: builds the answer, logs its digest, releases it. Without a service there is no form to fill. */
export async function releaseAnswer(
  release: EvidenceRelease,
  context: ExchangeContext,
  fetched: Fetched,
  service: OnlineService | undefined,
): Promise<ExchangeAnswer> {
  const releaseSalt = randomBytes(32).toString('base64url');
  const fieldsOf = (delivered: readonly Delivered[]) =>
    service === undefined
      ? []
      : prefill(
          service,
          delivered.filter(isReadable).map(({ evidence }) => evidence),
        );
  const released = await release.release(context, fetched, (delivered, missing) =>
    releaseDigest(
      {
        fields: fieldsOf(delivered),
        not_delivered: missing,
        evidence: delivered.map(releasedText),
      },
      releaseSalt,
    ),
  );
  return {
    exchangeId: context.exchangeId,
    fields: fieldsOf(released.delivered),
    notDelivered: released.notDelivered,
    evidence: released.delivered.map(answeredEvidence),
    receipt: copyOf(released.summary),
    releaseSalt,
    restsOn: restsOn(
      context.purpose,
      released.delivered.map(({ retrieval }) => retrieval),
    ),
  };
}
