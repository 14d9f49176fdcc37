import { toArchive, toArchivedDecision, toIssuerKey } from '../../src/client/archive.js';
import type { Archive } from '../../src/verify/archive.js';
import type { Verifiable } from './verifiable-answer.js';

/** What the client library makes of an answer of an honest node. */
export function archiveOf({ answer, asked, trust, before }: Verifiable): Archive {
  const decision = toArchivedDecision(before.granted, {
    protected: JSON.stringify(before.part),
    protected_salt: Buffer.from(before.salt, 'base64'),
  });
  return toArchive(answer, asked.consumer, trust.log, ({ register }) => ({
    decision,
    issuer_key: toIssuerKey({
      jwk: trust.registers[register]!.keys[0] as Readonly<Record<string, string>>,
      receipts: [before.key],
    }),
  }));
}
