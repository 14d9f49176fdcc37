import { randomUUID } from 'node:crypto';
import { importJWK } from 'jose';
import { agreementFor } from '../catalogue/agreement.js';
import type { ParticipantKey, Register } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { fieldLimits } from '../catalogue/field-limits.js';
import { CurrentRules } from '../permission/current-rules.js';
import { withheldAttributes } from '../permission/withheld.js';
import { Clock, numericDate } from '../platform/clock.js';
import { faultOfRecord } from '../platform/fault.js';
import { issueEvidence, MAX_CREDENTIAL_BYTES, ReservedName, registerIssuer } from '../tokens/evidence-credential.js';
import { type EncryptionKey, sealEvidence } from '../tokens/evidence-jwe.js';
import type { SigningKey } from '../tokens/jws.js';
import type { AskedRetrieval } from './asked.js';
import { type Cause, Refused } from './check.js';
import type { EvidenceRecord } from './evidence-source.js';
import type { Examined } from './examiner.js';
import { agreedEncryptionKeys } from './own-decision.js';

/** Permitted a moment ago, and not by the catalogue that came into force meanwhile: it counts at the next step (design 5). */
function noLonger(cause: Extract<Cause, `TRANSFER_${string}`>): Refused {
  return new Refused('TRANSFER_NOT_PERMITTED', cause);
}

/** A record is larger than evidence may be. Says nothing of it. */
class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly code = 'EVIDENCE_TOO_LARGE';
}

/** Signs what the register vouches for and encrypts it to the consumer, so that no node on the way need be trusted with it. */
export class EvidenceIssuer {
  /** By the entry of the catalogue: another version has other entries. */
  readonly #encryptionKeys = new WeakMap<ParticipantKey, Promise<EncryptionKey>>();

  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly rules: CurrentRules,
    private readonly register: Register,
    private key: SigningKey,
    private readonly clock: Clock,
  ) {}

  rotate(next: SigningKey): void {
    this.key = next;
  }

  /** @returns compact JWE with an SD-JWT VC inside */
  async issue(examined: Examined<AskedRetrieval>, record: EvidenceRecord): Promise<string> {
    const credential = await this.#sign(examined, record).catch((error: unknown) => {
      throw error instanceof ReservedName || error instanceof RangeError ? faultOfRecord(error) : error;
    });
    // Nobody would take it; and what is on record as answered must have been an answer.
    if (credential.length > MAX_CREDENTIAL_BYTES) throw faultOfRecord(new TooLarge());
    return sealEvidence(credential, await this.#encryptionKeyFor(examined));
  }

  async #sign({ asked, permission, attestation }: Examined<AskedRetrieval>, record: EvidenceRecord): Promise<string> {
    const { request, evidenceType, fields, digest } = asked;
    const { use_days } = permission.obligations;
    const { lookup } = this.catalogue;
    const type = lookup.evidenceType(evidenceType);
    const legalBasis = lookup.legalBasis(request.legal_basis);
    if (type === undefined || legalBasis === undefined) throw noLonger('TRANSFER_RULE');
    const question = { ...request, provider: this.register.id };
    const denies = this.rules.index.matching(question, this.register.type).filter(({ effect }) => effect === 'deny');
    return issueEvidence(
      {
        iss: registerIssuer(this.register.id),
        aud: request.consumer,
        jti: randomUUID(),
        iat: numericDate(this.clock.now()),
        vct: type.vct,
        evidence_type: evidenceType,
        subject_role: request.subject_role,
        as_of: record.asOf,
        purpose: request.purpose,
        purpose_hash: request.purpose_hash,
        legal_basis: request.legal_basis,
        retrieval_id: request.retrieval_id,
        request_digest: digest,
        permission: permission.jti,
        trigger: attestation.jti,
        assurance: attestation.assurance,
        ...(use_days === undefined ? {} : { use_days }),
        withheld: withheldAttributes(type, fields, { legalBasis, denies, limits: fieldLimits(lookup, question) }),
      },
      record.attributes,
      { key: this.key, digestCount: type.digest_count },
    );
  }

  /** From the agreement that this node asks under, and from nowhere else; the first, where one replaces another. */
  #encryptionKeyFor({ asked: { request, evidenceType }, node }: Examined<AskedRetrieval>): Promise<EncryptionKey> {
    const { lookup } = this.catalogue;
    const question = { ...request, evidence_type: evidenceType, provider: this.register.id };
    const found = agreementFor(lookup, question, this.clock.now(), node);
    if (found === 'none') throw noLonger('TRANSFER_RULE');
    const [entry] = agreedEncryptionKeys(lookup, request.consumer, found?.agreement);
    if (entry === undefined) throw noLonger('TRANSFER_CONSUMER_KEY');
    const known = this.#encryptionKeys.get(entry);
    if (known !== undefined) return known;
    const imported = importJWK({ ...entry.jwk }, entry.alg).then((key) => ({ kid: entry.kid, key }));
    this.#encryptionKeys.set(entry, imported);
    return imported;
  }
}
