import { randomUUID } from 'node:crypto';
import { AccessTokens } from '../../src/client/access-tokens.js';
import { type AnyApplicant, toSubject } from '../../src/client/applicant.js';
import { type AttestedDecision, attestDecisions, type PersonDecides } from '../../src/client/attest-decisions.js';
import { type NodeProfile, readProfile } from '../../src/client/node-profile.js';
import {
  type ServiceDescription,
  type ServiceNeed,
  toServiceDescription,
} from '../../src/client/service-description.js';
import type { Peer } from '../../src/platform/grpc-client.js';
import type { DescribeServiceResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/DescribeServiceResponse.js';
import type { GrantTriggersResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/GrantTriggersResponse.js';
import type { PrefillFormRequest } from '../../src/platform/rpc-types/einmal/broker/v1/PrefillFormRequest.js';
import type { PrefillFormResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/PrefillFormResponse.js';
import type { ResolveIdentityRequest } from '../../src/platform/rpc-types/einmal/broker/v1/ResolveIdentityRequest.js';
import type { ResolveIdentityResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ResolveIdentityResponse.js';
import type { RetrieveEvidenceRequest } from '../../src/platform/rpc-types/einmal/broker/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/RetrieveEvidenceResponse.js';
import type { WithdrawTriggersResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/WithdrawTriggersResponse.js';
import { readTlsIdentity, type TlsIdentity } from '../../src/platform/tls.js';
import { attest, type Decision } from '../../src/tokens/attestation.js';
import { readSigningKey, type SigningKey } from '../../src/tokens/jws.js';
import { e2eSystem, named } from './e2e-system.js';
import { type MethodName, NodeWire, type Sent } from './e2e-wire.js';

export const BREMEN = '040110000000';
const LIFETIME_S = 1800;

/** What a test wants decided, and how it departs from what is proper. */
export type Wish = Readonly<{
  service: string;
  applicants: readonly AnyApplicant[];
  /** Evidence types besides the identity of the roles concerned; all of the service if absent. */
  evidence?: readonly string[];
  person?: Partial<PersonDecides>;
  change?: (decision: Decision) => Decision;
  lifetimeS?: number;
  attester?: string;
  key?: SigningKey;
}>;

export function peerOf({ node }: NodeProfile): Peer {
  return { address: node.grpc, serverName: node.server_name, certificates: node.certificates };
}

/** An online service with its own keys, that may also misbehave. */
export async function consumer(id: string): Promise<Consumer> {
  const profile = await readProfile(named(e2eSystem().profiles, id));
  return new Consumer(profile, {
    assertion: await readSigningKey(profile.keys, 'client-assertion'),
    attestation: await readSigningKey(profile.keys, 'attestation'),
  });
}

export class Consumer {
  readonly id: string;
  readonly tls: TlsIdentity;
  readonly wire: NodeWire;
  readonly #tokens: AccessTokens;
  readonly #descriptions = new Map<string, ServiceDescription>();

  constructor(
    readonly profile: NodeProfile,
    readonly keys: Readonly<{ assertion: SigningKey; attestation: SigningKey }>,
  ) {
    this.id = profile.client;
    this.tls = readTlsIdentity(profile.keys);
    this.wire = new NodeWire(peerOf(profile), this.tls);
    this.#tokens = new AccessTokens(profile, this.tls, keys.assertion);
  }

  accessToken(): Promise<string> {
    return this.#tokens.current();
  }

  async sent(): Promise<Sent> {
    return { metadata: { authorization: `Bearer ${await this.accessToken()}` } };
  }

  async call<Answer>(method: MethodName, request: object, sent: Sent = {}): Promise<Answer> {
    return this.wire.call<Answer>(method, request, { ...(await this.sent()), ...sent });
  }

  async describe(service: string): Promise<ServiceDescription> {
    const known = this.#descriptions.get(service);
    if (known !== undefined) return known;
    const described = toServiceDescription(
      await this.call<DescribeServiceResponse__Output>('CatalogueService/DescribeService', { service }),
    );
    this.#descriptions.set(service, described);
    return described;
  }

  /** Signs decisions; those with a change are signed anew, so that the signature always holds. */
  async decide(wish: Wish): Promise<readonly AttestedDecision[]> {
    const service = await this.describe(wish.service);
    const node = this.profile.node.participant;
    const by = { attester: wish.attester ?? this.id, node, key: wish.key ?? this.keys.attestation, nowMs: Date.now() };
    const decided = await attestDecisions(
      service,
      wish.applicants,
      {
        decider: 'synthetic-pseudonym-of-a-test',
        assurance: 'substantial',
        chosen: (need) => isWished(need, wish, service),
        ...wish.person,
      },
      by,
    );
    return Promise.all(
      decided.map(async (it) => {
        const decision = wish.change?.(it.decision) ?? it.decision;
        const { token } = await attest(decision, {
          ...by,
          jti: it.trigger_id,
          lifetimeS: wish.lifetimeS ?? LIFETIME_S,
        });
        return { ...it, decision, attestation: token };
      }),
    );
  }

  grant(
    decisions: readonly AttestedDecision[],
    task: Readonly<{ file_reference?: string; acting_official?: string }> = {},
  ): Promise<GrantTriggersResponse__Output> {
    return this.call('ConsentService/GrantTriggers', {
      request_id: randomUUID(),
      decisions: decisions.map(({ attestation, commitment_salt }) => ({
        attestation,
        commitment_salt: Buffer.from(commitment_salt, 'base64url'),
        ...task,
      })),
    });
  }

  async decideAndGrant(wish: Wish): Promise<readonly AttestedDecision[]> {
    const decisions = await this.decide(wish);
    await this.grant(decisions);
    return decisions;
  }

  withdraw(ids: readonly string[]): Promise<WithdrawTriggersResponse__Output> {
    return this.call('ConsentService/WithdrawTriggers', { request_id: randomUUID(), trigger_ids: ids });
  }

  retrieve(request: RetrieveEvidenceRequest): Promise<RetrieveEvidenceResponse__Output> {
    return this.call('EvidenceService/RetrieveEvidence', request);
  }

  prefill(request: PrefillFormRequest): Promise<PrefillFormResponse__Output> {
    return this.call('PrefillService/PrefillForm', request);
  }

  resolve(request: ResolveIdentityRequest): Promise<ResolveIdentityResponse__Output> {
    return this.call('IdentityService/ResolveIdentity', request);
  }

  close(): void {
    this.wire.close();
  }
}

/** The identity of the roles that the evidence is about, and of those who decide for them. */
function isWished(need: ServiceNeed, { evidence, applicants }: Wish, { subjects, needs }: ServiceDescription): boolean {
  if (applicants.every(({ role }) => role !== need.subject_role)) return false;
  if (evidence === undefined || evidence.includes(need.evidence_type)) return true;
  if (need.evidence_type !== 'identity') return false;
  const about = needs.filter((it) => evidence.includes(it.evidence_type)).map((it) => it.subject_role);
  const deciders = subjects
    .filter(({ role }) => about.includes(role))
    .flatMap((it) => [it.represented_by, it.may_be_represented_by]);
  return [...about, ...deciders].includes(need.subject_role);
}

/** The proper request for evidence that was decided on. */
export function retrieval(
  decisions: readonly AttestedDecision[],
  applicants: readonly AnyApplicant[],
): Required<RetrieveEvidenceRequest> {
  const about = (it: AttestedDecision) => it.decision.evidence_type;
  return {
    request_id: randomUUID(),
    purpose: decisions[0]?.decision.purpose ?? '',
    subjects: applicants.map(toSubject),
    needs: decisions
      .filter((it) => about(it) !== 'identity')
      .map((it) => ({
        evidence_type: about(it),
        subject_role: it.decision.subject.role,
        trigger_id: it.trigger_id,
        ars: BREMEN,
      })),
    identity_trigger_ids: decisions.filter((it) => about(it) === 'identity').map((it) => it.trigger_id),
  };
}

/** The proper request for a form. */
export function form(
  service: string,
  decisions: readonly AttestedDecision[],
  applicants: readonly AnyApplicant[],
): Required<Omit<PrefillFormRequest, 'register_number' | 'key_date'>> {
  return {
    request_id: randomUUID(),
    service,
    subjects: applicants.map(toSubject),
    trigger_ids: decisions.map(({ trigger_id }) => trigger_id),
    ars: BREMEN,
  };
}
