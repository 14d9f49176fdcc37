import { ASSURANCES, type Assurance, type LegalBasis, type ParticipantKind } from '../catalogue/catalogue.js';
import { mayDelayNotice } from '../catalogue/delayed-notice.js';
import type { Reason } from '../platform/reasons.js';
import type { VerifiedAttestation } from '../tokens/attestation.js';

/** A legal trigger as the node keeps it: the attested decision, its own signature, and what opens its commitment. */
export type Trigger = Readonly<{
  id: string;
  decision: VerifiedAttestation;
  /** Compact JWS of the attester, passed on to the register unchanged. */
  attestation: string;
  /** base64url, 32 bytes. Empty some time after the decision ended: nobody may compare a person with it any more. */
  commitmentSalt: string;
  /** Number of the person who decided, where the node itself saw who it was; it must be who is found then. */
  deciderIdnr?: string;
  state: TriggerState;
}>;

export type TriggerState = 'granted' | 'used' | 'withdrawn';

/** What one retrieval needs its trigger to cover. */
export type Wanted = Readonly<{
  requester: string;
  evidenceType: string;
  subjectRole: string;
  purpose: string;
  purposeHash: string;
  legalBasis: LegalBasis;
  fields: readonly string[];
  attestedBy: readonly ParticipantKind[];
  minAssurance: Assurance;
  /** Hashes of the texts that the catalogue has for this decision, in all languages. Empty: no text is prescribed. */
  textHashes: readonly string[];
  attesterKind: ParticipantKind | undefined;
}>;

/** The same trigger for the repeat of the request that used it (design 8). */
export function asUnused(trigger: Trigger): Trigger {
  return trigger.state === 'used' ? { ...trigger, state: 'granted' } : trigger;
}

/** Given, and over without having been used. */
export function isExpired({ state, decision }: Trigger, nowMs: number): boolean {
  return state === 'granted' && decision.exp * 1000 <= nowMs;
}

type Check = Readonly<{
  reason: Reason;
  rule: string;
  fails: (trigger: Trigger, wanted: Wanted, now: number) => boolean;
}>;

/** In this order; the first that fails names the refusal. */
export const TRIGGER_CHECKS: readonly Check[] = [
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'a trigger is for the participant whom the person chose',
    fails: ({ decision }, wanted) => decision.requester !== wanted.requester,
  },
  {
    reason: 'TRIGGER_WITHDRAWN',
    rule: 'a withdrawal counts from the next step on (GDPR Art. 7 (3))',
    fails: ({ state }) => state === 'withdrawn',
  },
  {
    reason: 'TRIGGER_USED',
    rule: 'one decision, one retrieval (BSI TR-03176-1)',
    fails: ({ state }) => state === 'used',
  },
  {
    reason: 'TRIGGER_EXPIRED',
    rule: 'a decision ends at its time',
    fails: ({ decision }, _wanted, now) => decision.exp * 1000 <= now,
  },
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'evidence type and subject are those decided on (EGovG § 5 Abs. 1: per evidence)',
    fails: ({ decision }, wanted) =>
      decision.evidence_type !== wanted.evidenceType || decision.subject.role !== wanted.subjectRole,
  },
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'purpose and its version are those decided on (GDPR Art. 5 (1) b)',
    fails: ({ decision }, wanted) =>
      decision.purpose !== wanted.purpose || decision.purpose_hash !== wanted.purposeHash,
  },
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'legal basis and kind of trigger belong together',
    fails: ({ decision }, wanted) =>
      decision.legal_basis !== wanted.legalBasis.id || decision.kind !== wanted.legalBasis.trigger,
  },
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'every field asked for was decided on',
    fails: ({ decision }, wanted) => wanted.fields.some((field) => !decision.fields.includes(field)),
  },
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'the text shown is a version of the catalogue',
    fails: ({ decision }, wanted) => wanted.textHashes.length > 0 && !wanted.textHashes.includes(decision.text_hash),
  },
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'a look is kept from the person only as long as a norm of the legal basis lets it',
    fails: ({ decision }, wanted) => !mayDelayNotice(decision, wanted.legalBasis),
  },
  {
    reason: 'TRIGGER_NOT_ATTESTED',
    rule: 'the rule accepts this kind of attester',
    fails: (_trigger, wanted) => wanted.attesterKind === undefined || !wanted.attestedBy.includes(wanted.attesterKind),
  },
  {
    reason: 'TRIGGER_NOT_COVERING',
    rule: 'the level of assurance of the decision suffices',
    fails: ({ decision }, wanted) => ASSURANCES.indexOf(decision.assurance) < ASSURANCES.indexOf(wanted.minAssurance),
  },
];

/** Undefined when the trigger covers what is wanted now. */
export function whyNotCovering(trigger: Trigger, wanted: Wanted, now: number): Check | undefined {
  return TRIGGER_CHECKS.find((check) => check.fails(trigger, wanted, now));
}
