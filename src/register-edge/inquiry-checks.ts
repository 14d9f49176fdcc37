import type { Participant, Register } from '../catalogue/catalogue.js';
import { mayReceiveIdnr } from '../catalogue/idnr-use.js';
import type { VerifiedAttestation } from '../tokens/attestation.js';
import { commitmentOf } from '../tokens/subject-commitment.js';
import type { VerifiedTrigger } from '../tokens/trigger-token.js';
import type { Check } from './check.js';
import type { AskedInquiry } from './decode-inquiry.js';
import { MAX_AGE_MS, MAX_AHEAD_MS } from './request-checks.js';

/** What was looked up for anything else shows nobody a line (GDPR Art. 5 (1) b). */
const PURPOSE = 'datenauskunft';

type Arrived = Readonly<{ asked: AskedInquiry; register: Register; now: number }>;

export const INQUIRY_CHECKS: readonly Check<Arrived>[] = [
  {
    cause: 'OTHER_REGISTER',
    reason: 'REQUEST_INVALID',
    field: 'register',
    rule: 'must be the register that is asked',
    holds: ({ asked, register }) => asked.inquiry.register === register.id,
  },
  {
    cause: 'OTHER_KIND_OF_SUBJECT',
    reason: 'REQUEST_INVALID',
    field: 'person',
    rule: 'is for registers that may receive the identification number (EGovG § 5 Abs. 4)',
    holds: ({ register }) => mayReceiveIdnr(register),
  },
  {
    cause: 'FROM_THE_FUTURE',
    reason: 'REQUEST_INVALID',
    field: 'issue_time',
    rule: 'must be at most 60 seconds ahead of the clock of the register',
    holds: ({ asked, now }) => asked.inquiry.issued_at <= now + MAX_AHEAD_MS,
  },
  {
    cause: 'TOO_OLD',
    reason: 'REQUEST_INVALID',
    field: 'issue_time',
    rule: 'must be at most 5 minutes old',
    holds: ({ asked, now }) => asked.inquiry.issued_at >= now - MAX_AGE_MS,
  },
];

/** The node's wrapping is verified at this point; now it must be the one for this very inquiry. */
export const INQUIRY_TRIGGER_CHECKS: readonly Check<Readonly<{ asked: AskedInquiry; trigger: VerifiedTrigger }>>[] = [
  {
    cause: 'TRIGGER_RETRIEVAL',
    reason: 'TRIGGER_INVALID',
    rule: 'a token is made for one inquiry',
    holds: ({ asked, trigger }) => trigger.retrieval_id === asked.inquiry.inquiry_id,
  },
  {
    cause: 'TRIGGER_DIGEST',
    reason: 'TRIGGER_INVALID',
    rule: 'a token is made for this inquiry as it arrived',
    holds: ({ asked, trigger }) => trigger.request_digest === asked.digest,
  },
];

/** Read before the signature is checked, and only to choose whose keys must fit. */
export const INQUIRY_ATTESTER_CHECKS: readonly Check<Readonly<{ attester: Participant | undefined }>>[] = [
  {
    cause: 'ATTESTATION_ATTESTER_KIND',
    reason: 'TRIGGER_INVALID',
    rule: 'persons ask for themselves at the pages (OZG § 10)',
    holds: ({ attester }) => attester?.kind === 'pages',
  },
];

type Attested = Readonly<{
  asked: AskedInquiry;
  attestation: VerifiedAttestation;
  /** Hash of the purpose's version in the own catalogue. */
  purposeHash: string | undefined;
}>;

/** The decision by which the directory was asked for the person is proven at this point; now it must be theirs, for themself. */
export const INQUIRY_DECISION_CHECKS: readonly Check<Attested>[] = [
  {
    cause: 'ATTESTATION_REQUESTER',
    reason: 'TRIGGER_INVALID',
    rule: 'pages attest what was decided at their own',
    holds: ({ attestation }) => attestation.requester === attestation.attester,
  },
  {
    cause: 'ATTESTATION_PURPOSE',
    reason: 'TRIGGER_INVALID',
    rule: 'the person was looked up to see who used their data, by a version of that purpose in the catalogue',
    holds: ({ attestation, purposeHash }) =>
      attestation.purpose === PURPOSE && attestation.purpose_hash === purposeHash,
  },
  {
    cause: 'ATTESTATION_DECIDER',
    reason: 'TRIGGER_INVALID',
    rule: 'who asks is the person themself, by an act of their own: no officer, no representative',
    holds: ({ attestation }) => attestation.acting === 'SELF' && attestation.kind === 'CHOICE',
  },
  {
    cause: 'ATTESTATION_ASSURANCE',
    reason: 'TRIGGER_INVALID',
    rule: 'the person signed in at the level high (OZG § 10)',
    holds: ({ attestation }) => attestation.assurance === 'high',
  },
  {
    cause: 'ATTESTATION_COMMITMENT',
    reason: 'TRIGGER_INVALID',
    rule: 'the person asked about is the person who decided',
    holds: ({ asked, attestation }) => {
      const { commitment, birth_date } = asked.inquiry.person;
      const { role } = attestation.subject;
      return commitmentOf({ ...commitment, role, birth_date }) === attestation.subject.commitment;
    },
  },
];
