// Original file: einmal/broker/v1/prefill_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { PrefillFormRequest as _einmal_broker_v1_PrefillFormRequest, PrefillFormRequest__Output as _einmal_broker_v1_PrefillFormRequest__Output } from '../../../einmal/broker/v1/PrefillFormRequest.js';
import type { PrefillFormResponse as _einmal_broker_v1_PrefillFormResponse, PrefillFormResponse__Output as _einmal_broker_v1_PrefillFormResponse__Output } from '../../../einmal/broker/v1/PrefillFormResponse.js';
import type { StreamPrefillRequest as _einmal_broker_v1_StreamPrefillRequest, StreamPrefillRequest__Output as _einmal_broker_v1_StreamPrefillRequest__Output } from '../../../einmal/broker/v1/StreamPrefillRequest.js';
import type { StreamPrefillResponse as _einmal_broker_v1_StreamPrefillResponse, StreamPrefillResponse__Output as _einmal_broker_v1_StreamPrefillResponse__Output } from '../../../einmal/broker/v1/StreamPrefillResponse.js';

/**
 * Fills the form of an online service from the registers.
 */
export interface PrefillServiceClient extends grpc.Client {
  /**
   * Runs one exchange for all that the service's catalogue entry needs and that triggers cover, and maps the evidence
   * to form fields. What no trigger covers is left to the applicant. Idempotent by `request_id` for five minutes.
   */
  PrefillForm(argument: _einmal_broker_v1_PrefillFormRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  PrefillForm(argument: _einmal_broker_v1_PrefillFormRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  PrefillForm(argument: _einmal_broker_v1_PrefillFormRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  PrefillForm(argument: _einmal_broker_v1_PrefillFormRequest, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Runs one exchange for all that the service's catalogue entry needs and that triggers cover, and maps the evidence
   * to form fields. What no trigger covers is left to the applicant. Idempotent by `request_id` for five minutes.
   */
  prefillForm(argument: _einmal_broker_v1_PrefillFormRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  prefillForm(argument: _einmal_broker_v1_PrefillFormRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  prefillForm(argument: _einmal_broker_v1_PrefillFormRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  prefillForm(argument: _einmal_broker_v1_PrefillFormRequest, callback: grpc.requestCallback<_einmal_broker_v1_PrefillFormResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Like PrefillForm, but sends each field when its register has answered; what is sent stands in the log as released before.
   * Ends with the whole answer. The same `request_id` may be used with either method. What somebody wants to see first, and
   * items that are not delivered, come at the end.
   */
  StreamPrefill(argument: _einmal_broker_v1_StreamPrefillRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamPrefillResponse__Output>;
  StreamPrefill(argument: _einmal_broker_v1_StreamPrefillRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamPrefillResponse__Output>;
  /**
   * Like PrefillForm, but sends each field when its register has answered; what is sent stands in the log as released before.
   * Ends with the whole answer. The same `request_id` may be used with either method. What somebody wants to see first, and
   * items that are not delivered, come at the end.
   */
  streamPrefill(argument: _einmal_broker_v1_StreamPrefillRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamPrefillResponse__Output>;
  streamPrefill(argument: _einmal_broker_v1_StreamPrefillRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamPrefillResponse__Output>;
  
}

/**
 * Fills the form of an online service from the registers.
 */
export interface PrefillServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Runs one exchange for all that the service's catalogue entry needs and that triggers cover, and maps the evidence
   * to form fields. What no trigger covers is left to the applicant. Idempotent by `request_id` for five minutes.
   */
  PrefillForm: grpc.handleUnaryCall<_einmal_broker_v1_PrefillFormRequest__Output, _einmal_broker_v1_PrefillFormResponse>;
  
  /**
   * Like PrefillForm, but sends each field when its register has answered; what is sent stands in the log as released before.
   * Ends with the whole answer. The same `request_id` may be used with either method. What somebody wants to see first, and
   * items that are not delivered, come at the end.
   */
  StreamPrefill: grpc.handleServerStreamingCall<_einmal_broker_v1_StreamPrefillRequest__Output, _einmal_broker_v1_StreamPrefillResponse>;
  
}

export interface PrefillServiceDefinition extends grpc.ServiceDefinition {
  PrefillForm: MethodDefinition<_einmal_broker_v1_PrefillFormRequest, _einmal_broker_v1_PrefillFormResponse, _einmal_broker_v1_PrefillFormRequest__Output, _einmal_broker_v1_PrefillFormResponse__Output>
  StreamPrefill: MethodDefinition<_einmal_broker_v1_StreamPrefillRequest, _einmal_broker_v1_StreamPrefillResponse, _einmal_broker_v1_StreamPrefillRequest__Output, _einmal_broker_v1_StreamPrefillResponse__Output>
}
