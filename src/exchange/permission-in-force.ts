import { NodeIdentity } from '../access/node-identity.js';
import { ASSURANCES } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { keyThumbprint } from '../catalogue/key-thumbprint.js';
import type { CatalogueTakeOver } from '../governance/take-over-catalogue.js';
import { CurrentRules } from '../permission/current-rules.js';
import { decideAgreed } from '../permission/decide-agreed.js';
import type { Allowed, Decision, Refused } from '../permission/decide-transfer.js';
import type { Permission } from '../permission/intermediary.js';
import type { TransferQuestion } from '../permission/transfer-question.js';
import { Clock } from '../platform/clock.js';
import { outage, refusal } from '../platform/fault.js';
import { isAtLeastAsStrict, strictestOf } from '../tokens/obligations.js';
import type {
  Delivered,
  ExchangeContext,
  GivenRetrieval,
  NotDelivered,
  PlannedRetrieval,
  PreparedExchange,
  RestsOn,
} from './exchange.js';
import type { Fetched } from './fetched.js';
import { type Closing, withoutEvidence } from './journal-entries.js';
import { faultOf, notBrought } from './not-delivered.js';

type Asking = Pick<ExchangeContext, 'caller'> & Pick<RestsOn, 'purpose'>;

/**
 * What this node's own catalogue permits now. What removes permission counts at the next step and before every release, whichever
 * version the exchange began with (IDNrG § 7 Abs. 2, design 5); and where copies differ, the one that says no decides.
 */
export class PermissionInForce {
  constructor(
    private readonly node: NodeIdentity,
    private readonly governing: Pick<CatalogueTakeOver, 'isConfirmed'>,
    private readonly current: CurrentCatalogue,
    private readonly rules: CurrentRules,
    private readonly clock: Clock,
  ) {}

  /** @returns what the intermediary answered, with nothing left in it that the own catalogue takes away */
  narrow(permission: Permission, asked: readonly string[]): Permission | Refused {
    const own = this.decide(permission.question, asked);
    if (own.kind === 'refused') return own;
    // The intermediary counts requests: a number that it does not know nobody would hold.
    const requests = own.obligations.rates.filter(({ of }) => of === 'requests');
    if (!isAtLeastAsStrict(permission.obligations, { rates: requests }) || !isKeptFor(permission, own))
      return { kind: 'refused', reason: 'TRANSFER_NOT_PERMITTED', ruleIds: own.ruleIds, areas: own.areas };
    return {
      ...permission,
      obligations: strictestOf(permission.obligations, own.obligations),
      digestDue: permission.digestDue || own.digestRequired,
      fields: permission.fields.filter((it) => own.fields.includes(it)),
      attestedBy: permission.attestedBy.filter((it) => own.attestedBy.includes(it)),
      minAssurance:
        ASSURANCES.indexOf(own.minAssurance) > ASSURANCES.indexOf(permission.minAssurance)
          ? own.minAssurance
          : permission.minAssurance,
    };
  }

  /** The rules behind the no; undefined where it may go on. */
  whyNot(asking: Asking, retrieval: GivenRetrieval): readonly string[] | undefined {
    const { caller, purpose } = asking;
    const { permission, fields, trigger, legalBasis } = retrieval;
    const { lookup } = this.current;
    const isKnown = this.current.participantOf(caller.thumbprint)?.id === caller.participant.id;
    const isMeant = lookup.purpose(purpose.id)?.hash === purpose.hash;
    const isSameKind = lookup.legalBasis(legalBasis.id)?.trigger === legalBasis.trigger;
    if (!isKnown || !isMeant || !isSameKind) return [];
    const own = this.decide(permission.question, fields);
    if (own.kind === 'refused') return own.ruleIds;
    const isCovered =
      fields.every((it) => own.fields.includes(it)) &&
      this.isAttested(trigger.decision, own) &&
      isKeptFor(permission, own);
    return isCovered ? undefined : own.ruleIds;
  }

  /** Whether it is known what is in force, and it may go on by that. */
  isPermitted(asking: Asking, retrieval: PlannedRetrieval): boolean {
    return this.governing.isConfirmed && this.whyNot(asking, retrieval) === undefined;
  }

  /** @throws Fault TRANSFER_NOT_PERMITTED, CATALOGUE_UNAVAILABLE where it is not known any more what is in force */
  demand(asking: Asking, retrieval: GivenRetrieval): void {
    if (!this.governing.isConfirmed) throw outage('CATALOGUE_UNAVAILABLE');
    const rules = this.whyNot(asking, retrieval);
    if (rules !== undefined)
      throw refusal('TRANSFER_NOT_PERMITTED', rules.length === 0 ? {} : { rules: rules.join(',') });
  }

