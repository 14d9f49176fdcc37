// Original file: einmal/register/v1/register_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { DescribeRegisterRequest as _einmal_register_v1_DescribeRegisterRequest, DescribeRegisterRequest__Output as _einmal_register_v1_DescribeRegisterRequest__Output } from '../../../einmal/register/v1/DescribeRegisterRequest.js';
import type { DescribeRegisterResponse as _einmal_register_v1_DescribeRegisterResponse, DescribeRegisterResponse__Output as _einmal_register_v1_DescribeRegisterResponse__Output } from '../../../einmal/register/v1/DescribeRegisterResponse.js';
import type { GetDiscrepancyRequest as _einmal_register_v1_GetDiscrepancyRequest, GetDiscrepancyRequest__Output as _einmal_register_v1_GetDiscrepancyRequest__Output } from '../../../einmal/register/v1/GetDiscrepancyRequest.js';
import type { GetDiscrepancyResponse as _einmal_register_v1_GetDiscrepancyResponse, GetDiscrepancyResponse__Output as _einmal_register_v1_GetDiscrepancyResponse__Output } from '../../../einmal/register/v1/GetDiscrepancyResponse.js';
import type { ListSubjectEntriesRequest as _einmal_register_v1_ListSubjectEntriesRequest, ListSubjectEntriesRequest__Output as _einmal_register_v1_ListSubjectEntriesRequest__Output } from '../../../einmal/register/v1/ListSubjectEntriesRequest.js';
import type { ListSubjectEntriesResponse as _einmal_register_v1_ListSubjectEntriesResponse, ListSubjectEntriesResponse__Output as _einmal_register_v1_ListSubjectEntriesResponse__Output } from '../../../einmal/register/v1/ListSubjectEntriesResponse.js';
import type { ReportDiscrepancyRequest as _einmal_register_v1_ReportDiscrepancyRequest, ReportDiscrepancyRequest__Output as _einmal_register_v1_ReportDiscrepancyRequest__Output } from '../../../einmal/register/v1/ReportDiscrepancyRequest.js';
import type { ReportDiscrepancyResponse as _einmal_register_v1_ReportDiscrepancyResponse, ReportDiscrepancyResponse__Output as _einmal_register_v1_ReportDiscrepancyResponse__Output } from '../../../einmal/register/v1/ReportDiscrepancyResponse.js';
import type { RetrieveDeferredEvidenceRequest as _einmal_register_v1_RetrieveDeferredEvidenceRequest, RetrieveDeferredEvidenceRequest__Output as _einmal_register_v1_RetrieveDeferredEvidenceRequest__Output } from '../../../einmal/register/v1/RetrieveDeferredEvidenceRequest.js';
import type { RetrieveDeferredEvidenceResponse as _einmal_register_v1_RetrieveDeferredEvidenceResponse, RetrieveDeferredEvidenceResponse__Output as _einmal_register_v1_RetrieveDeferredEvidenceResponse__Output } from '../../../einmal/register/v1/RetrieveDeferredEvidenceResponse.js';
import type { RetrieveEvidenceRequest as _einmal_register_v1_RetrieveEvidenceRequest, RetrieveEvidenceRequest__Output as _einmal_register_v1_RetrieveEvidenceRequest__Output } from '../../../einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse as _einmal_register_v1_RetrieveEvidenceResponse, RetrieveEvidenceResponse__Output as _einmal_register_v1_RetrieveEvidenceResponse__Output } from '../../../einmal/register/v1/RetrieveEvidenceResponse.js';
import type { StreamLogRequest as _einmal_register_v1_StreamLogRequest, StreamLogRequest__Output as _einmal_register_v1_StreamLogRequest__Output } from '../../../einmal/register/v1/StreamLogRequest.js';
import type { StreamLogResponse as _einmal_register_v1_StreamLogResponse, StreamLogResponse__Output as _einmal_register_v1_StreamLogResponse__Output } from '../../../einmal/register/v1/StreamLogResponse.js';

/**
 * What stands in front of one register. It trusts nobody's word: every check of the exchange is made here again, with
 * keys from its own copy of the catalogue only. Refusals carry the reasons of `einmal.broker.v1.ErrorReason`.
 */
