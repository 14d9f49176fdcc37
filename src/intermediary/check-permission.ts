import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Assurance, ParticipantKind } from '../catalogue/catalogue.js';
import { CurrentRules } from '../permission/current-rules.js';
import { decideAgreed } from '../permission/decide-agreed.js';
import type { Allowed, Decision, Refused } from '../permission/decide-transfer.js';
import { rateUses } from '../permission/rate-use.js';
import type { RuleIndex } from '../permission/rule-index.js';
import type { TransferQuestion } from '../permission/transfer-question.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, outage, refusal } from '../platform/fault.js';
import { IssuerKey } from '../tokens/issuer-key.js';
import type { Obligations } from '../tokens/obligations.js';
import { issuePermissionToken, PERMISSION_LIFETIME_S } from '../tokens/permission-token.js';
import { checkRecord, type PermissionCheck } from './permission-check.js';
import { DuplicateCheck, PermissionLog, type UseOfRules } from './permission-log.js';
import { UsedUp } from './used-up.js';

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
  obligations: Obligations;
  ruleIds: readonly string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}>;

/**
 * A command although it only asks: the law wants every check on record (IDNrG § 7 Abs. 2 S. 5). A check that releases a
 * token is one request to a register and counts as one; the abstract check before it only looks whether one is left.
 */
export class CheckPermission extends Command<CheckedPermission> {
  constructor(
    readonly caller: Caller,
    readonly checkId: string,
    readonly question: TransferQuestion,
    readonly asked: Readonly<{
      /** base64url SHA-256 of the purpose version the node means. */
      purposeHash: string;
      fields: readonly string[];
      requestDigest: string | undefined;
      /** No request to a register follows: no token, and nothing is counted. */
      beforeRelease: boolean;
    }>,
  ) {
    super();
  }
}

@CommandHandler(CheckPermission)
export class CheckPermissionHandler implements ICommandHandler<CheckPermission> {
  constructor(
    private readonly rules: CurrentRules,
    private readonly log: PermissionLog,
    private readonly key: IssuerKey,
    private readonly clock: Clock,
  ) {}

  async execute(check: CheckPermission): Promise<CheckedPermission> {
    const checkedAt = this.clock.now();
    // One version for decision and record, whatever comes into force meanwhile.
    const rules = this.rules.index;
    const { caller, question, asked } = check;
    const recordOf = (outcome: Omit<Parameters<typeof checkRecord>[2], 'checkedAt'>) =>
      checkRecord(rules.lookup, check, { checkedAt, ...outcome });
    const refuse = async (decision: Refused | UsedUp | 'CALL_NOT_ALLOWED'): Promise<never> => {
      const record = recordOf({ decision, fields: [] });
      await this.append(record);
      throw refusalOf(record, decision, checkedAt);
    };

    if (caller.participant.kind !== 'node') return refuse('CALL_NOT_ALLOWED');
    const decision = decide(rules, check, checkedAt);
    if (decision.kind === 'refused') return refuse(decision);
    const issued = await this.issue(check, decision, checkedAt);
    const record = recordOf({ decision, fields: decision.fields, ...(issued && { tokenId: issued.jti }) });
    const uses = asked.beforeRelease ? [] : rateUses('requests', question.consumer, decision.obligations, checkedAt);
    // The token exists only in this process until its check is on record, and counted.
    const usedUp = await this.append(record, { uses, taken: issued !== undefined });
    if (usedUp !== undefined) return refuse(usedUp);
    const { fields, digestRequired, attestedBy, minAssurance, obligations, ruleIds } = decision;
    return {
      ...(issued && { token: issued.token }),
      ...{ fields, digestRequired, attestedBy, minAssurance, obligations, ruleIds },
      expiresAt: issued && asked.requestDigest !== undefined ? issued.exp * 1000 : checkedAt + DECISION_LIFETIME_MS,
    };
  }

  private async issue(
    { question, caller, asked }: CheckPermission,
    { fields, digestRequired, obligations, areas }: Allowed,
    nowMs: number,
  ): Promise<{ token: string; jti: string; exp: number } | undefined> {
    const { purposeHash, requestDigest, beforeRelease } = asked;
    if (beforeRelease || (digestRequired && requestDigest === undefined)) return undefined;
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
        obligations,
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

  /** @returns what is used up; then nothing was added */
  private async append(record: PermissionCheck, use?: UseOfRules): Promise<UsedUp | undefined> {
    try {
      await this.log.append(record, use);
      return undefined;
    } catch (cause) {
      if (cause instanceof UsedUp) return cause;
      if (cause instanceof DuplicateCheck) throw new Fault('REQUEST_ID_REUSED');
      throw outage('AUDIT_LOG_UNAVAILABLE', cause);
    }
  }
}

function decide(rules: RuleIndex, { caller, question, asked }: CheckPermission, nowMs: number): Decision {
  const decision = decideAgreed(rules, question, asked.fields, nowMs, caller.participant.id);
  const purpose = rules.lookup.purpose(question.purpose);
  if (purpose === undefined || purpose.hash === asked.purposeHash) return decision;
  return { kind: 'refused', reason: 'PURPOSE_NOT_REGISTERED', ruleIds: [] };
}

function refusalOf(
  { reason, ruleIds }: PermissionCheck,
  decision: Refused | UsedUp | 'CALL_NOT_ALLOWED',
  nowMs: number,
): Fault {
  const metadata = ruleIds.length === 0 ? {} : { rules: ruleIds.join(',') };
  if (!(decision instanceof UsedUp)) return refusal(reason ?? 'TRANSFER_NOT_PERMITTED', metadata);
  const nextPeriodAt = Math.max(...decision.uses.map(({ endsAt }) => endsAt));
  return new Fault('RATE_LIMITED', { metadata, retryDelayMs: nextPeriodAt - nowMs });
}
