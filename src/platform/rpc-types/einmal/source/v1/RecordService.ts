// Original file: einmal/source/v1/record_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FindRecordsRequest as _einmal_source_v1_FindRecordsRequest, FindRecordsRequest__Output as _einmal_source_v1_FindRecordsRequest__Output } from '../../../einmal/source/v1/FindRecordsRequest.js';
import type { FindRecordsResponse as _einmal_source_v1_FindRecordsResponse, FindRecordsResponse__Output as _einmal_source_v1_FindRecordsResponse__Output } from '../../../einmal/source/v1/FindRecordsResponse.js';

/**
 * What a register's own system serves so that the register edge in front of it can read. Reached over mutual TLS 1.3, by
 * that edge alone. Never reached by a node: everything that is checked, signed, encrypted and logged is done by the edge.
 */
export interface RecordServiceClient extends grpc.Client {
  /**
   * Finds the records of one person or company, whole in one message. Where there is none, or no record has a key of this
   * kind, the list is empty and the status OK. The edge does not choose between several that are valid. Changes nothing.
   * `INVALID_ARGUMENT`: this source has no such evidence type or column. `DATA_LOSS`: it has records under this key and cannot
   * read them, which says nothing of others. Every other status but OK makes the register unavailable. No text is read. The deadline is that of the edge: what comes later is not heard.
   */
  FindRecords(argument: _einmal_source_v1_FindRecordsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  FindRecords(argument: _einmal_source_v1_FindRecordsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  FindRecords(argument: _einmal_source_v1_FindRecordsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  FindRecords(argument: _einmal_source_v1_FindRecordsRequest, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Finds the records of one person or company, whole in one message. Where there is none, or no record has a key of this
   * kind, the list is empty and the status OK. The edge does not choose between several that are valid. Changes nothing.
   * `INVALID_ARGUMENT`: this source has no such evidence type or column. `DATA_LOSS`: it has records under this key and cannot
   * read them, which says nothing of others. Every other status but OK makes the register unavailable. No text is read. The deadline is that of the edge: what comes later is not heard.
   */
  findRecords(argument: _einmal_source_v1_FindRecordsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  findRecords(argument: _einmal_source_v1_FindRecordsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  findRecords(argument: _einmal_source_v1_FindRecordsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  findRecords(argument: _einmal_source_v1_FindRecordsRequest, callback: grpc.requestCallback<_einmal_source_v1_FindRecordsResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * What a register's own system serves so that the register edge in front of it can read. Reached over mutual TLS 1.3, by
 * that edge alone. Never reached by a node: everything that is checked, signed, encrypted and logged is done by the edge.
 */
export interface RecordServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Finds the records of one person or company, whole in one message. Where there is none, or no record has a key of this
   * kind, the list is empty and the status OK. The edge does not choose between several that are valid. Changes nothing.
   * `INVALID_ARGUMENT`: this source has no such evidence type or column. `DATA_LOSS`: it has records under this key and cannot
   * read them, which says nothing of others. Every other status but OK makes the register unavailable. No text is read. The deadline is that of the edge: what comes later is not heard.
   */
  FindRecords: grpc.handleUnaryCall<_einmal_source_v1_FindRecordsRequest__Output, _einmal_source_v1_FindRecordsResponse>;
  
}

export interface RecordServiceDefinition extends grpc.ServiceDefinition {
  FindRecords: MethodDefinition<_einmal_source_v1_FindRecordsRequest, _einmal_source_v1_FindRecordsResponse, _einmal_source_v1_FindRecordsRequest__Output, _einmal_source_v1_FindRecordsResponse__Output>
}
