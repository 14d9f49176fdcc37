import { randomUUID } from 'node:crypto';
import { CompactEncrypt, type CryptoKey, importJWK } from 'jose';
import { agreementFor } from '../catalogue/agreement.js';
import type { ParticipantKey, Register } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { fieldLimits } from '../catalogue/field-limits.js';
import { CurrentRules } from '../permission/current-rules.js';
import type { TransferQuestion } from '../permission/transfer-question.js';
import { withheldAttributes } from '../permission/withheld.js';
import { Clock, numericDate } from '../platform/clock.js';
import { EVIDENCE_TYP, issueEvidence, registerIssuer } from '../tokens/evidence-credential.js';
import type { SigningKey } from '../tokens/jws.js';
import type { AskedRetrieval } from './asked.js';
import type { EvidenceRecord } from './evidence-source.js';
import type { Examined } from './examiner.js';
import { agreedEncryptionKeys } from './own-decision.js';

type EncryptionKey = Readonly<{ kid: string; key: CryptoKey | Uint8Array }>;

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
    const credential = await this.#sign(examined, record);
    const { kid, key } = await this.#encryptionKeyFor({
      ...examined.asked.request,
      evidence_type: examined.asked.evidenceType,
    });
    return new CompactEncrypt(new TextEncoder().encode(credential))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, cty: EVIDENCE_TYP })
      .encrypt(key);
  }

  async #sign({ asked, permission, attestation }: Examined<AskedRetrieval>, record: EvidenceRecord): Promise<string> {
    const { request, evidenceType, fields, digest } = asked;
    const { use_days } = permission.obligations;
    const { lookup } = this.catalogue;
    const type = lookup.evidenceType(evidenceType);
    const legalBasis = lookup.legalBasis(request.legal_basis);
    if (type === undefined || legalBasis === undefined)
      throw new Error('a transfer without type or basis was permitted');
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

  /** From the agreement and from nowhere else; the first, where one replaces another. */
  #encryptionKeyFor(question: Omit<TransferQuestion, 'provider'>): Promise<EncryptionKey> {
    const { lookup } = this.catalogue;
    const found = agreementFor(lookup, { ...question, provider: this.register.id }, this.clock.now());
    if (found === 'none') throw new Error('a transfer without agreement was permitted');
    const [entry] = agreedEncryptionKeys(lookup, question.consumer, found?.agreement);
    if (entry === undefined) throw new Error('a consumer without encryption key was permitted');
    const known = this.#encryptionKeys.get(entry);
    if (known !== undefined) return known;
    const imported = importJWK({ ...entry.jwk }, entry.alg).then((key) => ({ kid: entry.kid, key }));
    this.#encryptionKeys.set(entry, imported);
    return imported;
  }
}
