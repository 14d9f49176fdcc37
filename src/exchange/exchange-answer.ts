import { randomBytes } from 'node:crypto';
import type { AuditReceipt } from '../audit/log-store.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import type { OnlineService } from '../catalogue/catalogue.js';
import { type FormField, prefill } from '../prefill/form.js';
import { type ReleasedStatements, releaseDigest } from '../prefill/release-digest.js';
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
import type { PersonsRelease } from './hold-evidence.js';
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
  /** What the person states themself about what is released; absent where they state nothing. */
  ownStatements?: ReleasedStatements;
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
  own?: PersonsRelease,
): Promise<ExchangeAnswer> {
  const releaseSalt = randomBytes(32).toString('base64url');
  const fieldsOf = (delivered: readonly Delivered[]) =>
    service === undefined
      ? []
      : prefill(
          service,
          delivered.filter(isReadable).map(({ evidence }) => evidence),
        );
  const released = await release.release(context, fetched, (delivered, missing) => {
    const stated = statementsOn(delivered, own);
    return releaseDigest(
      {
        fields: fieldsOf(delivered),
        not_delivered: missing,
        evidence: delivered.map(releasedText),
        ...(stated && { own_statements: stated }),
      },
      releaseSalt,
    );
  });
  const ownStatements = statementsOn(released.delivered, own);
  return {
    exchangeId: context.exchangeId,
    fields: fieldsOf(released.delivered),
    notDelivered: released.notDelivered,
    evidence: released.delivered.map(answeredEvidence),
    receipt: copyOf(released.summary),
    releaseSalt,
    ...(ownStatements && { ownStatements }),
    restsOn: restsOn(
      context.purpose,
      released.delivered.map(({ retrieval }) => retrieval),
    ),
  };
}

/** Only about what is released: what was withdrawn meanwhile takes with it what was said about it. */
function statementsOn(
  delivered: readonly Delivered[],
  own: PersonsRelease | undefined,
): ReleasedStatements | undefined {
  if (own === undefined) return undefined;
  const statements = delivered
    .filter(isReadable)
    .flatMap(({ retrieval: { retrievalId }, evidence: { evidenceId } }) =>
      own.statements
        .filter(({ held_id }) => held_id === retrievalId)
        .map((statement) => ({ ...statement, evidence_id: evidenceId })),
    );
  return statements.length === 0 ? undefined : { attestation: own.attestation, statements };
}
