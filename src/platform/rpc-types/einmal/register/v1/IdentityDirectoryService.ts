// Original file: einmal/register/v1/identity_directory_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { LookupPersonRequest as _einmal_register_v1_LookupPersonRequest, LookupPersonRequest__Output as _einmal_register_v1_LookupPersonRequest__Output } from '../../../einmal/register/v1/LookupPersonRequest.js';
import type { LookupPersonResponse as _einmal_register_v1_LookupPersonResponse, LookupPersonResponse__Output as _einmal_register_v1_LookupPersonResponse__Output } from '../../../einmal/register/v1/LookupPersonResponse.js';

/**
 * The identity directory (the IDA role). Answers exactly the three key sets of IDNrG § 6 Abs. 3 and never with candidates.
 */
export interface IdentityDirectoryServiceClient extends grpc.Client {
  /**
   * Finds exactly one person and returns its identification number. Zero, several and blocked persons are one answer:
   * `SUBJECT_NOT_AVAILABLE` (IDNrG § 6 Abs. 4 and 5). Permission and trigger are verified as for any register.
   */
  LookupPerson(argument: _einmal_register_v1_LookupPersonRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  LookupPerson(argument: _einmal_register_v1_LookupPersonRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  LookupPerson(argument: _einmal_register_v1_LookupPersonRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  LookupPerson(argument: _einmal_register_v1_LookupPersonRequest, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Finds exactly one person and returns its identification number. Zero, several and blocked persons are one answer:
   * `SUBJECT_NOT_AVAILABLE` (IDNrG § 6 Abs. 4 and 5). Permission and trigger are verified as for any register.
   */
  lookupPerson(argument: _einmal_register_v1_LookupPersonRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  lookupPerson(argument: _einmal_register_v1_LookupPersonRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  lookupPerson(argument: _einmal_register_v1_LookupPersonRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  lookupPerson(argument: _einmal_register_v1_LookupPersonRequest, callback: grpc.requestCallback<_einmal_register_v1_LookupPersonResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * The identity directory (the IDA role). Answers exactly the three key sets of IDNrG § 6 Abs. 3 and never with candidates.
 */
export interface IdentityDirectoryServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Finds exactly one person and returns its identification number. Zero, several and blocked persons are one answer:
   * `SUBJECT_NOT_AVAILABLE` (IDNrG § 6 Abs. 4 and 5). Permission and trigger are verified as for any register.
   */
  LookupPerson: grpc.handleUnaryCall<_einmal_register_v1_LookupPersonRequest__Output, _einmal_register_v1_LookupPersonResponse>;
  
}

export interface IdentityDirectoryServiceDefinition extends grpc.ServiceDefinition {
  LookupPerson: MethodDefinition<_einmal_register_v1_LookupPersonRequest, _einmal_register_v1_LookupPersonResponse, _einmal_register_v1_LookupPersonRequest__Output, _einmal_register_v1_LookupPersonResponse__Output>
}
