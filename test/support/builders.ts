import type { Trigger } from '../../src/consent/trigger.js';
import type { ReleasableEvidence } from '../../src/prefill/form.js';
import type { Decision, VerifiedAttestation } from '../../src/tokens/attestation.js';
import type { EvidenceClaims } from '../../src/tokens/evidence-credential.js';

/** The moment of every test: FixedClock starts here. */
export const NOW = Date.UTC(2026, 10, 23, 12);
export const NOW_S = NOW / 1000;

export const CONSUMER = 'familienkasse-online';
export const SALT = 'c2FsdCBvZiAzMiBieXRlcyBmb3IgYSBjb21taXRtZW4';

/** A decision that is right in everything; one deviation per test. */
export function aDecision(deviation: Partial<Decision> = {}): Decision {
  return {
    kind: 'CHOICE',
    legal_basis: 'egovg-5-1-1',
    requester: CONSUMER,
    evidence_type: 'meldedaten',
    fields: ['birth_date', 'family_name'],
    purpose: 'kindergeld-antrag',
    purpose_hash: 'p'.repeat(43),
    decider: 'pairwise-4711',
    acting: 'SELF',
    decider_role: 'parent',
    subject: { role: 'parent', commitment: 'c'.repeat(43) },
    assurance: 'substantial',
    text_hash: 't'.repeat(43),
    preview: 'WAIVED',
    decided_at: NOW_S,
    ...deviation,
  };
}

export function anAttestation(deviation: Partial<VerifiedAttestation> = {}): VerifiedAttestation {
  return {
    ...aDecision(),
    jti: '0f0c7a55-7f0c-4c6e-8f7a-00000000000a',
    attester: CONSUMER,
    iat: NOW_S,
    exp: NOW_S + 600,
    ...deviation,
  };
}

type TriggerDeviation = Partial<Omit<Trigger, 'decision'>> & Readonly<{ decision?: Partial<VerifiedAttestation> }>;

export function aTrigger({ decision, ...deviation }: TriggerDeviation = {}): Trigger {
  const attested = anAttestation({ ...(deviation.id === undefined ? {} : { jti: deviation.id }), ...decision });
  return {
    id: attested.jti,
    decision: attested,
    attestation: `attestation-of-${attested.jti}`,
    commitmentSalt: SALT,
    state: 'granted',
    ...deviation,
  };
}

export function evidenceClaims(deviation: Partial<EvidenceClaims> = {}): EvidenceClaims {
  return {
    iss: 'urn:einmal:register:melderegister-bremen',
    aud: CONSUMER,
    jti: '0f0c7a55-7f0c-4c6e-8f7a-00000000000e',
    iat: NOW_S,
    vct: 'urn:einmal:evidence:meldedaten:1',
    evidence_type: 'meldedaten',
    subject_role: 'parent',
    as_of: '2026-09-21T09:15:00.000Z',
    purpose: 'kindergeld-antrag',
    purpose_hash: 'p'.repeat(43),
    legal_basis: 'egovg-5-1-1',
    retrieval_id: '0f0c7a55-7f0c-4c6e-8f7a-00000000000b',
    request_digest: 'd'.repeat(43),
    permission: '0f0c7a55-7f0c-4c6e-8f7a-00000000000c',
    trigger: '0f0c7a55-7f0c-4c6e-8f7a-00000000000a',
    assurance: 'substantial',
    withheld: [],
    ...deviation,
  };
}

export function someEvidence(deviation: Partial<ReleasableEvidence> = {}): ReleasableEvidence {
  const evidenceType = deviation.evidenceType ?? 'meldedaten';
  return {
    evidenceId: `id-of-${evidenceType}`,
    evidenceType,
    subjectRole: 'parent',
    register: 'melderegister-bremen',
    asOf: '2026-09-21T09:15:00.000Z',
    assurance: 'substantial',
    compact: `${evidenceType}~`,
    withheld: [],
    attributes: {},
    ...deviation,
  };
}
