import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Assurance, ParticipantKind } from '../catalogue/catalogue.js';
import { type Allowed, decideTransfer } from '../permission/decide-transfer.js';
import { RuleIndex } from '../permission/rule-index.js';
import type { TransferQuestion } from '../permission/transfer-question.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage, refusal } from '../platform/fault.js';
import { issuePermissionToken, PERMISSION_LIFETIME_S } from '../tokens/permission-token.js';
import { checkRecord, type PermissionCheck } from './permission-check.js';
import { PermissionKey } from './permission-key.js';
import { DuplicateCheck, PermissionLog } from './permission-log.js';

/** A decision is not relied on for longer than what removes it takes to reach everybody. */
const DECISION_LIFETIME_MS = 60_000;
/** A token for one request is presented at once; the register accepts no request older than five minutes. */
const BOUND_LIFETIME_S = 300;

export type CheckedPermission = Readonly<{
  /** Absent where a request digest is due and was not given. */
  token?: string;
  fields: readonly string[];
  digestRequired: boolean;
  attestedBy: readonly ParticipantKind[];
  minAssurance: Assurance;
  ruleIds: readonly string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}>;

/** A command although it only asks: the law wants every check on record (IDNrG § 7 Abs. 2 S. 5). */
export class CheckPermission extends Command<CheckedPermission> {
  constructor(
    readonly checkId: string,
    readonly caller: Caller,
    readonly question: TransferQuestion,
    /** base64url SHA-256 of the purpose version the node means. */
    readonly purposeHash: string,
    readonly fields: readonly string[],
    readonly requestDigest: string | undefined,
  ) {
    super();
  }
}

@CommandHandler(CheckPermission)
export class CheckPermissionHandler implements ICommandHandler<CheckPermission> {
  constructor(
    private readonly rules: RuleIndex,
    private readonly log: PermissionLog,
    private readonly key: PermissionKey,
    private readonly clock: Clock,
  ) {}

  async execute(check: CheckPermission): Promise<CheckedPermission> {
    const checkedAt = this.clock.now();
    const { lookup } = this.rules;
    const refuse = async (record: PermissionCheck): Promise<never> => {
      await this.append(record);
      throw refusal(record.reason ?? 'TRANSFER_NOT_PERMITTED');
    };
    const asked = { ...check, caller: check.caller.participant.id };

    if (check.caller.participant.kind !== 'node') {
      return refuse(checkRecord(lookup, asked, { decision: 'CALL_NOT_ALLOWED', checkedAt, fields: [] }));
    }
    const decision = this.decide(check);
    if (decision.kind === 'refused') return refuse(checkRecord(lookup, asked, { decision, checkedAt, fields: [] }));
    const fields = decision.fields.filter((it) => check.fields.includes(it));
    if (fields.length === 0) {
      const nothing = { ...decision, kind: 'refused', reason: 'TRANSFER_NOT_PERMITTED' } as const;
      return refuse(checkRecord(lookup, asked, { decision: nothing, checkedAt, fields }));
    }

    const issued = await this.issue(check, decision, fields, checkedAt);
    const record = checkRecord(lookup, asked, { decision, checkedAt, fields, ...(issued && { tokenId: issued.jti }) });
    // The token exists only in this process until its check is on record.
    await this.append(record);
    return {
      ...(issued && { token: issued.token }),
      fields,
      digestRequired: decision.digestRequired,
      attestedBy: decision.attestedBy,
      minAssurance: decision.minAssurance,
      ruleIds: decision.ruleIds,
      expiresAt: issued && check.requestDigest !== undefined ? issued.exp * 1000 : checkedAt + DECISION_LIFETIME_MS,
    };
  }

  private decide({ question, purposeHash }: CheckPermission): ReturnType<typeof decideTransfer> {
    const decision = decideTransfer(this.rules, question);
    const purpose = this.rules.lookup.purpose(question.purpose);
    if (purpose === undefined || purpose.hash === purposeHash) return decision;
    return { kind: 'refused', reason: 'PURPOSE_NOT_REGISTERED', ruleIds: [] };
  }

  private async issue(
    { question, caller, purposeHash, requestDigest }: CheckPermission,
    { digestRequired, areas }: Allowed,
    fields: readonly string[],
    nowMs: number,
  ): Promise<{ token: string; jti: string; exp: number } | undefined> {
    if (digestRequired && requestDigest === undefined) return undefined;
    const { consumer, provider, evidence_type, purpose, legal_basis } = question;
    return issuePermissionToken(
      {
        consumer,
        register: provider,
        evidence_type,
        fields,
        purpose,
        purpose_hash: purposeHash,
        legal_basis,
        areas,
        node_certificate: caller.thumbprint,
        ...(requestDigest === undefined ? {} : { request_digest: requestDigest }),
      },
      {
        issuer: this.key.issuer,
        key: this.key.key,
        nowMs,
        lifetimeS: requestDigest === undefined ? PERMISSION_LIFETIME_S : BOUND_LIFETIME_S,
      },
    );
  }

  private async append(record: PermissionCheck): Promise<void> {
    try {
      await this.log.append(record);
    } catch (cause) {
      if (cause instanceof DuplicateCheck) throw new Fault('REQUEST_ID_REUSED');
      throw outage('AUDIT_LOG_UNAVAILABLE', cause);
    }
  }
}
