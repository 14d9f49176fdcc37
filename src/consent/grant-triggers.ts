import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { NodeIdentity } from '../access/node-identity.js';
import { AuditLog, type TriggerFacts } from '../audit/audit-log.js';
import { EffectRefused } from '../audit/effect.js';
import { copyOf, type ReceiptCopy } from '../audit/receipt.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { retentionClassOf } from '../catalogue/retention-class.js';
import { Clock } from '../platform/clock.js';
import { isIdentifier, isLine } from '../platform/decode.js';
import { Fault, refusal } from '../platform/fault.js';
import { ATTESTATION_TYP, type VerifiedAttestation, verifyAttestation } from '../tokens/attestation.js';
import { TokenFault, unverifiedIssuer } from '../tokens/jws.js';
import type { Trigger } from './trigger.js';
import { TriggerStore } from './trigger-store.js';

/** base64url SHA-256. */
const DIGEST = /^[\w-]{43}$/;

export type AttestedDecision = Readonly<{
  attestation: string;
  /** base64url, 32 bytes. */
  commitmentSalt: string;
  fileReference: string | undefined;
  actingOfficial: string | undefined;
}>;

export type Granted = Readonly<{ triggers: readonly Trigger[]; receipts: readonly ReceiptCopy[] }>;

/** Takes decisions that somebody attested, all or none, and logs each. */
export class GrantTriggers extends Command<Granted> {
  constructor(
    /** Whose triggers they are. */
    readonly requester: string,
    readonly decisions: readonly AttestedDecision[],
    /** Number of the person who decided, where this node saw for itself that it was them: at its pages. */
    readonly deciderIdnr?: string,
  ) {
    super();
  }
}

@CommandHandler(GrantTriggers)
export class GrantTriggersHandler implements ICommandHandler<GrantTriggers> {
  constructor(
    private readonly node: NodeIdentity,
    private readonly catalogue: CurrentCatalogue,
    private readonly triggers: TriggerStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async execute({ requester, decisions, deciderIdnr }: GrantTriggers): Promise<Granted> {
    const granted = await Promise.all(decisions.map((it) => this.verify(requester, it, deciderIdnr)));
    await this.triggers.put(granted);
    await this.demandStored(granted);
    const ids = granted.map(({ id }) => id);
    const receipts = await this.logOnce(granted, decisions);
    const stored = await this.triggers.find(requester, ids);
    if (stored.length !== ids.length)
      throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'decisions that were granted before are repeated together' });
    return { triggers: stored, receipts };
  }

  /** Before the log: it may not say of an identifier what another decision says that is stored under it. */
  private async demandStored(granted: readonly Omit<Trigger, 'state'>[]): Promise<void> {
    const stored = await this.triggers.attestations(granted.map(({ id }) => id));
    if (stored.size !== granted.length || granted.some((it) => stored.get(it.id) !== it.attestation))
      throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'one identifier, one decision' });
  }

  private async verify(
    requester: string,
    given: AttestedDecision,
    deciderIdnr: string | undefined,
  ): Promise<Omit<Trigger, 'state'>> {
    const { attestation, commitmentSalt } = given;
    try {
      const attester = unverifiedIssuer(attestation, ATTESTATION_TYP);
      const decision = await verifyAttestation(attestation, {
        attester,
        node: this.node.participant,
        keys: await this.catalogue.verificationKeys(attester, 'attestation'),
        nowMs: this.clock.now(),
      });
      this.demandLawful(requester, decision, given);
      return { id: decision.jti, decision, attestation, commitmentSalt, ...(deciderIdnr && { deciderIdnr }) };
    } catch (error) {
      if (error instanceof TokenFault)
        throw new Fault(error.code === 'EXPIRED' ? 'TRIGGER_EXPIRED' : 'TRIGGER_NOT_ATTESTED', { cause: error });
      throw error;
    }
  }

  private demandLawful(requester: string, decision: VerifiedAttestation, given: AttestedDecision): void {
    const { lookup } = this.catalogue;
    if (!isIdentifier(decision.jti))
      throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'jti is an identifier: a-z, 0-9, dot, underscore, hyphen' });
    demandWellFormed(decision);
    const purpose = lookup.purpose(decision.purpose);
    if (purpose === undefined || purpose.hash !== decision.purpose_hash) throw refusal('PURPOSE_NOT_REGISTERED');
    if (decision.requester !== requester) throw refusal('TRIGGER_NOT_COVERING');
    this.demandKnownSubjectMatter(decision);
    const basis = lookup.legalBasis(decision.legal_basis);
    if (basis?.trigger !== decision.kind) throw refusal('TRIGGER_NOT_COVERING');
    if (basis.preview === (decision.preview === 'NOT_GRANTED'))
      throw refusal('TRIGGER_NOT_COVERING', { rule: 'a preview is offered where the law grants it, and only there' });
    // A participant may attest what happened on its own pages; for others only the pages process may.
    const attester = lookup.participant(decision.attester);
    if (attester?.kind !== 'pages' && decision.attester !== requester) throw refusal('TRIGGER_NOT_ATTESTED');
    const isTask = decision.kind === 'STATUTORY_TASK';
    const namesTask = given.fileReference !== undefined && given.actingOfficial !== undefined;
    const namesNothing = given.fileReference === undefined && given.actingOfficial === undefined;
    if (isTask ? !namesTask : !namesNothing)
      throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'a statutory task has a file reference and an acting official' });
    if (isTask !== (decision.acting === 'AUTHORITY')) throw refusal('TRIGGER_NOT_ATTESTED');
  }

  /** What the log will show in clear is from the catalogue, never free text of an attester. */
  private demandKnownSubjectMatter({ evidence_type, fields, subject, requester, purpose }: VerifiedAttestation): void {
    const { lookup, catalogue } = this.catalogue;
    const type = lookup.evidenceType(evidence_type);
    if (type === undefined) throw refusal('EVIDENCE_TYPE_UNKNOWN');
    const known = new Set(type.attributes.map(({ id }) => id));
    if (fields.length === 0 || new Set(fields).size !== fields.length || !fields.every((it) => known.has(it)))
      throw refusal('TRIGGER_NOT_COVERING', { rule: 'a decision names fields of its evidence type, each once' });
    const services = catalogue.services.filter((it) => it.consumer === requester && it.purpose === purpose);
    const roles = services.flatMap(({ subjects }) => subjects.map(({ role }) => role));
    if (services.length > 0 && !roles.includes(subject.role))
      throw refusal('TRIGGER_NOT_COVERING', { rule: 'the subject has a role of the service' });
  }

  /** A decision that is in the log already is not logged as granted again; the repeat is. */
  private async logOnce(
    granted: readonly Omit<Trigger, 'state'>[],
    decisions: readonly AttestedDecision[],
  ): Promise<ReceiptCopy[]> {
    try {
      const receipts = await this.audit.triggersGranted(granted.map((it, at) => this.factsOf(it, decisions[at])));
      return receipts.map(copyOf);
    } catch (error) {
      if (!(error instanceof EffectRefused)) throw error;
      const [first] = granted;
      if (first === undefined) throw error;
      const { caller, retentionClass } = this.factsOf(first, undefined);
      const { consumer, purpose } = caller;
      return [
        copyOf(await this.audit.repeated({ caller: { consumer, purpose }, ...(retentionClass && { retentionClass }) })),
      ];
    }
  }

  private factsOf(trigger: Omit<Trigger, 'state'>, given: AttestedDecision | undefined): TriggerFacts {
    const purpose = this.catalogue.lookup.purpose(trigger.decision.purpose);
    return { ...factsOf(trigger, given), ...retentionClassOf(purpose) };
  }
}

