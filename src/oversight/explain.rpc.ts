import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { CurrentRules } from '../permission/current-rules.js';
import { decodeQuestion } from '../permission/decode-question.js';
import { explainAgreed } from '../permission/explain-agreed.js';
import { explanationToWire } from '../permission/explanation.wire.js';
import type { ServerCall } from '../platform/call.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { ExplainQuestionRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ExplainQuestionRequest.js';
import type { ExplainQuestionResponse } from '../platform/rpc-types/einmal/broker/v1/ExplainQuestionResponse.js';
import { visitOf } from './decode-oversight.js';
import { OversightDesk } from './oversight-desk.js';

/** Why something is permitted or refused, whoever asks it: decided again by the rules in force. */
@Controller()
export class ExplainRpc {
  constructor(
    private readonly desk: OversightDesk,
    private readonly rules: CurrentRules,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  @GrpcMethod('OversightService', 'ExplainQuestion')
  async explainQuestion(
    request: ExplainQuestionRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ExplainQuestionResponse> {
    const decoder = new Decoder();
    const visit = decoder.done(visitOf(decoder, request, call));
    const { fields, ...question } = decodeQuestion(request, '');
    const inspector = await this.desk.accept(visit);
    await this.desk.looks(inspector, 'explanation', { filter: { ...question } });
    const explained = explainAgreed(this.rules.index, question, fields, { whose: 'all', nowMs: this.clock.now() });
    return { explanation: explanationToWire(explained, this.catalogue.catalogue.version) };
  }
}
