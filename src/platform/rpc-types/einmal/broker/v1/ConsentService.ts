// Original file: einmal/broker/v1/consent_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AnswerDecisionRequest as _einmal_broker_v1_AnswerDecisionRequest, AnswerDecisionRequest__Output as _einmal_broker_v1_AnswerDecisionRequest__Output } from '../../../einmal/broker/v1/AnswerDecisionRequest.js';
import type { AnswerDecisionResponse as _einmal_broker_v1_AnswerDecisionResponse, AnswerDecisionResponse__Output as _einmal_broker_v1_AnswerDecisionResponse__Output } from '../../../einmal/broker/v1/AnswerDecisionResponse.js';
import type { GetDecisionRequest as _einmal_broker_v1_GetDecisionRequest, GetDecisionRequest__Output as _einmal_broker_v1_GetDecisionRequest__Output } from '../../../einmal/broker/v1/GetDecisionRequest.js';
import type { GetDecisionResponse as _einmal_broker_v1_GetDecisionResponse, GetDecisionResponse__Output as _einmal_broker_v1_GetDecisionResponse__Output } from '../../../einmal/broker/v1/GetDecisionResponse.js';
import type { GetTriggerRequest as _einmal_broker_v1_GetTriggerRequest, GetTriggerRequest__Output as _einmal_broker_v1_GetTriggerRequest__Output } from '../../../einmal/broker/v1/GetTriggerRequest.js';
import type { GetTriggerResponse as _einmal_broker_v1_GetTriggerResponse, GetTriggerResponse__Output as _einmal_broker_v1_GetTriggerResponse__Output } from '../../../einmal/broker/v1/GetTriggerResponse.js';
import type { GrantTriggersRequest as _einmal_broker_v1_GrantTriggersRequest, GrantTriggersRequest__Output as _einmal_broker_v1_GrantTriggersRequest__Output } from '../../../einmal/broker/v1/GrantTriggersRequest.js';
import type { GrantTriggersResponse as _einmal_broker_v1_GrantTriggersResponse, GrantTriggersResponse__Output as _einmal_broker_v1_GrantTriggersResponse__Output } from '../../../einmal/broker/v1/GrantTriggersResponse.js';
import type { ListTriggersRequest as _einmal_broker_v1_ListTriggersRequest, ListTriggersRequest__Output as _einmal_broker_v1_ListTriggersRequest__Output } from '../../../einmal/broker/v1/ListTriggersRequest.js';
import type { ListTriggersResponse as _einmal_broker_v1_ListTriggersResponse, ListTriggersResponse__Output as _einmal_broker_v1_ListTriggersResponse__Output } from '../../../einmal/broker/v1/ListTriggersResponse.js';
import type { OpenDecisionRequest as _einmal_broker_v1_OpenDecisionRequest, OpenDecisionRequest__Output as _einmal_broker_v1_OpenDecisionRequest__Output } from '../../../einmal/broker/v1/OpenDecisionRequest.js';
import type { OpenDecisionResponse as _einmal_broker_v1_OpenDecisionResponse, OpenDecisionResponse__Output as _einmal_broker_v1_OpenDecisionResponse__Output } from '../../../einmal/broker/v1/OpenDecisionResponse.js';
import type { RequestDecisionRequest as _einmal_broker_v1_RequestDecisionRequest, RequestDecisionRequest__Output as _einmal_broker_v1_RequestDecisionRequest__Output } from '../../../einmal/broker/v1/RequestDecisionRequest.js';
import type { RequestDecisionResponse as _einmal_broker_v1_RequestDecisionResponse, RequestDecisionResponse__Output as _einmal_broker_v1_RequestDecisionResponse__Output } from '../../../einmal/broker/v1/RequestDecisionResponse.js';
import type { WithdrawTriggersRequest as _einmal_broker_v1_WithdrawTriggersRequest, WithdrawTriggersRequest__Output as _einmal_broker_v1_WithdrawTriggersRequest__Output } from '../../../einmal/broker/v1/WithdrawTriggersRequest.js';
import type { WithdrawTriggersResponse as _einmal_broker_v1_WithdrawTriggersResponse, WithdrawTriggersResponse__Output as _einmal_broker_v1_WithdrawTriggersResponse__Output } from '../../../einmal/broker/v1/WithdrawTriggersResponse.js';

/**
 * Legal triggers of an exchange. "Consent" is only one of four kinds; the service bears the name that callers look for.
 */
