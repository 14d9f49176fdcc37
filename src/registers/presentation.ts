import { randomBytes } from 'node:crypto';
import { NodeIdentity } from '../access/node-identity.js';
import type { Trigger } from '../consent/trigger.js';
import { Intermediary, type Permission } from '../permission/intermediary.js';
import type { Waiting } from '../platform/call.js';
import { Clock } from '../platform/clock.js';
import { outage } from '../platform/fault.js';
import { type LookupRequest, type RetrievalRequest, requestDigest } from '../tokens/register-request.js';
import { presentTrigger } from '../tokens/trigger-token.js';

/** A request with everything the register must be shown: nothing is asked without both tokens. */
export type Presented<R> = Readonly<{
  request: R;
  digest: string;
  tokens: Readonly<{ permission: string; trigger: string }>;
}>;

export type Retrieval = Readonly<{
  registerRef: string;
  register: Readonly<{ id: string }>;
  permission: Permission;
  trigger: Trigger;
  fields: readonly string[];
}>;

type Stated = 'retrieval_id' | 'register' | 'consumer' | 'purpose' | 'legal_basis' | 'nonce' | 'issued_at';
/** Each member of a union by itself. */
type Particulars<R> = R extends unknown ? Omit<R, Stated> : never;

/**
 * Completes a request with what makes it this one (nonce, time), binds the permission to its digest where that is due,
 * and wraps the attested trigger for this one register.
 */
export class RegisterPresentation {
  constructor(
    private readonly node: NodeIdentity,
    private readonly intermediary: Intermediary,
    private readonly clock: Clock,
  ) {}

  async present<R extends RetrievalRequest | LookupRequest>(
    retrieval: Retrieval,
    particulars: Particulars<R>,
    call: Waiting,
  ): Promise<Presented<R>> {
    const { question } = retrieval.permission;
    const nowMs = this.clock.now();
    const stated = {
      retrieval_id: retrieval.registerRef,
      register: retrieval.register.id,
      consumer: question.consumer,
      purpose: question.purpose,
      legal_basis: question.legal_basis,
      nonce: randomBytes(32).toString('base64url'),
      issued_at: nowMs,
    };
    // The particulars are R without exactly the members that are stated here.
    const request = { ...stated, ...particulars } as unknown as R;
    const digest = requestDigest(request);
    const permission = await this.permission(retrieval, request.purpose_hash, digest, call);
    const { token } = await presentTrigger(
      { retrieval_id: retrieval.registerRef, request_digest: digest, attestation: retrieval.trigger.attestation },
      { node: this.node.participant, register: retrieval.register.id, key: this.node.triggerKey, nowMs },
    );
    return { request, digest, tokens: { permission, trigger: token } };
  }

  private async permission(retrieval: Retrieval, purposeHash: string, digest: string, call: Waiting): Promise<string> {
    const { permission, fields } = retrieval;
    const bound = permission.digestDue
      ? await this.intermediary.check(permission.question, { purposeHash, fields, digest }, call)
      : permission;
    if (bound.token === undefined) throw outage('INTERMEDIARY_UNAVAILABLE');
    return bound.token;
  }
}
