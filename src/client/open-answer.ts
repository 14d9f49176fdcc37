import { decodeJwt } from 'jose';
import { prefill } from '../prefill/form.js';
import {
  type AttributeValue,
  disclose,
  registerIssuer,
  type VerifiedEvidence,
  verifyEvidence,
} from '../tokens/evidence-credential.js';
import { openEvidence, sealedTo } from '../tokens/evidence-jwe.js';
import { importVerificationKey, TokenFault, type TokenFaultCode, type VerificationKey } from '../tokens/jws.js';
import type { AnsweredField, KeySet, PrefillAnswer, ReleasedEvidence, Trust } from '../verify/answer.js';
import type { AttestedDecision } from './attest-decisions.js';
import type { OwnKeys } from './own-keys.js';
import type { ServiceDescription } from './service-description.js';

/** One piece, verified and cut down to what was decided on. */
export type OpenedPiece = Readonly<{
  evidence: ReleasedEvidence;
  attributes: Readonly<Record<string, AttributeValue>>;
  /** The person wants to see it before it is used (EGovG § 5 Abs. 5). */
  wantsPreview: boolean;
}>;

/** A register sent what cannot be accepted, or more than was decided on; nothing of the surplus is kept. */
export type OpeningIncident = Readonly<{
  evidence_type: string;
  subject_role: string;
  register: string;
  cause: TokenFaultCode | 'SURPLUS_FIELDS';
  /** Names of surplus attributes. */
  attributes: readonly string[];
}>;

export type OpenedAnswer = Readonly<{
  /** As the verifier takes it; what could not be accepted stays sealed. */
  answer: PrefillAnswer;
  pieces: readonly OpenedPiece[];
  incidents: readonly OpeningIncident[];
}>;

/** What the consumer opens and verifies with. */
export type Opening = Readonly<{
  consumer: string;
  decisions: readonly AttestedDecision[];
  keys: OwnKeys;
  /** Public keys of each register, got on another way than from the node. */
  registers: Trust['registers'];
  nowMs: number;
}>;

/**
 * What the node does for others, for a consumer that keeps its key: opens each piece, verifies that its register signed it
 * for this consumer and this decision, and cuts it down to the fields decided on (GDPR Art. 5 (1) c).
 */
export async function openAnswer(answer: PrefillAnswer, opening: Opening): Promise<OpenedAnswer> {
  const used = new Set<string>();
  const opened = await Promise.all(answer.evidence.map((piece) => openPiece(piece, opening, used)));
  return {
    answer: { ...answer, evidence: opened.map(({ evidence }) => evidence) },
    pieces: opened.flatMap(({ piece }) => piece ?? []),
    incidents: opened.flatMap(({ incidents }) => incidents),
  };
}

/**
 * Fills the form as the node would. A piece that the person wants to see first fills nothing until they released it.
 * @param released `evidence_id` of what they saw and released
 */
export function fillForm(
  service: Pick<ServiceDescription, 'mapping'>,
  { pieces }: Pick<OpenedAnswer, 'pieces'>,
  released: readonly string[] = [],
): readonly AnsweredField[] {
  const usable = pieces.filter((it) => !it.wantsPreview || released.includes(it.evidence.evidence_id));
  return prefill(
    service,
    usable.map(({ evidence, attributes }) => ({
      evidenceId: evidence.evidence_id,
      evidenceType: evidence.evidence_type,
      subjectRole: evidence.subject_role,
      register: evidence.register,
      asOf: evidence.as_of,
      assurance: evidence.assurance,
      attributes,
    })),
  );
}

type Opened = Readonly<{
  evidence: ReleasedEvidence;
  piece?: OpenedPiece;
  incidents: readonly OpeningIncident[];
}>;

async function openPiece(evidence: ReleasedEvidence, opening: Opening, used: Set<string>): Promise<Opened> {
  const { evidence_type, subject_role, register, evidence_jwe: jwe = '' } = evidence;
  const incident = (cause: OpeningIncident['cause'], attributes: readonly string[] = []): OpeningIncident => ({
    ...{ evidence_type, subject_role, register, cause, attributes },
  });
  const isMeant = ({ decision }: AttestedDecision) =>
    decision.evidence_type === evidence_type && decision.subject.role === subject_role;
  const decided = opening.decisions.find(isMeant);
  // One decision, one piece: whatever comes beside it was not decided on.
  if (decided === undefined || used.has(decided.trigger_id)) return { evidence, incidents: [incident('BINDING')] };
  used.add(decided.trigger_id);
  try {
    const { decision } = decided;
    const verified = await verify(jwe, register, decided, opening);
    const { compact, attributes, surplus } = disclose(verified, new Set(decision.fields));
    const { jti, as_of, withheld } = verified.claims;
    const own = { ...evidence, evidence_id: jti, as_of: new Date(as_of).toISOString(), sd_jwt: compact, withheld };
    return {
      evidence: own,
      piece: { evidence: own, attributes, wantsPreview: decision.preview === 'WANTED' },
      incidents: surplus.length === 0 ? [] : [incident('SURPLUS_FIELDS', surplus)],
    };
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    return { evidence, incidents: [incident(error.code)] };
  }
}

async function verify(
  jwe: string,
  register: string,
  { trigger_id, decision }: AttestedDecision,
  { consumer, keys, registers, nowMs }: Opening,
): Promise<VerifiedEvidence> {
  const key = keys.get(sealedTo(jwe).kid);
  if (key === undefined) throw new TokenFault('KEY_UNKNOWN');
  const compact = await openEvidence(jwe, key);
  return verifyEvidence(compact, {
    keys: await registerKeys(registers[register]),
    nowMs,
    expected: {
      ...betweenNodeAndRegister(compact),
      iss: registerIssuer(register),
      aud: consumer,
      evidence_type: decision.evidence_type,
      subject_role: decision.subject.role,
      purpose: decision.purpose,
      purpose_hash: decision.purpose_hash,
      legal_basis: decision.legal_basis,
      trigger: trigger_id,
      assurance: decision.assurance,
    },
  });
}

/** What only node and register know of their exchange is taken as it was signed. @throws TokenFault */
function betweenNodeAndRegister(compact: string) {
  const claims = claimsOf(compact);
  const text = (name: string) => {
    const value = claims[name];
    if (typeof value !== 'string' || value === '') throw new TokenFault('CLAIM');
    return value;
  };
  return {
    vct: text('vct'),
    retrieval_id: text('retrieval_id'),
    request_digest: text('request_digest'),
    permission: text('permission'),
    ...(typeof claims.use_days === 'number' ? { use_days: claims.use_days } : {}),
  };
}

function claimsOf(compact: string): Readonly<Record<string, unknown>> {
  try {
    return decodeJwt(compact.split('~')[0] ?? '');
  } catch {
    throw new TokenFault('MALFORMED');
  }
}

function registerKeys(set: KeySet | undefined): Promise<readonly VerificationKey[]> {
  return Promise.all(
    (set?.keys ?? []).flatMap(({ kid, alg, ...jwk }) =>
      typeof kid === 'string' && (alg === 'ES256' || alg === 'Ed25519' || alg === 'PS256')
        ? [importVerificationKey({ kid, alg, jwk })]
        : [],
    ),
  );
}
