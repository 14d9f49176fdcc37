import { decodeJwt, importJWK } from 'jose';
import type { AuditReceipt } from '../../src/audit/log-store.js';
import type { RegisterStatement } from '../../src/audit/record.js';
import { type FoundPerson, IdentityDirectory } from '../../src/identity/identity-directory.js';
import { makeTestIdnr } from '../../src/identity/idnr.js';
import { Intermediary, type Permission } from '../../src/permission/intermediary.js';
import type { TransferQuestion } from '../../src/permission/transfer-question.js';
import { Fault, outage, refusal } from '../../src/platform/fault.js';
import { type RegisterAnswer, RegisterGateway, type RegisterNotNow } from '../../src/registers/register-gateway.js';
import {
  type AttributeValue,
  type EvidenceClaims,
  issueEvidence,
  registerIssuer,
} from '../../src/tokens/evidence-credential.js';
import { sealEvidence } from '../../src/tokens/evidence-jwe.js';
import type { Obligations } from '../../src/tokens/obligations.js';
import { issuePermissionToken } from '../../src/tokens/permission-token.js';
import { type LookupRequest, type RetrievalRequest, requestDigest } from '../../src/tokens/register-request.js';
import type { Federation } from '../register-edge/federation.js';
import { NOW, NOW_S } from '../support/builders.js';

/** What happened in which order, across all parties. */
export type Story = string[];

type Tokens = Readonly<{ permission: string; trigger: string }>;

export class FakeIntermediary extends Intermediary {
  readonly questions: TransferQuestion[] = [];
  readonly deadlines: number[] = [];
  /** Evidence types that no rule permits. */
  readonly forbidden = new Set<string>();
  /** Evidence types whose limit is used up, and those where it is when the request is complete. */
  readonly limited = new Set<string>();
  readonly limitedWhenBound = new Set<string>();
  deviation: Partial<Permission> = {};
  /** By evidence type. */
  readonly obligations = new Map<string, Obligations>();

  constructor(
    private readonly federation: Federation,
    private readonly story: Story,
  ) {
    super();
  }

  override async check(
    question: TransferQuestion,
    asked: Parameters<Intermediary['check']>[1],
    { deadline }: Parameters<Intermediary['check']>[2],
  ): Promise<Permission> {
    this.deadlines.push(deadline);
    const { consumer, provider, evidence_type, purpose, legal_basis } = question;
    this.questions.push(question);
    this.story.push(`${asked.digest === undefined ? 'may' : 'bind'} ${evidence_type}`);
    if (this.forbidden.has(evidence_type)) throw refusal('TRANSFER_NOT_PERMITTED');
    const isLimited = asked.digest !== undefined && this.limitedWhenBound.has(evidence_type);
    if (isLimited || this.limited.has(evidence_type))
      throw new Fault('RATE_LIMITED', { metadata: { rules: 'rule' }, retryDelayMs: 60_000 });
    const { token } = await issuePermissionToken(
      {
        consumer,
        register: provider,
        evidence_type,
        fields: asked.fields,
        purpose,
        purpose_hash: asked.purposeHash,
        legal_basis,
        obligations: { rates: [] },
        areas: { consumer: 'a', provider: 'b' },
        node_certificate: this.federation.nodeCertificate,
      },
      { issuer: 'intermediary', key: this.federation.key('intermediary', 'permission'), nowMs: NOW },
    );
    return {
      question,
      fields: asked.fields,
      attestedBy: ['online-service'],
      minAssurance: 'substantial',
      obligations: this.obligations.get(evidence_type) ?? { rates: [] },
      digestDue: true,
      token: asked.digest === undefined ? undefined : token,
      ruleIds: ['rule'],
      ...this.deviation,
    };
  }

  override async *pastChecks(): AsyncGenerator<never> {}
}

export class FakeDirectory extends IdentityDirectory {
  readonly asked: LookupRequest[] = [];
  readonly deadlines: number[] = [];
  /** Undefined answers nobody, several and blocked alike. */
  readonly persons = new Map<string, FoundPerson | undefined>([
    ['parent', { idnr: makeTestIdnr(1), birth_date: '1990-04-05' }],
    ['child', { idnr: makeTestIdnr(2), birth_date: '2019-03-01' }],
  ]);
  failure: Error | undefined;
  /** Why it is not asked now. */
  notNow: Fault | undefined;
  /** How often a turn was waited for in the place of a lookup. */
  turns = 0;
  /** Why it is not asked when it is its turn. */
  notInTurn: Fault | undefined;
  /** Runs while the directory works. */
  meanwhile: (request: LookupRequest) => Promise<void> = async () => undefined;
  /** Tells of an answer that comes when the lookup was given up, by role. */
  readonly late = new Map<string, (statement: RegisterStatement) => void>();

  constructor(private readonly story: Story) {
    super();
  }

  override demandAskable(): void {
    if (this.notNow !== undefined) throw this.notNow;
  }

  override async turn(): Promise<void> {
    this.turns += 1;
    if (this.notInTurn !== undefined) throw this.notInTurn;
  }

  override async lookup(
    receipt: AuditReceipt,
    request: LookupRequest,
    _tokens: Tokens,
    { late, deadline, signal }: Parameters<IdentityDirectory['lookup']>[3],
  ): Promise<FoundPerson | undefined> {
    this.deadlines.push(deadline);
    this.late.set(request.subject_role, late);
    this.story.push(`look up ${request.subject_role} with entry ${receipt.opening.caller.event}`);
    this.asked.push(request);
    await this.meanwhile(request);
    if (signal.aborted) throw outage('IDENTITY_DIRECTORY_UNAVAILABLE');
    if (this.failure !== undefined) throw this.failure;
    return this.persons.get(request.subject_role);
  }
}

