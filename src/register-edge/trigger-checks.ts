import { ASSURANCES, type Participant } from '../catalogue/catalogue.js';
import { mayDelayNotice } from '../catalogue/delayed-notice.js';
import { representationOf, type VerifiedAttestation } from '../tokens/attestation.js';
import { commitmentOf } from '../tokens/subject-commitment.js';
import type { VerifiedTrigger } from '../tokens/trigger-token.js';
import type { Asked } from './asked.js';
import type { Check } from './check.js';
import type { OwnDecision } from './own-decision.js';

/** The node's wrapping is verified at this point; now it must be the one for this very request. */
export const TRIGGER_CHECKS: readonly Check<Readonly<{ asked: Asked; trigger: VerifiedTrigger }>>[] = [
  {
    cause: 'TRIGGER_RETRIEVAL',
    reason: 'TRIGGER_INVALID',
    rule: 'a trigger is presented for one retrieval',
    holds: ({ asked, trigger }) => trigger.retrieval_id === asked.request.retrieval_id,
  },
  {
    cause: 'TRIGGER_DIGEST',
    reason: 'TRIGGER_INVALID',
    rule: 'a trigger is presented for this request as it arrived',
    holds: ({ asked, trigger }) => trigger.request_digest === asked.digest,
  },
];

/** Who claims to have attested: read before the signature is checked, and only to choose whose keys must fit. */
export const ATTESTER_CHECKS: readonly Check<
  Readonly<{ asked: Asked; attester: Participant | undefined; own: OwnDecision }>
>[] = [
  {
    cause: 'ATTESTATION_ATTESTER',
    reason: 'TRIGGER_INVALID',
    rule: 'the attester is a participant of the own catalogue',
    holds: ({ attester }) => attester !== undefined,
  },
  {
    cause: 'ATTESTATION_ATTESTER_KIND',
    reason: 'TRIGGER_INVALID',
    rule: 'the rule accepts this kind of attester (design 4)',
    holds: ({ attester, own }) => attester !== undefined && own.attestedBy.includes(attester.kind),
  },
  {
    cause: 'ATTESTATION_REQUESTER',
    reason: 'TRIGGER_INVALID',
    rule: 'an online service and an authority attest for themselves only',
    holds: ({ asked, attester }) =>
      (attester?.kind !== 'online-service' && attester?.kind !== 'authority') || attester.id === asked.request.consumer,
  },
];

type AttestationFacts = Readonly<{ asked: Asked; attestation: VerifiedAttestation; own: OwnDecision }>;

/** The decision is proven at this point; now it must cover this very request. */
export const ATTESTATION_CHECKS: readonly Check<AttestationFacts>[] = [
  {
    cause: 'ATTESTATION_REQUESTER',
    reason: 'TRIGGER_INVALID',
    rule: 'a decision is for the participant whom the person chose',
    holds: ({ asked, attestation }) => attestation.requester === asked.request.consumer,
  },
  {
    cause: 'ATTESTATION_EVIDENCE_TYPE',
    reason: 'TRIGGER_INVALID',
    rule: 'a decision is made per evidence (EGovG § 5 Abs. 1)',
    holds: ({ asked, attestation }) => attestation.evidence_type === asked.evidenceType,
  },
  {
    cause: 'ATTESTATION_FIELDS',
    reason: 'TRIGGER_INVALID',
    rule: 'every field asked for was decided on (EGovG § 5 Abs. 1)',
    holds: ({ asked, attestation }) => asked.fields.every((field) => attestation.fields.includes(field)),
  },
  {
    cause: 'ATTESTATION_PURPOSE',
    reason: 'TRIGGER_INVALID',
    rule: 'purpose and its version are those decided on (GDPR Art. 5 (1) b)',
    holds: ({ asked, attestation }) =>
      attestation.purpose === asked.request.purpose && attestation.purpose_hash === asked.request.purpose_hash,
  },
  {
    cause: 'ATTESTATION_LEGAL_BASIS',
    reason: 'TRIGGER_INVALID',
    rule: 'the legal basis is the one decided on',
    holds: ({ asked, attestation }) => attestation.legal_basis === asked.request.legal_basis,
  },
  {
    cause: 'ATTESTATION_ROLE',
    reason: 'TRIGGER_INVALID',
    rule: 'the subject is the one decided about',
    holds: ({ asked, attestation }) => attestation.subject.role === asked.request.subject_role,
  },
  {
    cause: 'ATTESTATION_KIND',
    reason: 'TRIGGER_INVALID',
    rule: 'the kind of trigger is the one the legal basis asks for (design 4)',
    holds: ({ attestation, own }) => attestation.kind === own.legalBasis?.trigger,
  },
  {
    cause: 'ATTESTATION_ASSURANCE',
    reason: 'TRIGGER_INVALID',
    rule: 'the level of assurance suffices (OZG § 3; eIDAS Art. 8)',
    holds: ({ attestation, own }) => ASSURANCES.indexOf(attestation.assurance) >= ASSURANCES.indexOf(own.minAssurance),
  },
  {
    cause: 'ATTESTATION_NOTICE',
    reason: 'TRIGGER_INVALID',
    rule: 'a look is kept from the person only as long as a norm of the legal basis lets it',
    holds: ({ attestation, own }) => mayDelayNotice(attestation, own.legalBasis),
  },
  {
    cause: 'ATTESTATION_DECIDER',
    reason: 'TRIGGER_INVALID',
    rule: 'who decides for themselves is the subject (design 4)',
    holds: ({ attestation: { acting, decider_role, subject } }) => acting !== 'SELF' || decider_role === subject.role,
  },
  {
    cause: 'ATTESTATION_REPRESENTATIVE',
    reason: 'TRIGGER_INVALID',
    rule: 'the directory is told who represents, exactly where somebody does (design 4)',
    holds: ({ asked: { request }, attestation }) =>
      !('key' in request) || (attestation.acting === 'REPRESENTATIVE') === (request.representative_idnr !== null),
  },
  {
    cause: 'ATTESTATION_REPRESENTATIVE',
    reason: 'TRIGGER_INVALID',
    rule: 'for a legal person its organ decides, whom the register is told, or an authority; no other has an organ (design 4)',
    holds: ({ asked: { opening }, attestation }) => {
      const isOrgan = representationOf(attestation) === 'organ';
      if (!('company' in opening)) return !isOrgan;
      return opening.representative === null ? attestation.acting === 'AUTHORITY' : isOrgan;
    },
  },
  {
    cause: 'ATTESTATION_COMMITMENT',
    reason: 'TRIGGER_INVALID',
    rule: 'the person asked about is the person decided about',
    holds: ({ asked, attestation }) => commitmentOf(asked.opening) === attestation.subject.commitment,
  },
];
