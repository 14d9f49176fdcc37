import type { Participant, Register } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { CurrentRules } from '../permission/current-rules.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { type VerifiedAttestation, verifyAttestation } from '../tokens/attestation.js';
import { type VerifiedPermission, verifyPermissionToken } from '../tokens/permission-token.js';
import { type VerifiedTrigger, verifyTriggerToken } from '../tokens/trigger-token.js';
import { unverifiedClaims } from '../tokens/unverified.js';
import type { Asked, Decoded } from './asked.js';
import { demand, proven, Refused } from './check.js';
import { claimedIssuer } from './claimed-issuer.js';
import { contentOf, type DeferralStore } from './deferral-store.js';
import { type OwnDecision, ownDecision } from './own-decision.js';
import { PERMISSION_CHECKS, TRANSFER_CHECKS } from './permission-checks.js';
import { CALLER_CHECKS, REQUEST_CHECKS } from './request-checks.js';
import { ATTESTATION_CHECKS, ATTESTER_CHECKS, TRIGGER_CHECKS } from './trigger-checks.js';

/** A request of which everything is proven except that it was not presented before. */
export type Examined<A extends Asked> = Readonly<{
  asked: A;
  /** Who asks, by its certificate. */
  node: string;
  permission: VerifiedPermission & Readonly<{ issuer: string }>;
  trigger: VerifiedTrigger;
  attestation: VerifiedAttestation;
  own: OwnDecision;
}>;

/** Checks everything again that others say they have checked, with keys from the own catalogue only (design 5). */
export class Examiner {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly rules: CurrentRules,
    private readonly register: Register,
    private readonly clock: Clock,
  ) {}

  /** @throws Refused */
  async examine<A extends Asked>(caller: Caller, decoded: Decoded<A>, deferrals?: DeferralStore): Promise<Examined<A>> {
    demand(CALLER_CHECKS, caller);
    if (!decoded.ok) throw new Refused('REQUEST_INVALID', 'FIELDS_INVALID', decoded.violations);
    const { asked } = decoded;
    const about = this.rules.index.lookup.evidenceType(asked.evidenceType)?.subject ?? 'natural';
    demand(REQUEST_CHECKS, { request: asked.request, register: this.register, about, now: this.clock.now() });
    const own = ownDecision(this.rules.index, asked, { node: caller.participant.id, nowMs: this.clock.now() });
    const permission = await this.#permission(asked.permissionToken);
    const certificates = this.catalogue.lookup.keysOf(caller.participant.id)?.certificates ?? [];
    const facts = { asked, thumbprint: caller.thumbprint, certificates, permission, own };
    demand(PERMISSION_CHECKS, facts);
    demand(TRANSFER_CHECKS, facts);
    const trigger = await this.#trigger(asked.triggerToken, caller.participant, own.nodeKeys);
    demand(TRIGGER_CHECKS, { asked, trigger });
    const attester = claimedIssuer(this.catalogue.lookup, trigger.attestation);
    demand(ATTESTER_CHECKS, { asked, attester, own });
    const at = deferrals && (await this.#announcedAt(deferrals, trigger.attestation, attester, caller, asked));
    const attestation = await this.#attestation(trigger.attestation, attester, caller.participant, at);
    demand(ATTESTATION_CHECKS, { asked, attestation, own });
    return { asked, node: caller.participant.id, permission, trigger, attestation, own };
  }

  async #permission(token: string): Promise<VerifiedPermission & Readonly<{ issuer: string }>> {
    const claimed = claimedIssuer(this.catalogue.lookup, token);
    const issuer = claimed?.kind === 'intermediary' ? claimed.id : '';
    const keys = await this.catalogue.verificationKeys(issuer, 'permission');
    const trust = { issuer, register: this.register.id, keys, nowMs: this.clock.now() };
    return { ...(await proven('PERMISSION', verifyPermissionToken(token, trust))), issuer };
  }

  async #trigger(token: string, node: Participant, agreed: OwnDecision['nodeKeys']): Promise<VerifiedTrigger> {
    const named = await this.catalogue.verificationKeys(node.id, 'trigger');
    const keys = agreed === undefined ? named : named.filter(({ kid }) => agreed.includes(kid));
    const trust = { node: node.id, register: this.register.id, keys, nowMs: this.clock.now() };
    return proven('TRIGGER', verifyTriggerToken(token, trust));
  }

  async #attestation(
    token: string,
    attester: Participant | undefined,
    node: Participant,
    at = this.clock.now(),
  ): Promise<VerifiedAttestation> {
    const id = attester?.id ?? '';
    const keys = await this.catalogue.verificationKeys(id, 'attestation');
    return proven('ATTESTATION', verifyAttestation(token, { attester: id, node: node.id, keys, nowMs: at }));
  }

  /**
   * When this very thing was announced to this node: a decision that was in force then is kept open for it, and for nothing
   * else. The jti is not verified yet; whoever quotes another's must sign as its attester a moment later.
   */
  async #announcedAt(
    deferrals: DeferralStore,
    attestation: string,
    attester: Participant | undefined,
    caller: Caller,
    asked: Asked,
  ): Promise<number> {
    const known = await deferrals.find(attester?.id ?? '', unverifiedClaims(attestation).jti ?? '');
    if (known?.caller === caller.participant.id && known.content === contentOf(asked.request)) return known.deferredAt;
    throw new Refused('TRIGGER_INVALID', 'DEFERRAL_UNKNOWN');
  }
}
