import { randomBytes, randomUUID } from 'node:crypto';
import type { Assurance, Language, Representation } from '../catalogue/catalogue.js';
import { numericDate } from '../platform/clock.js';
import { attest, type Decision } from '../tokens/attestation.js';
import { textHash as hashOf } from '../tokens/digest.js';
import type { SigningKey } from '../tokens/jws.js';
import type { OwnDecision } from '../verify/answer.js';
import { type AnyApplicant, commitmentTo } from './applicant.js';
import type { ServiceDescription, ServiceNeed } from './service-description.js';

const LIFETIME_S = 1800;

/** What the person decided on the pages of the online service, after they had read the text of each need. */
export type PersonDecides = Readonly<{
  /** Pairwise pseudonym of the person who decides: the same for this service each time, and of no use elsewhere. */
  decider: string;
  /** At which level the person is identified. */
  assurance: Assurance;
  /** Language of the texts that were shown. */
  language?: Language;
  /** Which pieces of evidence the person chose to have retrieved; all if absent (EGovG § 5 Abs. 1: per evidence). */
  chosen?: (need: ServiceNeed) => boolean;
  /**
   * Whether the person wants to see the evidence before this service gets it (EGovG § 5 Abs. 5). `WAIVED`, if absent: they
   * see it in the form, before they send it.
   */
  preview?: 'WANTED' | 'WAIVED';
  /** By virtue of what the person decides for those of a role who may be, or are, decided for; custody for a child if absent. */
  represents?: Readonly<Record<string, Representation>>;
}>;

/** One signed decision; the salt opens its commitment to the person for node and register. */
export type AttestedDecision = Readonly<{
  trigger_id: string;
  attestation: string;
  /** base64url, 32 bytes. */
  commitment_salt: string;
  decision: Decision;
}>;

/** What of a decision an answer is later verified against. */
export function ownDecision({ trigger_id, decision }: AttestedDecision): OwnDecision {
  const { evidence_type, fields, legal_basis, purpose, purpose_hash, subject } = decision;
  return { trigger_id, evidence_type, subject_role: subject.role, fields, legal_basis, purpose, purpose_hash };
}

/** Signs one decision for each need that the person chose, identity lookups included. */
export async function attestDecisions(
  service: ServiceDescription,
  applicants: readonly AnyApplicant[],
  person: PersonDecides,
  by: Readonly<{ attester: string; node: string; key: SigningKey; nowMs: number }>,
): Promise<readonly AttestedDecision[]> {
  const chosen = service.needs.filter((need) => person.chosen?.(need) ?? true);
  return Promise.all(
    chosen.map(async (need) => {
      const applicant = applicants.find(({ role }) => role === need.subject_role);
      if (applicant === undefined) throw new Error(`the service needs a person in the role ${need.subject_role}`);
      const salt = randomBytes(32).toString('base64url');
      const decision = decisionAbout(need, { service, person, applicant, applicants, salt, nowMs: by.nowMs });
      const jti = randomUUID();
      const { token } = await attest(decision, { ...by, jti, lifetimeS: LIFETIME_S });
      return { trigger_id: jti, attestation: token, commitment_salt: salt, decision };
    }),
  );
}

function decisionAbout(
  need: ServiceNeed,
  about: {
    service: ServiceDescription;
    person: PersonDecides;
    applicant: AnyApplicant;
    applicants: readonly AnyApplicant[];
    salt: string;
    nowMs: number;
  },
): Decision {
  const { service, person, applicant, applicants, salt, nowMs } = about;
  const language = person.language ?? 'de';
  const textHash = need.decision_text_hashes[language];
  if (textHash === undefined) throw new Error(`there is no text in ${language} for ${need.evidence_type}`);
  const { representative, by } = representing(service, need.subject_role, person);
  const decider = applicants.find(({ role }) => role === representative) ?? null;
  return {
    kind: need.trigger_kind,
    legal_basis: need.legal_basis,
    requester: service.consumer,
    evidence_type: need.evidence_type,
    fields: [...need.fields].sort(),
    purpose: service.purpose,
    purpose_hash: service.purpose_hash,
    // A pseudonym per kind of evidence: registers cannot tell by it that two of them were asked by the same person.
    decider: hashOf(`${person.decider} ${need.evidence_type}`),
    acting: representative === undefined ? 'SELF' : 'REPRESENTATIVE',
    ...(by === undefined ? {} : { representation: by }),
    decider_role: representative ?? need.subject_role,
    subject: { role: need.subject_role, commitment: commitmentTo(applicant, salt, decider) },
    assurance: person.assurance,
    text_hash: textHash,
    preview: need.preview_granted ? (person.preview ?? 'WAIVED') : 'NOT_GRANTED',
    decided_at: numericDate(nowMs),
  };
}

/** In which role the person decides for somebody, and by virtue of what where that is said. */
function representing(
  { subjects }: ServiceDescription,
  role: string,
  { represents = {} }: PersonDecides,
): Readonly<{ representative?: string; by?: Representation }> {
  const subject = subjects.find((it) => it.role === role);
  // Of a company only its organ decides.
  const given = Object.hasOwn(represents, role) ? represents[role] : undefined;
  const by = given ?? (subject?.legal_person ? 'organ' : undefined);
  const representative = subject?.represented_by ?? (by && subject?.may_be_represented_by);
  if (representative === undefined) return {};
  return { representative, ...(by === undefined ? {} : { by }) };
}