/** The claims that are no code list and no identifier of the catalogue. */
function demandWellFormed(decision: VerifiedAttestation): void {
  const { decider, decider_role, subject, text_hash, decided_at, exp } = decision;
  if (!isIdentifier(subject.role) || !isIdentifier(decider_role))
    throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'roles are identifiers' });
  if (!isLine(decider)) throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'the decider is a pseudonym of one line' });
  if (!DIGEST.test(subject.commitment) || !DIGEST.test(text_hash))
    throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'commitment and text hash are SHA-256, base64url' });
  if (decided_at < 0 || decided_at > exp)
    throw refusal('TRIGGER_NOT_ATTESTED', { rule: 'a decision was made before it ends' });
}

function factsOf(
  { decision, deciderIdnr: idnr }: Omit<Trigger, 'state'>,
  given: AttestedDecision | undefined,
): TriggerFacts {
  const { fileReference, actingOfficial } = given ?? {};
  return {
    caller: {
      consumer: decision.requester,
      trigger_id: decision.jti,
      evidence_type: decision.evidence_type,
      purpose: decision.purpose,
      legal_basis: decision.legal_basis,
      subject_role: decision.subject.role,
    },
    protected: {
      attributes: decision.fields,
      ...(fileReference === undefined ? {} : { file_reference: fileReference }),
      ...(actingOfficial === undefined ? {} : { acting_official: actingOfficial }),
    },
    persons: [
      { person: { kind: 'pseudonym', issuer: decision.attester, value: decision.decider }, as: 'decider' },
      ...(idnr === undefined ? [] : [{ person: { kind: 'idnr', idnr } as const, as: 'decider' as const }]),
    ],
  };
}