  /**
   * Before an answer is given again: every piece that it gave must be permitted as it was given, by the own catalogue and by what
   * the intermediary has just answered. @throws Fault
   */
  demandAgain({ caller }: Pick<Asking, 'caller'>, { purpose, retrievals }: RestsOn, prepared: PreparedExchange): void {
    const planned = [...prepared.lookups, ...prepared.retrievals];
    for (const given of retrievals) {
      this.demand({ caller, purpose }, given);
      const { trigger, register, evidenceType, subjectRole } = given;
      const again = planned.find((it) => it.trigger.id === trigger.id && it.register.id === register.id);
      if (again !== undefined && given.fields.every((it) => again.fields.includes(it))) continue;
      const why = prepared.notDelivered.filter(
        (it) => it.evidence_type === evidenceType.id && it.subject_role === subjectRole,
      );
      throw why.length === 0 ? refusal('TRANSFER_NOT_PERMITTED') : faultOf(why, { nowMs: this.clock.now() });
    }
  }

  /** What of it may still be kept or released; the rest is closed as refused, or as failed where nobody can say. */
  permitted(asking: Asking, fetched: Fetched): Fetched {
    if (!this.governing.isConfirmed) return unconfirmed(fetched);
    const forbidden = new Map<PlannedRetrieval, readonly string[]>();
    for (const { retrieval, receipt } of fetched.delivered) {
      // What was released was permitted then.
      if (receipt !== undefined) continue;
      const rules = this.whyNot(asking, retrieval);
      if (rules !== undefined) forbidden.set(retrieval, rules);
    }
    for (const closing of fetched.closings)
      if (closing.released !== undefined && !this.isKeyNamed(closing)) forbidden.set(closing.retrieval, []);
    if (forbidden.size === 0) return fetched;
    return {
      delivered: fetched.delivered.filter(({ retrieval }) => !forbidden.has(retrieval)),
      notDelivered: [...fetched.notDelivered, ...[...forbidden].map(refusedNow)],
      closings: fetched.closings.map((it) => (forbidden.has(it.retrieval) ? closedAsRefused(it) : it)),
    };
  }

  /** Undefined where it may be sent once more, or was not sent yet. */
  whyNotAgain(asking: Asking, { retrieval, receipt }: Delivered): NotDelivered | undefined {
    const rules = receipt === undefined ? undefined : this.whyNot(asking, retrieval);
    return rules === undefined ? undefined : refusedNow([retrieval, rules]);
  }

  private decide(question: TransferQuestion, asked: readonly string[]): Decision {
    return decideAgreed(this.rules.index, question, asked, this.clock.now(), this.node.participant);
  }

  /** What was held was signed with a key that may have been revoked since. */
  private isKeyNamed({ retrieval, keyThumbprint: used }: Closing): boolean {
    const named = this.current.lookup.keys(retrieval.register.participant, 'evidence');
    return used === undefined || named.some(({ jwk }) => keyThumbprint(jwk) === used);
  }

  private isAttested({ attester, assurance }: GivenRetrieval['trigger']['decision'], own: Allowed): boolean {
    const kind = this.current.lookup.participant(attester)?.kind;
    return (
      kind !== undefined &&
      own.attestedBy.includes(kind) &&
      ASSURANCES.indexOf(assurance) >= ASSURANCES.indexOf(own.minAssurance)
    );
  }
}

/** Days are in the evidence as the permission has them: what was permitted for longer cannot be made shorter here. */
function isKeptFor({ obligations }: Pick<Permission, 'obligations'>, own: Allowed): boolean {
  return isAtLeastAsStrict(obligations, { ...own.obligations, rates: [] });
}

function refusedNow([retrieval, ruleIds]: readonly [PlannedRetrieval, readonly string[]]): NotDelivered {
  const item = notBrought(retrieval, 'TRANSFER_NOT_PERMITTED');
  return ruleIds.length === 0 ? item : { ...item, ruleIds };
}

function closedAsRefused(closing: Closing): Closing {
  const ending = { outcome: 'refused', reason: 'TRANSFER_NOT_PERMITTED', cause: 'NO_LONGER_PERMITTED' } as const;
  return withoutEvidence(closing, { ...ending, ...(closing.wasHeld && { wasHeld: true }) });
}

/** Nothing is released by a version of which this node does not know whether it still counts (design 5). */
function unconfirmed({ delivered, notDelivered: missing, closings }: Fetched): Fetched {
  const reason = 'CATALOGUE_UNAVAILABLE';
  const failed = delivered.map(({ retrieval }) => notBrought(retrieval, reason));
  const retrievals = delivered.map(({ retrieval }) => retrieval);
  return {
    delivered: [],
    notDelivered: [...missing, ...failed],
    closings: closings.map((it) => {
      if (!retrievals.includes(it.retrieval)) return it;
      return { ...closedAsRefused(it), outcome: 'failed', reason, cause: reason };
    }),
  };
}
