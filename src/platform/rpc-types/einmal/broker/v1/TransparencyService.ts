// Original file: einmal/broker/v1/transparency_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ExportEntriesRequest as _einmal_broker_v1_ExportEntriesRequest, ExportEntriesRequest__Output as _einmal_broker_v1_ExportEntriesRequest__Output } from '../../../einmal/broker/v1/ExportEntriesRequest.js';
import type { ExportEntriesResponse as _einmal_broker_v1_ExportEntriesResponse, ExportEntriesResponse__Output as _einmal_broker_v1_ExportEntriesResponse__Output } from '../../../einmal/broker/v1/ExportEntriesResponse.js';
import type { GetCheckpointRequest as _einmal_broker_v1_GetCheckpointRequest, GetCheckpointRequest__Output as _einmal_broker_v1_GetCheckpointRequest__Output } from '../../../einmal/broker/v1/GetCheckpointRequest.js';
import type { GetCheckpointResponse as _einmal_broker_v1_GetCheckpointResponse, GetCheckpointResponse__Output as _einmal_broker_v1_GetCheckpointResponse__Output } from '../../../einmal/broker/v1/GetCheckpointResponse.js';
import type { GetKeyHistoryRequest as _einmal_broker_v1_GetKeyHistoryRequest, GetKeyHistoryRequest__Output as _einmal_broker_v1_GetKeyHistoryRequest__Output } from '../../../einmal/broker/v1/GetKeyHistoryRequest.js';
import type { GetKeyHistoryResponse as _einmal_broker_v1_GetKeyHistoryResponse, GetKeyHistoryResponse__Output as _einmal_broker_v1_GetKeyHistoryResponse__Output } from '../../../einmal/broker/v1/GetKeyHistoryResponse.js';
import type { GetLogStatusRequest as _einmal_broker_v1_GetLogStatusRequest, GetLogStatusRequest__Output as _einmal_broker_v1_GetLogStatusRequest__Output } from '../../../einmal/broker/v1/GetLogStatusRequest.js';
import type { GetLogStatusResponse as _einmal_broker_v1_GetLogStatusResponse, GetLogStatusResponse__Output as _einmal_broker_v1_GetLogStatusResponse__Output } from '../../../einmal/broker/v1/GetLogStatusResponse.js';
import type { IssueReceiptRequest as _einmal_broker_v1_IssueReceiptRequest, IssueReceiptRequest__Output as _einmal_broker_v1_IssueReceiptRequest__Output } from '../../../einmal/broker/v1/IssueReceiptRequest.js';
import type { IssueReceiptResponse as _einmal_broker_v1_IssueReceiptResponse, IssueReceiptResponse__Output as _einmal_broker_v1_IssueReceiptResponse__Output } from '../../../einmal/broker/v1/IssueReceiptResponse.js';
import type { ListEntriesRequest as _einmal_broker_v1_ListEntriesRequest, ListEntriesRequest__Output as _einmal_broker_v1_ListEntriesRequest__Output } from '../../../einmal/broker/v1/ListEntriesRequest.js';
import type { ListEntriesResponse as _einmal_broker_v1_ListEntriesResponse, ListEntriesResponse__Output as _einmal_broker_v1_ListEntriesResponse__Output } from '../../../einmal/broker/v1/ListEntriesResponse.js';
import type { ListSubjectEntriesRequest as _einmal_broker_v1_ListSubjectEntriesRequest, ListSubjectEntriesRequest__Output as _einmal_broker_v1_ListSubjectEntriesRequest__Output } from '../../../einmal/broker/v1/ListSubjectEntriesRequest.js';
import type { ListSubjectEntriesResponse as _einmal_broker_v1_ListSubjectEntriesResponse, ListSubjectEntriesResponse__Output as _einmal_broker_v1_ListSubjectEntriesResponse__Output } from '../../../einmal/broker/v1/ListSubjectEntriesResponse.js';
import type { OpenRecordRequest as _einmal_broker_v1_OpenRecordRequest, OpenRecordRequest__Output as _einmal_broker_v1_OpenRecordRequest__Output } from '../../../einmal/broker/v1/OpenRecordRequest.js';
import type { OpenRecordResponse as _einmal_broker_v1_OpenRecordResponse, OpenRecordResponse__Output as _einmal_broker_v1_OpenRecordResponse__Output } from '../../../einmal/broker/v1/OpenRecordResponse.js';
import type { ProveConsistencyRequest as _einmal_broker_v1_ProveConsistencyRequest, ProveConsistencyRequest__Output as _einmal_broker_v1_ProveConsistencyRequest__Output } from '../../../einmal/broker/v1/ProveConsistencyRequest.js';
import type { ProveConsistencyResponse as _einmal_broker_v1_ProveConsistencyResponse, ProveConsistencyResponse__Output as _einmal_broker_v1_ProveConsistencyResponse__Output } from '../../../einmal/broker/v1/ProveConsistencyResponse.js';
import type { ProveInclusionRequest as _einmal_broker_v1_ProveInclusionRequest, ProveInclusionRequest__Output as _einmal_broker_v1_ProveInclusionRequest__Output } from '../../../einmal/broker/v1/ProveInclusionRequest.js';
import type { ProveInclusionResponse as _einmal_broker_v1_ProveInclusionResponse, ProveInclusionResponse__Output as _einmal_broker_v1_ProveInclusionResponse__Output } from '../../../einmal/broker/v1/ProveInclusionResponse.js';

