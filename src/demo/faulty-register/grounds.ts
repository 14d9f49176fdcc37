import { randomUUID } from 'node:crypto';
import { decodeJwt, importJWK } from 'jose';
import type { EvidenceType } from '../../catalogue/catalogue.js';
import type { CatalogueLookup } from '../../catalogue/lookup.js';
import { numericDate } from '../../platform/clock.js';
import type { RetrieveEvidenceRequest__Output } from '../../platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import { decodeRetrieval } from '../../register-edge/decode-retrieval.js';
import { type AttributeValue, registerIssuer } from '../../tokens/evidence-credential.js';
import type { SigningKey } from '../../tokens/jws.js';
import type { Grounds } from './evidence-faults.js';

/** What a right answer to this request is made of. The tokens are read, not verified. */
export async function groundsFor(
  wire: RetrieveEvidenceRequest__Output,
  register: string,
  lookup: CatalogueLookup,
  key: SigningKey,
): Promise<Grounds> {
  const decoded = decodeRetrieval(wire, { allowTestNumbers: true });
  const type = lookup.evidenceType(wire.evidence_type ?? '');
  if (!decoded.ok || type === undefined) throw new Error('the simulator cannot read the request');
  const { request, digest, fields, permissionToken, triggerToken } = decoded.asked;
  const attestation = decodeJwt(String(decodeJwt(triggerToken).attestation));
  const [recipient] = lookup.keys(request.consumer, 'encryption');
  if (recipient === undefined) throw new Error('the consumer has no key');
  return {
    claims: {
      iss: registerIssuer(register),
      aud: request.consumer,
      jti: randomUUID(),
      iat: numericDate(Date.now()),
      vct: type.vct,
      evidence_type: type.id,
      subject_role: request.subject_role,
      as_of: new Date().toISOString(),
      purpose: request.purpose,
      purpose_hash: request.purpose_hash,
      legal_basis: request.legal_basis,
      retrieval_id: request.retrieval_id,
      request_digest: digest,
      permission: String(decodeJwt(permissionToken).jti),
      trigger: String(attestation.jti),
      assurance: 'substantial',
      withheld: [],
    },
    attributes: Object.fromEntries(fields.map((field) => [field, madeUp(type, field)])),
    unasked: type.attributes.find(({ id }) => !fields.includes(id))?.id ?? 'unknown_attribute',
    key,
    digestCount: type.digest_count,
    recipient: { kid: recipient.kid, key: await importJWK({ ...recipient.jwk }, recipient.alg) },
  };
}

function madeUp({ attributes }: EvidenceType, field: string): AttributeValue {
  switch (attributes.find(({ id }) => id === field)?.type) {
    case 'date':
    case 'partial-date':
      return '1999-12-31';
    case 'string-list':
      return ['DE'];
    case 'object':
      return [];
    default:
      return 'Simulator';
  }
}
