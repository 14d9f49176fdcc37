// Original file: einmal/broker/v1/identity_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ResolveIdentityRequest as _einmal_broker_v1_ResolveIdentityRequest, ResolveIdentityRequest__Output as _einmal_broker_v1_ResolveIdentityRequest__Output } from '../../../einmal/broker/v1/ResolveIdentityRequest.js';
import type { ResolveIdentityResponse as _einmal_broker_v1_ResolveIdentityResponse, ResolveIdentityResponse__Output as _einmal_broker_v1_ResolveIdentityResponse__Output } from '../../../einmal/broker/v1/ResolveIdentityResponse.js';

/**
 * Finds the one person that a lawful key set means, so that the consumer need not hold an identification number.
 */
export interface IdentityServiceClient extends grpc.Client {
  /**
   * Looks every subject up in the identity directory and returns a token per subject. Each lookup is permitted,
   * triggered and logged like any retrieval; zero, several and blocked persons get one answer at one moment
   * (`SUBJECT_NOT_AVAILABLE`). Idempotent by `request_id` for five minutes.
   */
  ResolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  ResolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  ResolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  ResolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Looks every subject up in the identity directory and returns a token per subject. Each lookup is permitted,
   * triggered and logged like any retrieval; zero, several and blocked persons get one answer at one moment
   * (`SUBJECT_NOT_AVAILABLE`). Idempotent by `request_id` for five minutes.
   */
  resolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  resolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  resolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  resolveIdentity(argument: _einmal_broker_v1_ResolveIdentityRequest, callback: grpc.requestCallback<_einmal_broker_v1_ResolveIdentityResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * Finds the one person that a lawful key set means, so that the consumer need not hold an identification number.
 */
export interface IdentityServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Looks every subject up in the identity directory and returns a token per subject. Each lookup is permitted,
   * triggered and logged like any retrieval; zero, several and blocked persons get one answer at one moment
   * (`SUBJECT_NOT_AVAILABLE`). Idempotent by `request_id` for five minutes.
   */
  ResolveIdentity: grpc.handleUnaryCall<_einmal_broker_v1_ResolveIdentityRequest__Output, _einmal_broker_v1_ResolveIdentityResponse>;
  
}

export interface IdentityServiceDefinition extends grpc.ServiceDefinition {
  ResolveIdentity: MethodDefinition<_einmal_broker_v1_ResolveIdentityRequest, _einmal_broker_v1_ResolveIdentityResponse, _einmal_broker_v1_ResolveIdentityRequest__Output, _einmal_broker_v1_ResolveIdentityResponse__Output>
}
