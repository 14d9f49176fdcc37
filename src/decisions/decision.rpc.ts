import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { decodeDecisions } from '../consent/decode-decisions.js';
import { triggerToWire } from '../consent/trigger.wire.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock, toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { AnswerDecisionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/AnswerDecisionRequest.js';
import type { AnswerDecisionResponse } from '../platform/rpc-types/einmal/broker/v1/AnswerDecisionResponse.js';
import type { GetDecisionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetDecisionRequest.js';
import type { GetDecisionResponse } from '../platform/rpc-types/einmal/broker/v1/GetDecisionResponse.js';
import type { OpenDecisionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/OpenDecisionRequest.js';
import type { OpenDecisionResponse } from '../platform/rpc-types/einmal/broker/v1/OpenDecisionResponse.js';
import type { RequestDecisionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/RequestDecisionRequest.js';
import type { RequestDecisionResponse } from '../platform/rpc-types/einmal/broker/v1/RequestDecisionResponse.js';
import { AnswerDecision } from './answer-decision.js';
import { DecisionLinks } from './decision-links.js';
import { DecisionSettings } from './decision-settings.js';
import { decodeAttested, decodePersons, decodeRepresented, personToWire } from './decode-decision.js';
import { GetDecision } from './get-decision.js';
import { OpenDecision } from './open-decision.js';
import { RequestDecision } from './request-decision.js';

/** Deciding at the pages: the online service that asks, and the pages that bring the answer. */
@Controller()
export class DecisionRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly links: DecisionLinks,
    private readonly settings: DecisionSettings,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('ConsentService', 'RequestDecision')
  async requestDecision(
    request: RequestDecisionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<RequestDecisionResponse> {
    const decoder = new Decoder();
    const command = new RequestDecision(
      callerOf(call),
      decoder.uuid('request_id', request.request_id),
      decoder.identifier('service', request.service),
      decodePersons(decoder, request.subjects, this.settings),
      decoder.token('return_url', request.return_url),
    );
    const { id, link, expiresAt } = await this.commands.execute(decoder.done(command));
    return { decision_id: id, link, expire_time: toTimestamp(expiresAt) };
  }

  @GrpcMethod('ConsentService', 'GetDecision')
  async getDecision(
    request: GetDecisionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetDecisionResponse> {
    const decoder = new Decoder();
    const id = decoder.done(decoder.uuid('decision_id', request.decision_id));
    const { isDecided, triggers } = await this.queries.execute(new GetDecision(callerOf(call), id));
    const shown = triggers.map((it) => triggerToWire(it, this.clock.now()));
    return { decided: isDecided, triggers: isDecided ? shown : [], preview_link: this.links.preview };
  }

  @GrpcMethod('ConsentService', 'OpenDecision')
  async openDecision(
    request: OpenDecisionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<OpenDecisionResponse> {
    const decoder = new Decoder();
    const secret = decoder.token('secret', request.secret);
    const before = request.session_token
      ? {
          caller: callerOf(call),
          sessionToken: decoder.token('session_token', request.session_token),
          attested: decodeAttested(decoder, request.attested, this.settings),
        }
      : undefined;
    const { asked, decider } = await this.commands.execute(
      decoder.done(new OpenDecision(callerOf(call), secret, before)),
    );
    return {
      service: asked.service,
      consumer: asked.consumer,
      roles: asked.persons.map(({ role }) => role),
      expire_time: toTimestamp(asked.expiresAt),
      decided: asked.triggerIds !== undefined,
      ...(decider && {
        decider_role: decider.role,
        subjects: decider.persons.map(personToWire),
        return_url: asked.returnUrl,
      }),
    };
  }

  @GrpcMethod('ConsentService', 'AnswerDecision')
  async answerDecision(
    request: AnswerDecisionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<AnswerDecisionResponse> {
    const decoder = new Decoder();
    const secret = decoder.token('secret', request.secret);
    const before = {
      caller: callerOf(call),
      sessionToken: decoder.token('session_token', request.session_token),
      attested: decodeAttested(decoder, request.attested, this.settings),
    };
    const decisions = decodeDecisions(decoder, request.decisions, 0);
    const represented = decodeRepresented(decoder, request.represented);
    const command = new AnswerDecision(secret, before, decisions, represented);
    const { returnUrl } = await this.commands.execute(decoder.done(command));
    return { return_url: returnUrl };
  }
}
