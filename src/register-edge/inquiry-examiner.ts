import type { Participant, Register } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { type VerifiedAttestation, verifyAttestation } from '../tokens/attestation.js';
import { type VerifiedTrigger, verifyTriggerToken } from '../tokens/trigger-token.js';
import { demand, proven, Refused } from './check.js';
import { claimedIssuer } from './claimed-issuer.js';
import type { AskedInquiry, DecodedInquiry } from './decode-inquiry.js';
import {
  INQUIRY_ATTESTER_CHECKS,
  INQUIRY_CHECKS,
  INQUIRY_DECISION_CHECKS,
  INQUIRY_TRIGGER_CHECKS,
} from './inquiry-checks.js';
import { CALLER_CHECKS } from './request-checks.js';

/** An inquiry of which everything is proven except that it was not presented before. */
export type ExaminedInquiry = Readonly<{
  asked: AskedInquiry;
  trigger: VerifiedTrigger;
  attestation: VerifiedAttestation;
}>;

/**
 * Checks that a person asks for themself: the node's word is not enough. The pages must have attested the person's own
 * decision, which is bound to name or number, with keys from the own catalogue only (design 5).
 */
export class InquiryExaminer {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly register: Register,
    private readonly clock: Clock,
  ) {}

  /** @throws Refused */
  async examine(caller: Caller, decoded: DecodedInquiry): Promise<ExaminedInquiry> {
    demand(CALLER_CHECKS, caller);
    if (!decoded.ok) throw new Refused('REQUEST_INVALID', 'FIELDS_INVALID', decoded.violations);
    const { asked } = decoded;
    demand(INQUIRY_CHECKS, { asked, register: this.register, now: this.clock.now() });
    const trigger = await this.#trigger(asked.token, caller.participant);
    demand(INQUIRY_TRIGGER_CHECKS, { asked, trigger });
    const attestation = await this.#attestation(trigger.attestation, caller.participant);
    const purposeHash = this.catalogue.lookup.purpose(attestation.purpose)?.hash;
    demand(INQUIRY_DECISION_CHECKS, { asked, attestation, purposeHash });
    return { asked, trigger, attestation };
  }

  async #trigger(token: string, node: Participant): Promise<VerifiedTrigger> {
    const keys = await this.catalogue.verificationKeys(node.id, 'trigger');
    const trust = { node: node.id, register: this.register.id, keys, nowMs: this.clock.now() };
    return proven('TRIGGER', verifyTriggerToken(token, trust));
  }

  async #attestation(token: string, node: Participant): Promise<VerifiedAttestation> {
    const attester = claimedIssuer(this.catalogue.lookup, token);
    demand(INQUIRY_ATTESTER_CHECKS, { attester });
    const id = attester?.id ?? '';
    const keys = await this.catalogue.verificationKeys(id, 'attestation');
    const trust = { attester: id, node: node.id, keys, nowMs: this.clock.now() };
    return proven('ATTESTATION', verifyAttestation(token, trust));
  }
}
