import { isAtLeastAsStrict } from '../tokens/obligations.js';
import type { VerifiedPermission } from '../tokens/permission-token.js';
import type { Asked } from './asked.js';
import type { Check } from './check.js';
import type { OwnDecision } from './own-decision.js';

export type PermissionFacts = Readonly<{
  asked: Asked;
  /** `x5t#S256` of this connection, and of all certificates of who calls. */
  thumbprint: string;
  certificates: readonly string[];
  permission: VerifiedPermission;
  own: OwnDecision;
}>;

/** The permission token is verified at this point; now it must be the one for this very request. */
export const PERMISSION_CHECKS: readonly Check<PermissionFacts>[] = [
  {
    cause: 'PERMISSION_CONSUMER',
    reason: 'PERMISSION_INVALID',
    rule: 'a permission is for one consumer (IDNrG § 7 Abs. 2)',
    holds: ({ asked, permission }) => permission.consumer === asked.request.consumer,
  },
  {
    cause: 'PERMISSION_EVIDENCE_TYPE',
    reason: 'PERMISSION_INVALID',
    rule: 'a permission is for one evidence type',
    holds: ({ asked, permission }) => permission.evidence_type === asked.evidenceType,
  },
  {
    cause: 'PERMISSION_PURPOSE',
    reason: 'PERMISSION_INVALID',
    rule: 'a permission is for one version of one purpose (GDPR Art. 5 (1) b)',
    holds: ({ asked, permission }) =>
      permission.purpose === asked.request.purpose && permission.purpose_hash === asked.request.purpose_hash,
  },
  {
    cause: 'PERMISSION_LEGAL_BASIS',
    reason: 'PERMISSION_INVALID',
    rule: 'a permission is for one legal basis',
    holds: ({ asked, permission }) => permission.legal_basis === asked.request.legal_basis,
  },
  {
    cause: 'PERMISSION_CALLER',
    reason: 'PERMISSION_INVALID',
    rule: 'a permission is presented by the node it was issued to (RFC 8705 § 3)',
    // While one certificate of the node replaces another, it may have asked for the permission by the one before.
    holds: ({ permission, thumbprint, certificates }) =>
      permission.node_certificate === thumbprint ||
      [permission.node_certificate, thumbprint].every((it) => certificates.includes(it)),
  },
  {
    cause: 'PERMISSION_AREAS',
    reason: 'PERMISSION_INVALID',
    rule: 'both areas are those of the own catalogue (IDNrG § 7 Abs. 2)',
    holds: ({ permission: { areas }, own }) =>
      areas.consumer === own.areas?.consumer && areas.provider === own.areas.provider,
  },
  {
    cause: 'PERMISSION_DIGEST_MISSING',
    reason: 'PERMISSION_INVALID',
    rule: 'where the number crosses areas the permission is for one request (IDNrG § 7 Abs. 2, § 12 Abs. 4)',
    holds: ({ permission, own }) => permission.request_digest !== undefined || !own.digestRequired,
  },
  {
    cause: 'PERMISSION_DIGEST',
    reason: 'PERMISSION_INVALID',
    rule: 'a bound permission is for this request as it arrived',
    holds: ({ asked, permission }) =>
      permission.request_digest === undefined || permission.request_digest === asked.digest,
  },
  {
    cause: 'PERMISSION_OBLIGATIONS',
    reason: 'PERMISSION_INVALID',
    rule: 'what the own rules demand beside, the permission demands as well (IDNrG § 7 Abs. 2)',
    holds: ({ permission, own }) => isAtLeastAsStrict(permission.obligations, own.obligations),
  },
];

/** No word of the intermediary replaces the own decision by the own catalogue. */
export const TRANSFER_CHECKS: readonly Check<PermissionFacts>[] = [
  {
    cause: 'TRANSFER_RULE',
    reason: 'TRANSFER_NOT_PERMITTED',
    rule: 'a rule of the own catalogue allows the transfer (IDNrG § 7 Abs. 2)',
    holds: ({ own }) => own.allowed,
  },
  {
    cause: 'TRANSFER_PURPOSE_VERSION',
    reason: 'TRANSFER_NOT_PERMITTED',
    rule: 'the purpose is meant in the version of the own catalogue (GDPR Art. 5 (1) b)',
    holds: ({ asked, own }) => own.purposeHash === asked.request.purpose_hash,
  },
  {
    cause: 'TRANSFER_FIELDS',
    reason: 'TRANSFER_NOT_PERMITTED',
    rule: 'rules of the own catalogue allow every field (GDPR Art. 5 (1) c)',
    holds: ({ asked, own }) => asked.fields.every((field) => own.fields.includes(field)),
  },
  {
    cause: 'PERMISSION_FIELDS',
    reason: 'TRANSFER_NOT_PERMITTED',
    rule: 'the permission covers every field',
    holds: ({ asked, permission }) => asked.fields.every((field) => permission.fields.includes(field)),
  },
  {
    cause: 'TRANSFER_CONSUMER_KEY',
    reason: 'TRANSFER_NOT_PERMITTED',
    rule: 'the agreement names a key to encrypt to; none is ever taken from a request',
    holds: ({ own }) => own.consumerHasKey,
  },
];