/** What a register may do, each once. */
export const BEHAVIOURS = [
  'evidence',
  'surplus',
  'of another request',
  'garbage',
  'deferred',
  'not-available',
  'refused',
  'limited',
  'unavailable',
  'throws',
] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

const VALUES: Readonly<Record<string, AttributeValue>> = {
  birth_date: '1990-04-05',
  nationalities: ['deutsch'],
  moved_in_on: '2019-05-01',
  paid_since: '2021-03-01',
  paid_until: '2039-03-31',
};

export class FakeGateway extends RegisterGateway {
  readonly asked: RetrievalRequest[] = [];
  readonly deadlines: number[] = [];
  /** Registers that were asked again for what they had announced. */
  readonly askedAgain: string[] = [];
  /** Milliseconds since the epoch; of what is deferred. */
  availableAt = NOW + 1;
  /** NumericDate, of evidence. */
  issuedAt = NOW_S;
  readonly behaviour = new Map<string, Behaviour>();
  /** Registers that are not asked now. */
  readonly silent = new Map<string, RegisterNotNow>();
  /** What a register answers before it behaves, one by one. */
  readonly first = new Map<string, RegisterAnswer[]>();
  /** Tells of an answer that comes when the retrieval was given up, by register. */
  readonly late = new Map<string, (statement: RegisterStatement) => void>();
  /** Runs while the register works. */
  meanwhile: (request: RetrievalRequest) => Promise<void> = async () => undefined;

  constructor(
    private readonly federation: Federation,
    private readonly story: Story,
  ) {
    super();
  }

  override notNow(register: string): RegisterNotNow | undefined {
    return this.silent.get(register);
  }

  override async turn(register: string): Promise<RegisterNotNow | undefined> {
    const [next] = this.first.get(register) ?? [];
    return next?.kind === 'not-asked' ? { reason: next.reason, untilMs: next.untilMs } : undefined;
  }

  override async ask(
    receipt: AuditReceipt,
    request: RetrievalRequest,
    tokens: Tokens,
    call: Parameters<RegisterGateway['ask']>[3],
  ): Promise<RegisterAnswer> {
    this.story.push(`ask ${request.register} with entry ${receipt.opening.caller.event}`);
    this.asked.push(request);
    this.deadlines.push(call.deadline);
    if (call.wasAnnounced) this.askedAgain.push(request.register);
    this.late.set(request.register, call.late);
    await this.meanwhile(request);
    if (call.signal.aborted) return { kind: 'unavailable', cause: 'CANCELLED' };
    const first = this.first.get(request.register)?.shift();
    if (first !== undefined) return first;
    const behaviour = this.behaviour.get(request.register) ?? 'evidence';
    switch (behaviour) {
      case 'evidence':
        return { kind: 'evidence', jwe: await this.evidence(request, tokens) };
      case 'surplus':
        return { kind: 'evidence', jwe: await this.evidence(request, tokens, { extra: { religion: 'x' } }) };
      case 'of another request':
        return { kind: 'evidence', jwe: await this.evidence(request, tokens, { claims: { request_digest: 'other' } }) };
      case 'garbage':
        return { kind: 'evidence', jwe: 'garbage' };
      case 'deferred':
        return { kind: 'deferred', availableAt: this.availableAt };
      case 'not-available':
        return { kind: 'not-available' };
      case 'refused':
        return { kind: 'refused', reason: 'REPLAY' };
      case 'limited':
        return { kind: 'refused', reason: 'REGISTER_RATE_LIMITED', retryDelayMs: 60_000 };
      case 'unavailable':
        return { kind: 'unavailable', cause: 'UNAVAILABLE' };
      case 'throws':
        throw new TypeError('a bug of the gateway');
    }
  }

  private async evidence(
    request: RetrievalRequest,
    tokens: Tokens,
    { claims, extra }: { claims?: Partial<EvidenceClaims>; extra?: Record<string, AttributeValue> } = {},
  ): Promise<string> {
    const { lookup } = this.federation.current;
    const type = lookup.evidenceType(request.evidence_type)!;
    const attributes = Object.fromEntries(request.fields.map((field) => [field, VALUES[field] ?? `${field}-value`]));
    const { evidence_type, subject_role, purpose, purpose_hash, legal_basis, retrieval_id } = request;
    const compact = await issueEvidence(
      {
        iss: registerIssuer(request.register),
        aud: request.consumer,
        jti: `evidence-${retrieval_id}`,
        iat: this.issuedAt,
        vct: type.vct,
        evidence_type,
        subject_role,
        as_of: '2026-09-21T09:15:00.000Z',
        purpose,
        purpose_hash,
        legal_basis,
        retrieval_id,
        request_digest: requestDigest(request),
        permission: String(decodeJwt(tokens.permission).jti),
        trigger: String(decodeJwt(tokens.trigger).attestation).replace('attestation-of-', ''),
        assurance: 'substantial',
        withheld: [],
        ...claims,
      },
      { ...attributes, ...extra },
      { key: this.federation.key(request.register, 'evidence'), digestCount: type.digest_count },
    );
    const [key] = lookup.keys(request.consumer, 'encryption');
    return sealEvidence(compact, { kid: key!.kid, key: await importJWK(key!.jwk, 'ECDH-ES') });
  }
}
