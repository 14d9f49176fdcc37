import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { keyThumbprint } from '../catalogue/key-thumbprint.js';
import { Clock } from '../platform/clock.js';
import { isLine } from '../platform/decode.js';
import type { ReleasableEvidence } from '../prefill/form.js';
import {
  disclose,
  type ExpectedEvidence,
  type VerifiedEvidence,
  verifyEvidence,
} from '../tokens/evidence-credential.js';
import { sealedTo } from '../tokens/evidence-jwe.js';
import { TokenFault, type TokenFaultCode } from '../tokens/jws.js';
import { fitsAttribute } from './attribute-shape.js';
import { DecryptionKeys } from './decryption-keys.js';

const DAY_S = 86_400;

export type Inspected =
  | Readonly<{
      kind: 'accepted';
      evidence: ReleasableEvidence;
      surplus: readonly string[];
      /** RFC 7638 thumbprint of the key that signed it. */
      keyThumbprint: string;
    }>
  /** Not what was asked for, or not provably from that register: nothing of it is passed on. */
  | Readonly<{ kind: 'rejected'; cause: TokenFaultCode }>;

/** Encrypted to a consumer that keeps its key: nobody on the way has read it. */
export type SealedEvidence = Readonly<{
  evidenceType: string;
  subjectRole: string;
  register: string;
  /** Of the decision it rests on. */
  assurance: string;
  /** Compact JWE as the register made it. */
  jwe: string;
}>;

/** Opens what a register sent, believes nothing of it, and cuts it down to the permitted fields. */
export class EvidenceInspector {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly decryption: DecryptionKeys,
    private readonly clock: Clock,
  ) {}

  /** False for a consumer that keeps its key: it gets ciphertext through its own node or library. */
  opensFor(consumer: string): boolean {
    return this.decryption.holdsKeyOf(consumer);
  }

  async inspect(
    jwe: string,
    from: Readonly<{ register: string; participant: string }>,
    expected: ExpectedEvidence,
    permitted: readonly string[],
  ): Promise<Inspected> {
    try {
      const compact = await this.decryption.decrypt(jwe, expected.aud);
      const verified = await verifyEvidence(compact, {
        keys: await this.catalogue.verificationKeys(from.participant, 'evidence'),
        expected,
        nowMs: this.clock.now(),
      });
      this.demandShapes(verified);
      const { compact: released, attributes, surplus } = disclose(verified, new Set(permitted));
      const { jti, iat, as_of, assurance, use_days, withheld } = verified.claims;
      return {
        kind: 'accepted',
        surplus,
        keyThumbprint: this.thumbprintOf(from.participant, verified.kid),
        evidence: {
          evidenceId: jti,
          evidenceType: expected.evidence_type,
          subjectRole: expected.subject_role,
          register: from.register,
          asOf: new Date(as_of).toISOString(),
          assurance,
          ...(use_days === undefined ? {} : { useUntil: (iat + use_days * DAY_S) * 1000 }),
          compact: released,
          withheld,
          attributes,
        },
      };
    } catch (error) {
      if (error instanceof TokenFault) return { kind: 'rejected', cause: error.code };
      throw error;
    }
  }

  /**
   * What can be said of evidence that only its consumer opens: that it is encrypted, in the one way agreed on and to a key of
   * theirs. What is in it, their library verifies. Undefined where nothing speaks against passing it on.
   */
  whyNotPassOn(jwe: string, consumer: string): TokenFaultCode | undefined {
    try {
      const { kid } = sealedTo(jwe);
      return this.catalogue.lookup.keys(consumer, 'encryption').some((it) => it.kid === kid)
        ? undefined
        : 'KEY_UNKNOWN';
    } catch (error) {
      if (error instanceof TokenFault) return error.code;
      throw error;
    }
  }

  private thumbprintOf(participant: string, kid: string): string {
    const key = this.catalogue.lookup.keys(participant, 'evidence').find((it) => it.kid === kid);
    if (key === undefined) throw new TokenFault('KEY_UNKNOWN');
    return keyThumbprint(key.jwk);
  }

  /** A register's signature is no licence for free text: values and withheld fields are those the catalogue knows. */
  private demandShapes({ claims, disclosures }: VerifiedEvidence): void {
    const type = this.catalogue.lookup.evidenceType(claims.evidence_type);
    if (type === undefined) throw new TokenFault('CLAIM');
    const known = new Set(type.attributes.map(({ id }) => id));
    const isStrange = claims.withheld.some(({ attribute, norm }) => !known.has(attribute) || !isLine(norm));
    // A surplus attribute is cut off and logged as an incident; only what the type knows must fit.
    const isMisshapen = disclosures.some(({ name, value }) => known.has(name) && !fitsAttribute(type, name, value));
    if (isStrange || isMisshapen) throw new TokenFault('CLAIM');
  }
}