/**
 * The log, for everybody who may look. A participant sees its own entries only; reads of records are entries themselves.
 */
export interface TransparencyServiceClient extends grpc.Client {
  /**
   * Exports entries. Is logged.
   */
  ExportEntries(argument: _einmal_broker_v1_ExportEntriesRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_ExportEntriesResponse__Output>;
  ExportEntries(argument: _einmal_broker_v1_ExportEntriesRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_ExportEntriesResponse__Output>;
  /**
   * Exports entries. Is logged.
   */
  exportEntries(argument: _einmal_broker_v1_ExportEntriesRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_ExportEntriesResponse__Output>;
  exportEntries(argument: _einmal_broker_v1_ExportEntriesRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_ExportEntriesResponse__Output>;
  
  /**
   * Returns the newest checkpoint.
   */
  GetCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  GetCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  GetCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  GetCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns the newest checkpoint.
   */
  getCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  getCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  getCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  getCheckpoint(argument: _einmal_broker_v1_GetCheckpointRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetCheckpointResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Returns a public key by which a register signs evidence, with what the log says about it: for archives.
   */
  GetKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  GetKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns a public key by which a register signs evidence, with what the log says about it: for archives.
   */
  getKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  getKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  getKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  getKeyHistory(argument: _einmal_broker_v1_GetKeyHistoryRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetKeyHistoryResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Tells what the witnesses say of the log.
   */
  GetLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  GetLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  GetLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  GetLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Tells what the witnesses say of the log.
   */
  getLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  getLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  getLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  getLogStatus(argument: _einmal_broker_v1_GetLogStatusRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetLogStatusResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Signs a receipt for one of the caller's own entries, for archives that keep signed tokens.
   */
  IssueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  IssueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  IssueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  IssueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Signs a receipt for one of the caller's own entries, for archives that keep signed tokens.
   */
  issueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  issueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  issueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  issueReceipt(argument: _einmal_broker_v1_IssueReceiptRequest, callback: grpc.requestCallback<_einmal_broker_v1_IssueReceiptResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists entries by their clear columns.
   */
  ListEntries(argument: _einmal_broker_v1_ListEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListEntries(argument: _einmal_broker_v1_ListEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListEntries(argument: _einmal_broker_v1_ListEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListEntries(argument: _einmal_broker_v1_ListEntriesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists entries by their clear columns.
   */
  listEntries(argument: _einmal_broker_v1_ListEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  listEntries(argument: _einmal_broker_v1_ListEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  listEntries(argument: _einmal_broker_v1_ListEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  listEntries(argument: _einmal_broker_v1_ListEntriesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListEntriesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists the entries about one person, as subject or as decider, for the person or for an officer. Called by pages only;
   * each call is an entry of its own, which the person finds later.
   */
  ListSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  ListSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists the entries about one person, as subject or as decider, for the person or for an officer. Called by pages only;
   * each call is an entry of its own, which the person finds later.
   */
  listSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  listSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  listSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  listSubjectEntries(argument: _einmal_broker_v1_ListSubjectEntriesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListSubjectEntriesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Opens the protected half of one record. Needs a reason; is logged.
   */
  OpenRecord(argument: _einmal_broker_v1_OpenRecordRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  OpenRecord(argument: _einmal_broker_v1_OpenRecordRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  OpenRecord(argument: _einmal_broker_v1_OpenRecordRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  OpenRecord(argument: _einmal_broker_v1_OpenRecordRequest, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Opens the protected half of one record. Needs a reason; is logged.
   */
  openRecord(argument: _einmal_broker_v1_OpenRecordRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  openRecord(argument: _einmal_broker_v1_OpenRecordRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  openRecord(argument: _einmal_broker_v1_OpenRecordRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  openRecord(argument: _einmal_broker_v1_OpenRecordRequest, callback: grpc.requestCallback<_einmal_broker_v1_OpenRecordResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Proves that a tree extends an earlier one (RFC 6962 section 2.1.2).
   */
  ProveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  ProveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  ProveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  ProveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Proves that a tree extends an earlier one (RFC 6962 section 2.1.2).
   */
  proveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  proveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  proveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  proveConsistency(argument: _einmal_broker_v1_ProveConsistencyRequest, callback: grpc.requestCallback<_einmal_broker_v1_ProveConsistencyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Proves that an entry is in a tree (RFC 6962 section 2.1.1).
   */
  ProveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  ProveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  ProveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  ProveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Proves that an entry is in a tree (RFC 6962 section 2.1.1).
   */
  proveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  proveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  proveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  proveInclusion(argument: _einmal_broker_v1_ProveInclusionRequest, callback: grpc.requestCallback<_einmal_broker_v1_ProveInclusionResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * The log, for everybody who may look. A participant sees its own entries only; reads of records are entries themselves.
 */
export interface TransparencyServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Exports entries. Is logged.
   */
  ExportEntries: grpc.handleServerStreamingCall<_einmal_broker_v1_ExportEntriesRequest__Output, _einmal_broker_v1_ExportEntriesResponse>;
  
  /**
   * Returns the newest checkpoint.
   */
  GetCheckpoint: grpc.handleUnaryCall<_einmal_broker_v1_GetCheckpointRequest__Output, _einmal_broker_v1_GetCheckpointResponse>;
  
  /**
   * Returns a public key by which a register signs evidence, with what the log says about it: for archives.
   */
  GetKeyHistory: grpc.handleUnaryCall<_einmal_broker_v1_GetKeyHistoryRequest__Output, _einmal_broker_v1_GetKeyHistoryResponse>;
  
  /**
   * Tells what the witnesses say of the log.
   */
  GetLogStatus: grpc.handleUnaryCall<_einmal_broker_v1_GetLogStatusRequest__Output, _einmal_broker_v1_GetLogStatusResponse>;
  
  /**
   * Signs a receipt for one of the caller's own entries, for archives that keep signed tokens.
   */
  IssueReceipt: grpc.handleUnaryCall<_einmal_broker_v1_IssueReceiptRequest__Output, _einmal_broker_v1_IssueReceiptResponse>;
  
  /**
   * Lists entries by their clear columns.
   */
  ListEntries: grpc.handleUnaryCall<_einmal_broker_v1_ListEntriesRequest__Output, _einmal_broker_v1_ListEntriesResponse>;
  
  /**
   * Lists the entries about one person, as subject or as decider, for the person or for an officer. Called by pages only;
   * each call is an entry of its own, which the person finds later.
   */
  ListSubjectEntries: grpc.handleUnaryCall<_einmal_broker_v1_ListSubjectEntriesRequest__Output, _einmal_broker_v1_ListSubjectEntriesResponse>;
  
  /**
   * Opens the protected half of one record. Needs a reason; is logged.
   */
  OpenRecord: grpc.handleUnaryCall<_einmal_broker_v1_OpenRecordRequest__Output, _einmal_broker_v1_OpenRecordResponse>;
  
  /**
   * Proves that a tree extends an earlier one (RFC 6962 section 2.1.2).
   */
  ProveConsistency: grpc.handleUnaryCall<_einmal_broker_v1_ProveConsistencyRequest__Output, _einmal_broker_v1_ProveConsistencyResponse>;
  
  /**
   * Proves that an entry is in a tree (RFC 6962 section 2.1.1).
   */
  ProveInclusion: grpc.handleUnaryCall<_einmal_broker_v1_ProveInclusionRequest__Output, _einmal_broker_v1_ProveInclusionResponse>;
  
}

export interface TransparencyServiceDefinition extends grpc.ServiceDefinition {
  ExportEntries: MethodDefinition<_einmal_broker_v1_ExportEntriesRequest, _einmal_broker_v1_ExportEntriesResponse, _einmal_broker_v1_ExportEntriesRequest__Output, _einmal_broker_v1_ExportEntriesResponse__Output>
  GetCheckpoint: MethodDefinition<_einmal_broker_v1_GetCheckpointRequest, _einmal_broker_v1_GetCheckpointResponse, _einmal_broker_v1_GetCheckpointRequest__Output, _einmal_broker_v1_GetCheckpointResponse__Output>
  GetKeyHistory: MethodDefinition<_einmal_broker_v1_GetKeyHistoryRequest, _einmal_broker_v1_GetKeyHistoryResponse, _einmal_broker_v1_GetKeyHistoryRequest__Output, _einmal_broker_v1_GetKeyHistoryResponse__Output>
  GetLogStatus: MethodDefinition<_einmal_broker_v1_GetLogStatusRequest, _einmal_broker_v1_GetLogStatusResponse, _einmal_broker_v1_GetLogStatusRequest__Output, _einmal_broker_v1_GetLogStatusResponse__Output>
  IssueReceipt: MethodDefinition<_einmal_broker_v1_IssueReceiptRequest, _einmal_broker_v1_IssueReceiptResponse, _einmal_broker_v1_IssueReceiptRequest__Output, _einmal_broker_v1_IssueReceiptResponse__Output>
  ListEntries: MethodDefinition<_einmal_broker_v1_ListEntriesRequest, _einmal_broker_v1_ListEntriesResponse, _einmal_broker_v1_ListEntriesRequest__Output, _einmal_broker_v1_ListEntriesResponse__Output>
  ListSubjectEntries: MethodDefinition<_einmal_broker_v1_ListSubjectEntriesRequest, _einmal_broker_v1_ListSubjectEntriesResponse, _einmal_broker_v1_ListSubjectEntriesRequest__Output, _einmal_broker_v1_ListSubjectEntriesResponse__Output>
  OpenRecord: MethodDefinition<_einmal_broker_v1_OpenRecordRequest, _einmal_broker_v1_OpenRecordResponse, _einmal_broker_v1_OpenRecordRequest__Output, _einmal_broker_v1_OpenRecordResponse__Output>
  ProveConsistency: MethodDefinition<_einmal_broker_v1_ProveConsistencyRequest, _einmal_broker_v1_ProveConsistencyResponse, _einmal_broker_v1_ProveConsistencyRequest__Output, _einmal_broker_v1_ProveConsistencyResponse__Output>
  ProveInclusion: MethodDefinition<_einmal_broker_v1_ProveInclusionRequest, _einmal_broker_v1_ProveInclusionResponse, _einmal_broker_v1_ProveInclusionRequest__Output, _einmal_broker_v1_ProveInclusionResponse__Output>
}