export interface RegisterServiceClient extends grpc.Client {
  /**
   * Describes what this register answers.
   */
  DescribeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  DescribeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  DescribeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  DescribeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Describes what this register answers.
   */
  describeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  describeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  describeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  describeRegister(argument: _einmal_register_v1_DescribeRegisterRequest, callback: grpc.requestCallback<_einmal_register_v1_DescribeRegisterResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Tells what became of a report of the calling node.
   */
  GetDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  GetDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  GetDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  GetDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Tells what became of a report of the calling node.
   */
  getDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  getDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  getDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  getDiscrepancy(argument: _einmal_register_v1_GetDiscrepancyRequest, callback: grpc.requestCallback<_einmal_register_v1_GetDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists this register's log entries about one person, for the person (OZG § 10). Answered by the identity directory too, of
   * its lookups. The read is on record before it is answered. Whether the register holds anything else about the person
   * makes no difference to the answer.
   */
  ListSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists this register's log entries about one person, for the person (OZG § 10). Answered by the identity directory too, of
   * its lookups. The read is on record before it is answered. Whether the register holds anything else about the person
   * makes no difference to the answer.
   */
  listSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  listSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  listSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  listSubjectEntries(argument: _einmal_register_v1_ListSubjectEntriesRequest, callback: grpc.requestCallback<_einmal_register_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Takes a report that a datum seems to be wrong (IDNrG § 10). Repeating the very same report changes nothing.
   */
  ReportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Takes a report that a datum seems to be wrong (IDNrG § 10). Repeating the very same report changes nothing.
   */
  reportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportDiscrepancy(argument: _einmal_register_v1_ReportDiscrepancyRequest, callback: grpc.requestCallback<_einmal_register_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Fetches what was announced for later, with a fresh permission.
   */
  RetrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Fetches what was announced for later, with a fresh permission.
   */
  retrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveDeferredEvidence(argument: _einmal_register_v1_RetrieveDeferredEvidenceRequest, callback: grpc.requestCallback<_einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Returns one piece of evidence about one person, encrypted to the consumer. No, several, blocked and absent records
   * are one answer (`SUBJECT_NOT_AVAILABLE`). Repeating the very same request is logged as a repeat and answered again.
   */
  RetrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns one piece of evidence about one person, encrypted to the consumer. No, several, blocked and absent records
   * are one answer (`SUBJECT_NOT_AVAILABLE`). Repeating the very same request is logged as a repeat and answered again.
   */
  retrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveEvidence(argument: _einmal_register_v1_RetrieveEvidenceRequest, callback: grpc.requestCallback<_einmal_register_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Streams this register's own log of exchanges with the calling node, for reconciliation, in the order of `sequence`.
   * Answered by the identity directory too, of its lookups. The read is itself on record in that log.
   */
  StreamLog(argument: _einmal_register_v1_StreamLogRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_register_v1_StreamLogResponse__Output>;
  StreamLog(argument: _einmal_register_v1_StreamLogRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_register_v1_StreamLogResponse__Output>;
  /**
   * Streams this register's own log of exchanges with the calling node, for reconciliation, in the order of `sequence`.
   * Answered by the identity directory too, of its lookups. The read is itself on record in that log.
   */
  streamLog(argument: _einmal_register_v1_StreamLogRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_register_v1_StreamLogResponse__Output>;
  streamLog(argument: _einmal_register_v1_StreamLogRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_register_v1_StreamLogResponse__Output>;
  
}

/**
 * What stands in front of one register. It trusts nobody's word: every check of the exchange is made here again, with
 * keys from its own copy of the catalogue only. Refusals carry the reasons of `einmal.broker.v1.ErrorReason`.
 */
export interface RegisterServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Describes what this register answers.
   */
  DescribeRegister: grpc.handleUnaryCall<_einmal_register_v1_DescribeRegisterRequest__Output, _einmal_register_v1_DescribeRegisterResponse>;
  
  /**
   * Tells what became of a report of the calling node.
   */
  GetDiscrepancy: grpc.handleUnaryCall<_einmal_register_v1_GetDiscrepancyRequest__Output, _einmal_register_v1_GetDiscrepancyResponse>;
  
  /**
   * Lists this register's log entries about one person, for the person (OZG § 10). Answered by the identity directory too, of
   * its lookups. The read is on record before it is answered. Whether the register holds anything else about the person
   * makes no difference to the answer.
   */
  ListSubjectEntries: grpc.handleUnaryCall<_einmal_register_v1_ListSubjectEntriesRequest__Output, _einmal_register_v1_ListSubjectEntriesResponse>;
  
  /**
   * Takes a report that a datum seems to be wrong (IDNrG § 10). Repeating the very same report changes nothing.
   */
  ReportDiscrepancy: grpc.handleUnaryCall<_einmal_register_v1_ReportDiscrepancyRequest__Output, _einmal_register_v1_ReportDiscrepancyResponse>;
  
  /**
   * Fetches what was announced for later, with a fresh permission.
   */
  RetrieveDeferredEvidence: grpc.handleUnaryCall<_einmal_register_v1_RetrieveDeferredEvidenceRequest__Output, _einmal_register_v1_RetrieveDeferredEvidenceResponse>;
  
  /**
   * Returns one piece of evidence about one person, encrypted to the consumer. No, several, blocked and absent records
   * are one answer (`SUBJECT_NOT_AVAILABLE`). Repeating the very same request is logged as a repeat and answered again.
   */
  RetrieveEvidence: grpc.handleUnaryCall<_einmal_register_v1_RetrieveEvidenceRequest__Output, _einmal_register_v1_RetrieveEvidenceResponse>;
  
  /**
   * Streams this register's own log of exchanges with the calling node, for reconciliation, in the order of `sequence`.
   * Answered by the identity directory too, of its lookups. The read is itself on record in that log.
   */
  StreamLog: grpc.handleServerStreamingCall<_einmal_register_v1_StreamLogRequest__Output, _einmal_register_v1_StreamLogResponse>;
  
}

export interface RegisterServiceDefinition extends grpc.ServiceDefinition {
  DescribeRegister: MethodDefinition<_einmal_register_v1_DescribeRegisterRequest, _einmal_register_v1_DescribeRegisterResponse, _einmal_register_v1_DescribeRegisterRequest__Output, _einmal_register_v1_DescribeRegisterResponse__Output>
  GetDiscrepancy: MethodDefinition<_einmal_register_v1_GetDiscrepancyRequest, _einmal_register_v1_GetDiscrepancyResponse, _einmal_register_v1_GetDiscrepancyRequest__Output, _einmal_register_v1_GetDiscrepancyResponse__Output>
  ListSubjectEntries: MethodDefinition<_einmal_register_v1_ListSubjectEntriesRequest, _einmal_register_v1_ListSubjectEntriesResponse, _einmal_register_v1_ListSubjectEntriesRequest__Output, _einmal_register_v1_ListSubjectEntriesResponse__Output>
  ReportDiscrepancy: MethodDefinition<_einmal_register_v1_ReportDiscrepancyRequest, _einmal_register_v1_ReportDiscrepancyResponse, _einmal_register_v1_ReportDiscrepancyRequest__Output, _einmal_register_v1_ReportDiscrepancyResponse__Output>
  RetrieveDeferredEvidence: MethodDefinition<_einmal_register_v1_RetrieveDeferredEvidenceRequest, _einmal_register_v1_RetrieveDeferredEvidenceResponse, _einmal_register_v1_RetrieveDeferredEvidenceRequest__Output, _einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>
  RetrieveEvidence: MethodDefinition<_einmal_register_v1_RetrieveEvidenceRequest, _einmal_register_v1_RetrieveEvidenceResponse, _einmal_register_v1_RetrieveEvidenceRequest__Output, _einmal_register_v1_RetrieveEvidenceResponse__Output>
  StreamLog: MethodDefinition<_einmal_register_v1_StreamLogRequest, _einmal_register_v1_StreamLogResponse, _einmal_register_v1_StreamLogRequest__Output, _einmal_register_v1_StreamLogResponse__Output>
}
