import { formatTlogProof } from '#libs/tlog/tlog-proof.js';
import type { OpenRecordResponse__Output } from '../platform/rpc-types/einmal/broker/v1/OpenRecordResponse.js';
import type { PrefillAnswer, Receipt, ReleasedEvidence } from '../verify/answer.js';
import {
  ARCHIVE_FORMAT,
  type Archive,
  type ArchivedDecision,
  type ArchivedEntry,
  type ArchivedEvidence,
} from '../verify/archive.js';

/** The node did not give what an archive takes; what it gave is not kept, since it would not verify. */
export class ArchiveIncomplete extends Error {
  override readonly name = 'ArchiveIncomplete';
}

export type IssuerKey = Readonly<{ jwk: Readonly<Record<string, string>>; receipts: readonly Receipt[] }>;

/** Public members of a JWK (RFC 7518 § 6) and what binds it to one algorithm. */
const JWK_MEMBERS = ['kty', 'kid', 'alg', 'crv', 'x', 'y', 'n', 'e'];

export function toArchive(
  { exchange_id, fields, not_delivered, release_salt, receipt, evidence, own_statements }: PrefillAnswer,
  consumer: string,
  log: string,
  parts: (piece: ReleasedEvidence) => Pick<ArchivedEvidence, 'decision' | 'issuer_key'>,
): Archive {
  if (own_statements !== undefined) throw new ArchiveIncomplete('an archive takes no statements of a person');
  return {
    format: ARCHIVE_FORMAT,
    ...{ log, consumer, exchange_id, fields },
    not_delivered: not_delivered.map(({ evidence_type, subject_role, reason, detail }) => ({
      ...{ evidence_type, subject_role, reason, detail },
    })),
    release_salt,
    entry: toArchivedEntry(receipt),
    evidence: evidence.map((piece) => {
      const { receipt: closed, ...shown } = piece;
      return { ...shown, entry: toArchivedEntry(closed), ...parts(piece) };
    }),
  };
}

export function toArchivedEntry({ opening, log_index, inclusion_proof, checkpoint }: Receipt): ArchivedEntry {
  const proof = inclusion_proof.map((hash) => Buffer.from(hash, 'base64'));
  return { opening, tlog_proof: formatTlogProof({ index: log_index, proof, checkpoint }) };
}

/** @throws ArchiveIncomplete for a record whose protected half is not shown */
export function toArchivedDecision(receipt: Receipt, opened: OpenRecordResponse__Output): ArchivedDecision {
  const { protected: part = '', protected_salt: salt } = opened;
  if (part === '' || salt === undefined) throw new ArchiveIncomplete('the node does not open the decision');
  return { ...toArchivedEntry(receipt), protected: { salt: salt.toString('base64'), part: JSON.parse(part) } };
}

/** @throws ArchiveIncomplete for a key that is not in use any more: the archive is written when the answer comes */
export function toIssuerKey({ jwk, receipts }: IssuerKey): ArchivedEvidence['issuer_key'] {
  const members = Object.entries(jwk).filter(([name]) => JWK_MEMBERS.includes(name));
  if (members.length === 0) throw new ArchiveIncomplete('the catalogue names the key of the register no more');
  return { jwk: Object.fromEntries(members), entries: receipts.map(toArchivedEntry) };
}
