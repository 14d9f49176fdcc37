import { randomBytes, randomUUID } from 'node:crypto';
import { toTimestamp } from '../../src/platform/clock.js';
import type { ListSubjectEntriesRequest__Output } from '../../src/platform/rpc-types/einmal/register/v1/ListSubjectEntriesRequest.js';
import { attest, type Decision } from '../../src/tokens/attestation.js';
import type { SigningKey } from '../../src/tokens/jws.js';
import { inquiryDigest, type RegisterInquiry } from '../../src/tokens/register-inquiry.js';
import { subjectCommitment } from '../../src/tokens/subject-commitment.js';
import { presentTrigger } from '../../src/tokens/trigger-token.js';
import type { Federation } from './federation.js';
import { NOW, type Person, somebody } from './presented.js';

export const INQUIRED = 'melderegister-bremen';
const secret = () => randomBytes(32).toString('base64url');

/** One deviation from an inquiry that is right in everything. */
export type InquiryDeviation = Readonly<{
  caller?: string;
  inquiry?: Partial<RegisterInquiry>;
  /** Laid over the wire form after the token was bound to the right one. */
  wire?: Partial<ListSubjectEntriesRequest__Output>;
  decision?: Partial<Decision>;
  attester?: string;
  attestationKey?: SigningKey;
  triggerKey?: SigningKey;
  audience?: string;
  attestedAtMs?: number;
  attestationJti?: string;
  salt?: string;
}>;

/** What a person asks the register about themself, as the node passes it on. */
export async function anInquiry(
  federation: Federation,
  deviation: InquiryDeviation = {},
  { nowMs = NOW, person: who = somebody }: Readonly<{ nowMs?: number; person?: Person }> = {},
): Promise<ListSubjectEntriesRequest__Output> {
  const { salt = secret() } = deviation;
  const inquiry: RegisterInquiry = {
    inquiry_id: randomUUID(),
    register: INQUIRED,
    person: {
      idnr: who.idnr,
      birth_date: who.birthDate,
      commitment: { salt, family_name: who.familyName, idnr: null },
    },
    page_size: 100,
    page_token: '',
    nonce: secret(),
    issued_at: nowMs,
    ...deviation.inquiry,
  };
  const opening = {
    role: 'person',
    salt,
    birth_date: who.birthDate,
    family_name: who.familyName,
    idnr: null,
  };
  const { attester = 'pages', attestedAtMs = nowMs } = deviation;
  const { token: attestation } = await attest(
    {
      kind: 'CHOICE',
      legal_basis: 'ozg-10',
      requester: attester,
      evidence_type: 'identity',
      fields: ['birth_date', 'idnr'],
      purpose: 'datenauskunft',
      purpose_hash: federation.current.lookup.purpose('datenauskunft')?.hash ?? '',
      decider: 'pairwise-pseudonym-of-a-citizen',
      acting: 'SELF',
      decider_role: 'person',
      subject: { role: 'person', commitment: subjectCommitment(opening) },
      assurance: 'high',
      text_hash: secret(),
      preview: 'NOT_GRANTED',
      decided_at: Math.floor(attestedAtMs / 1000),
      ...deviation.decision,
    },
    {
      attester,
      node: 'node',
      key: deviation.attestationKey ?? federation.key(attester, 'attestation'),
      nowMs: attestedAtMs,
      lifetimeS: 600,
      ...(deviation.attestationJti !== undefined && { jti: deviation.attestationJti }),
    },
  );
  const { token } = await presentTrigger(
    { retrieval_id: inquiry.inquiry_id, request_digest: inquiryDigest(inquiry), attestation },
    {
      node: 'node',
      register: deviation.audience ?? INQUIRED,
      key: deviation.triggerKey ?? federation.key('node', 'trigger'),
      nowMs,
    },
  );
  const { person, nonce, issued_at, ...stated } = inquiry;
  return {
    ...stated,
    session_token: token,
    nonce: Buffer.from(nonce, 'base64url'),
    issue_time: toTimestamp(issued_at) as NonNullable<ListSubjectEntriesRequest__Output['issue_time']>,
    person: {
      idnr: person.idnr,
      birth_date: person.birth_date,
      commitment: { salt: Buffer.from(salt, 'base64url'), family_name: who.familyName },
    },
    ...deviation.wire,
  };
}
