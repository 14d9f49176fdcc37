import { randomBytes, randomUUID } from 'node:crypto';
import type { Assurance, Representation } from '../catalogue/catalogue.js';
import { numericDate } from '../platform/clock.js';
import { attest, type Decision, type DelayedNotice } from '../tokens/attestation.js';
import type { SigningKey } from '../tokens/jws.js';
import { type Applicant, commitmentTo } from './applicant.js';
import type { ServiceDescription } from './service-description.js';

const LIFETIME_S = 600;

export type AttestedLookup = Readonly<{ attestation: string; commitmentSalt: Buffer; isTask: boolean }>;

/** Whoever is signed in, in their role at the lookup, and by virtue of what they decide for the person who is looked up. */
export type Representing = Readonly<{ role: string; by: Representation }>;

/**
 * Signs that somebody who is signed in at the pages decided on the lookup of one person: for themself, for whom they represent, or by
 * virtue of their office where the legal basis is a statutory task. The decider is the actor of the session, so that the token of the
 * lookup is of use in their sessions alone.
 */
export async function attestLookup(
  service: ServiceDescription,
  applicant: Applicant,
  by: Readonly<{
    actor: string;
    assurance: Assurance;
    attester: string;
    node: string;
    key: SigningKey;
    nowMs: number;
    /** Of the text that was shown, in the language in which it was. */
    textHash: string;
    /** Where an authority must not tell the person at once. */
    delayedNotice?: DelayedNotice | undefined;
    representing?: Representing | undefined;
  }>,
): Promise<AttestedLookup> {
  const need = service.needs.find(({ subject_role }) => subject_role === applicant.role);
  if (need === undefined || !Object.values(need.decision_text_hashes).includes(by.textHash))
    throw new Error(`${service.service} looks up nobody in the role ${applicant.role} by this text`);
  const isTask = need.trigger_kind === 'STATUTORY_TASK';
  const salt = randomBytes(32);
  const decision: Decision = {
    kind: need.trigger_kind,
    legal_basis: need.legal_basis,
    requester: service.consumer,
    evidence_type: need.evidence_type,
    fields: [...need.fields].sort(),
    purpose: service.purpose,
    purpose_hash: service.purpose_hash,
    decider: by.actor,
    ...capacityOf(applicant, isTask, by.representing),
    subject: { role: applicant.role, commitment: commitmentTo(applicant, salt.toString('base64url')) },
    assurance: by.assurance,
    text_hash: by.textHash,
    preview: 'NOT_GRANTED',
    ...(by.delayedNotice === undefined ? {} : { delayed_notice: by.delayedNotice }),
    decided_at: numericDate(by.nowMs),
  };
  const { token } = await attest(decision, { ...by, jti: randomUUID(), lifetimeS: LIFETIME_S });
  return { attestation: token, commitmentSalt: salt, isTask };
}

function capacityOf(
  { role }: Applicant,
  isTask: boolean,
  representing: Representing | undefined,
): Pick<Decision, 'acting' | 'representation' | 'decider_role'> {
  if (isTask) return { acting: 'AUTHORITY', decider_role: 'authority' };
  if (representing === undefined) return { acting: 'SELF', decider_role: role };
  return { acting: 'REPRESENTATIVE', representation: representing.by, decider_role: representing.role };
}
