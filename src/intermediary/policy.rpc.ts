import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { CurrentRules } from '../permission/current-rules.js';
import { decodeQuestion } from '../permission/decode-question.js';
import { explainAgreed } from '../permission/explain-agreed.js';
import { explanationToWire } from '../permission/explanation.wire.js';
import { pastCheckToWire } from '../permission/past-check.wire.js';
import { mayAskAbout, type PolicyScope, policyScope } from '../permission/policy-scope.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import { refusal } from '../platform/fault.js';
import { OperationalLog } from '../platform/operational-log.js';
import type { ExplainPermissionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ExplainPermissionRequest.js';
import type { ExplainPermissionResponse } from '../platform/rpc-types/einmal/broker/v1/ExplainPermissionResponse.js';
import type { ListChecksRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListChecksRequest.js';
import type { ListChecksResponse } from '../platform/rpc-types/einmal/broker/v1/ListChecksResponse.js';
import { ListChecks } from './list-checks.js';

const ENTRY = /^[1-9]\d{0,14}$/;

/** What the rules say, and what was decided by them: each participant what concerns itself. Nothing is permitted here. */
@Controller()
export class PolicyRpc {
  constructor(
    private readonly rules: CurrentRules,
    private readonly queries: QueryBus,
    private readonly log: OperationalLog,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('PermissionService', 'ExplainPermission')
  explainPermission(
    { question }: ExplainPermissionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): ExplainPermissionResponse {
    const { fields, ...asked } = decodeQuestion(question ?? {}, 'question.');
    const scope = this.scopeOf(call);
    if (!mayAskAbout(scope, asked)) throw refusal('CALL_NOT_ALLOWED');
    const isOwn = scope.of === 'consumer' || scope.of === 'registers';
    const { index } = this.rules;
    const whose = isOwn ? 'own' : 'all';
    const explained = explainAgreed(index, asked, fields, { whose, nowMs: this.clock.now() });
    const explanation = explanationToWire(explained, index.lookup.catalogue.version);
    const { permitted = false, reason, missing = [] } = explanation;
    return {
      permitted,
      ...(reason === undefined ? {} : { reason }),
      rule_ids: [...explained.decision.ruleIds],
      missing,
      explanation,
    };
  }

  @GrpcMethod('PermissionService', 'ListChecks')
  async listChecks(
    request: ListChecksRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListChecksResponse> {
    const decoder = new Decoder();
    const since = decoder.moment('since_time', request.since_time);
    const limit = decoder.pageSize('page_size', request.page_size);
    const token = request.page_token ?? '';
    if (token !== '' && !ENTRY.test(token)) decoder.refuse('page_token', 'must be that of the list which it continues');
    const query = decoder.done(new ListChecks(this.scopeOf(call), since, limit, Number(token)));
    // The log of this body holds no person; that somebody reads it is worth a line, not an entry.
    this.log.info({ reader: callerOf(call).participant.id, since: query.sinceMs }, 'permission log read');
    const { checks, next } = await this.queries.execute(query);
    return { checks: checks.map(pastCheckToWire), next_page_token: next === undefined ? '' : String(next) };
  }

  private scopeOf(call: ServerCall): PolicyScope {
    return policyScope(callerOf(call).participant, this.rules.index.lookup);
  }
}
