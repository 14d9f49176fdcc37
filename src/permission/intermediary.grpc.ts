import { randomUUID } from 'node:crypto';
import { ASSURANCES, type ParticipantKind } from '../catalogue/catalogue.js';
import { Fault, outage, refusal } from '../platform/fault.js';
import { type CallLimits, limited, RpcFailure, unary } from '../platform/grpc-client.js';
import { gaveNothing, NotAsked, SharedParty } from '../platform/guard/shared-party.js';
import type { CheckPermissionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/CheckPermissionResponse.js';
import type { PermissionServiceClient } from '../platform/rpc-types/einmal/broker/v1/PermissionService.js';
import { Intermediary, type Permission } from './intermediary.js';
import { obligationsFromWire } from './obligations.wire.js';
import { pastChecks } from './past-checks.grpc.js';
import type { PastCheck } from './replay-checks.js';
import type { TransferQuestion } from './transfer-question.js';

const KINDS: readonly ParticipantKind[] = [
  'online-service',
  'authority',
  'register',
  'identity-directory',
  'intermediary',
  'node',
  'pages',
];

/** Ids of rules, and of what narrowed them, with commas between them. */
const RULES = /^[a-z][a-z0-9:/-]{0,159}(,[a-z][a-z0-9:/-]{0,159})*$/;

export class GrpcIntermediary extends Intermediary {
  constructor(
    private readonly client: () => PermissionServiceClient,
    private readonly limits: CallLimits,
    private readonly party: SharedParty,
  ) {
    super();
  }

  override async check(
    question: TransferQuestion,
    asked: Parameters<Intermediary['check']>[1],
    call: Parameters<Intermediary['check']>[2],
  ): Promise<Permission> {
    const { consumer, provider, evidence_type, purpose, legal_basis } = question;
    const request = {
      check_id: randomUUID(),
      question: {
        consumer,
        register: provider,
        evidence_type,
        purpose,
        purpose_hash: Buffer.from(asked.purposeHash, 'base64url'),
        legal_basis,
        fields: [...asked.fields],
      },
      ...(asked.beforeRelease === undefined ? {} : { before_release: true }),
      ...(asked.digest === undefined ? {} : { request_digest: Buffer.from(asked.digest, 'base64url') }),
    };
    try {
      const within = limited(call, this.limits);
      // The same check id: what is on record already is neither recorded nor counted again, but refused.
      const answer = await this.party.callTwice(
        within,
        () =>
          unary<CheckPermissionResponse__Output>(
            (m, o, done) => this.client().CheckPermission(request, m, o, done),
            within,
          ),
        gaveNothing,
      );
      const obligations = obligationsFromWire(answer.obligations);
      if (obligations === undefined) throw outage('INTERMEDIARY_UNAVAILABLE');
      return {
        question,
        fields: answer.fields ?? [],
        attestedBy: KINDS.filter((kind) => answer.attested_by?.includes(kind)),
        minAssurance: ASSURANCES.find((level) => level === answer.min_assurance) ?? 'high',
        obligations,
        digestDue: answer.request_digest_due ?? false,
        token: answer.permission_token,
        ruleIds: answer.rule_ids ?? [],
      };
    } catch (error) {
      if (error instanceof NotAsked) throw outage('INTERMEDIARY_UNAVAILABLE', error, error.delayMs);
      throw (error instanceof RpcFailure && refusalOf(error)) || outage('INTERMEDIARY_UNAVAILABLE', error);
    }
  }

  override async *pastChecks(
    sinceMs: number,
    call: Parameters<Intermediary['pastChecks']>[1],
  ): AsyncGenerator<PastCheck> {
    try {
      yield* pastChecks(this.client(), sinceMs, call);
    } catch (error) {
      throw outage('INTERMEDIARY_UNAVAILABLE', error);
    }
  }
}

/** The intermediary's own no, with the rules that made it; everything else is an outage. */
function refusalOf({ reason, metadata, retryDelayMs }: RpcFailure): Fault | undefined {
  const { rules } = metadata;
  const named = rules !== undefined && RULES.test(rules) ? { rules } : {};
  if (reason === 'PURPOSE_NOT_REGISTERED' || reason === 'TRANSFER_NOT_PERMITTED') return refusal(reason, named);
  if (reason === 'RATE_LIMITED') return new Fault(reason, { metadata: named, retryDelayMs: retryDelayMs ?? 60_000 });
  return undefined;
}