export interface ConsentServiceClient extends grpc.Client {
  /**
   * For pages: the person's decisions, attested by the pages. One set per link, which may be given again; they are triggers of the consumer that asked.
   */
  AnswerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  AnswerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  AnswerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  AnswerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * For pages: the person's decisions, attested by the pages. One set per link, which may be given again; they are triggers of the consumer that asked.
   */
  answerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  answerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  answerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  answerDecision(argument: _einmal_broker_v1_AnswerDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_AnswerDecisionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Returns the state of a request for a decision and, once decided, its triggers.
   */
  GetDecision(argument: _einmal_broker_v1_GetDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  GetDecision(argument: _einmal_broker_v1_GetDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  GetDecision(argument: _einmal_broker_v1_GetDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  GetDecision(argument: _einmal_broker_v1_GetDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns the state of a request for a decision and, once decided, its triggers.
   */
  getDecision(argument: _einmal_broker_v1_GetDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  getDecision(argument: _einmal_broker_v1_GetDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  getDecision(argument: _einmal_broker_v1_GetDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  getDecision(argument: _einmal_broker_v1_GetDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetDecisionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Returns one trigger of the caller.
   */
  GetTrigger(argument: _einmal_broker_v1_GetTriggerRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  GetTrigger(argument: _einmal_broker_v1_GetTriggerRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  GetTrigger(argument: _einmal_broker_v1_GetTriggerRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  GetTrigger(argument: _einmal_broker_v1_GetTriggerRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns one trigger of the caller.
   */
  getTrigger(argument: _einmal_broker_v1_GetTriggerRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  getTrigger(argument: _einmal_broker_v1_GetTriggerRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  getTrigger(argument: _einmal_broker_v1_GetTriggerRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  getTrigger(argument: _einmal_broker_v1_GetTriggerRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetTriggerResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Stores decisions that an attester signed, one per piece of evidence and subject, and logs each. All or none is
   * stored. Idempotent by the `jti` of each attestation.
   */
  GrantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  GrantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  GrantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  GrantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Stores decisions that an attester signed, one per piece of evidence and subject, and logs each. All or none is
   * stored. Idempotent by the `jti` of each attestation.
   */
  grantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  grantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  grantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  grantTriggers(argument: _einmal_broker_v1_GrantTriggersRequest, callback: grpc.requestCallback<_einmal_broker_v1_GrantTriggersResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists the caller's triggers, newest first.
   */
  ListTriggers(argument: _einmal_broker_v1_ListTriggersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  ListTriggers(argument: _einmal_broker_v1_ListTriggersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  ListTriggers(argument: _einmal_broker_v1_ListTriggersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  ListTriggers(argument: _einmal_broker_v1_ListTriggersRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists the caller's triggers, newest first.
   */
  listTriggers(argument: _einmal_broker_v1_ListTriggersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  listTriggers(argument: _einmal_broker_v1_ListTriggersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  listTriggers(argument: _einmal_broker_v1_ListTriggersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  listTriggers(argument: _einmal_broker_v1_ListTriggersRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListTriggersResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * For pages: what is asked behind a link; about whom, once whoever signed in is shown to be the one who is asked.
   */
  OpenDecision(argument: _einmal_broker_v1_OpenDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  OpenDecision(argument: _einmal_broker_v1_OpenDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  OpenDecision(argument: _einmal_broker_v1_OpenDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  OpenDecision(argument: _einmal_broker_v1_OpenDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * For pages: what is asked behind a link; about whom, once whoever signed in is shown to be the one who is asked.
   */
  openDecision(argument: _einmal_broker_v1_OpenDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  openDecision(argument: _einmal_broker_v1_OpenDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  openDecision(argument: _einmal_broker_v1_OpenDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  openDecision(argument: _einmal_broker_v1_OpenDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_OpenDecisionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Opens a request for a decision that the person answers on the citizen pages, and returns its link.
   */
  RequestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  RequestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  RequestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  RequestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Opens a request for a decision that the person answers on the citizen pages, and returns its link.
   */
  requestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  requestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  requestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  requestDecision(argument: _einmal_broker_v1_RequestDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_RequestDecisionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Withdraws triggers with effect from the next step of every running, held and deferred exchange. Idempotent.
   */
  WithdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  WithdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  WithdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  WithdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Withdraws triggers with effect from the next step of every running, held and deferred exchange. Idempotent.
   */
  withdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  withdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  withdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  withdrawTriggers(argument: _einmal_broker_v1_WithdrawTriggersRequest, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawTriggersResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Legal triggers of an exchange. "Consent" is only one of four kinds; the service bears the name that callers look for.
 */
export interface ConsentServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * For pages: the person's decisions, attested by the pages. One set per link, which may be given again; they are triggers of the consumer that asked.
   */
  AnswerDecision: grpc.handleUnaryCall<_einmal_broker_v1_AnswerDecisionRequest__Output, _einmal_broker_v1_AnswerDecisionResponse>;
  
  /**
   * Returns the state of a request for a decision and, once decided, its triggers.
   */
  GetDecision: grpc.handleUnaryCall<_einmal_broker_v1_GetDecisionRequest__Output, _einmal_broker_v1_GetDecisionResponse>;
  
  /**
   * Returns one trigger of the caller.
   */
  GetTrigger: grpc.handleUnaryCall<_einmal_broker_v1_GetTriggerRequest__Output, _einmal_broker_v1_GetTriggerResponse>;
  
  /**
   * Stores decisions that an attester signed, one per piece of evidence and subject, and logs each. All or none is
   * stored. Idempotent by the `jti` of each attestation.
   */
  GrantTriggers: grpc.handleUnaryCall<_einmal_broker_v1_GrantTriggersRequest__Output, _einmal_broker_v1_GrantTriggersResponse>;
  
  /**
   * Lists the caller's triggers, newest first.
   */
  ListTriggers: grpc.handleUnaryCall<_einmal_broker_v1_ListTriggersRequest__Output, _einmal_broker_v1_ListTriggersResponse>;
  
  /**
   * For pages: what is asked behind a link; about whom, once whoever signed in is shown to be the one who is asked.
   */
  OpenDecision: grpc.handleUnaryCall<_einmal_broker_v1_OpenDecisionRequest__Output, _einmal_broker_v1_OpenDecisionResponse>;
  
  /**
   * Opens a request for a decision that the person answers on the citizen pages, and returns its link.
   */
  RequestDecision: grpc.handleUnaryCall<_einmal_broker_v1_RequestDecisionRequest__Output, _einmal_broker_v1_RequestDecisionResponse>;
  
  /**
   * Withdraws triggers with effect from the next step of every running, held and deferred exchange. Idempotent.
   */
  WithdrawTriggers: grpc.handleUnaryCall<_einmal_broker_v1_WithdrawTriggersRequest__Output, _einmal_broker_v1_WithdrawTriggersResponse>;
  
}

export interface ConsentServiceDefinition extends grpc.ServiceDefinition {
  AnswerDecision: MethodDefinition<_einmal_broker_v1_AnswerDecisionRequest, _einmal_broker_v1_AnswerDecisionResponse, _einmal_broker_v1_AnswerDecisionRequest__Output, _einmal_broker_v1_AnswerDecisionResponse__Output>
  GetDecision: MethodDefinition<_einmal_broker_v1_GetDecisionRequest, _einmal_broker_v1_GetDecisionResponse, _einmal_broker_v1_GetDecisionRequest__Output, _einmal_broker_v1_GetDecisionResponse__Output>
  GetTrigger: MethodDefinition<_einmal_broker_v1_GetTriggerRequest, _einmal_broker_v1_GetTriggerResponse, _einmal_broker_v1_GetTriggerRequest__Output, _einmal_broker_v1_GetTriggerResponse__Output>
  GrantTriggers: MethodDefinition<_einmal_broker_v1_GrantTriggersRequest, _einmal_broker_v1_GrantTriggersResponse, _einmal_broker_v1_GrantTriggersRequest__Output, _einmal_broker_v1_GrantTriggersResponse__Output>
  ListTriggers: MethodDefinition<_einmal_broker_v1_ListTriggersRequest, _einmal_broker_v1_ListTriggersResponse, _einmal_broker_v1_ListTriggersRequest__Output, _einmal_broker_v1_ListTriggersResponse__Output>
  OpenDecision: MethodDefinition<_einmal_broker_v1_OpenDecisionRequest, _einmal_broker_v1_OpenDecisionResponse, _einmal_broker_v1_OpenDecisionRequest__Output, _einmal_broker_v1_OpenDecisionResponse__Output>
  RequestDecision: MethodDefinition<_einmal_broker_v1_RequestDecisionRequest, _einmal_broker_v1_RequestDecisionResponse, _einmal_broker_v1_RequestDecisionRequest__Output, _einmal_broker_v1_RequestDecisionResponse__Output>
  WithdrawTriggers: MethodDefinition<_einmal_broker_v1_WithdrawTriggersRequest, _einmal_broker_v1_WithdrawTriggersResponse, _einmal_broker_v1_WithdrawTriggersRequest__Output, _einmal_broker_v1_WithdrawTriggersResponse__Output>
}
