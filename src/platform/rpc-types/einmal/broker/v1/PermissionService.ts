// Original file: einmal/broker/v1/permission_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CheckPermissionRequest as _einmal_broker_v1_CheckPermissionRequest, CheckPermissionRequest__Output as _einmal_broker_v1_CheckPermissionRequest__Output } from '../../../einmal/broker/v1/CheckPermissionRequest.js';
import type { CheckPermissionResponse as _einmal_broker_v1_CheckPermissionResponse, CheckPermissionResponse__Output as _einmal_broker_v1_CheckPermissionResponse__Output } from '../../../einmal/broker/v1/CheckPermissionResponse.js';
import type { ExplainPermissionRequest as _einmal_broker_v1_ExplainPermissionRequest, ExplainPermissionRequest__Output as _einmal_broker_v1_ExplainPermissionRequest__Output } from '../../../einmal/broker/v1/ExplainPermissionRequest.js';
import type { ExplainPermissionResponse as _einmal_broker_v1_ExplainPermissionResponse, ExplainPermissionResponse__Output as _einmal_broker_v1_ExplainPermissionResponse__Output } from '../../../einmal/broker/v1/ExplainPermissionResponse.js';
import type { ListChecksRequest as _einmal_broker_v1_ListChecksRequest, ListChecksRequest__Output as _einmal_broker_v1_ListChecksRequest__Output } from '../../../einmal/broker/v1/ListChecksRequest.js';
import type { ListChecksResponse as _einmal_broker_v1_ListChecksResponse, ListChecksResponse__Output as _einmal_broker_v1_ListChecksResponse__Output } from '../../../einmal/broker/v1/ListChecksResponse.js';

/**
 * The abstract permission check of the intermediary (Vermittlungsstelle, IDNrG § 7 Abs. 2): third body, without
 * knowledge of the content and of the person. No message of this service has a field for either.
 */
export interface PermissionServiceClient extends grpc.Client {
  /**
   * Decides whether this consumer may get this evidence type from this provider for this purpose on this legal basis,
   * logs the check, and returns a signed permission token if so. Default deny. A refusal is `PERMISSION_DENIED` with
   * `PURPOSE_NOT_REGISTERED` or `TRANSFER_NOT_PERMITTED`, or `RESOURCE_EXHAUSTED` with `RATE_LIMITED` and
   * `google.rpc.RetryInfo`; `metadata.rules` names the rules that made it, with commas. Only nodes may call it.
   */
  CheckPermission(argument: _einmal_broker_v1_CheckPermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  CheckPermission(argument: _einmal_broker_v1_CheckPermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  CheckPermission(argument: _einmal_broker_v1_CheckPermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  CheckPermission(argument: _einmal_broker_v1_CheckPermissionRequest, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Decides whether this consumer may get this evidence type from this provider for this purpose on this legal basis,
   * logs the check, and returns a signed permission token if so. Default deny. A refusal is `PERMISSION_DENIED` with
   * `PURPOSE_NOT_REGISTERED` or `TRANSFER_NOT_PERMITTED`, or `RESOURCE_EXHAUSTED` with `RATE_LIMITED` and
   * `google.rpc.RetryInfo`; `metadata.rules` names the rules that made it, with commas. Only nodes may call it.
   */
  checkPermission(argument: _einmal_broker_v1_CheckPermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  checkPermission(argument: _einmal_broker_v1_CheckPermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  checkPermission(argument: _einmal_broker_v1_CheckPermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  checkPermission(argument: _einmal_broker_v1_CheckPermissionRequest, callback: grpc.requestCallback<_einmal_broker_v1_CheckPermissionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Explains a decision by the rules of today: which rules made it, and the smallest changes that would turn it. Nothing
   * is permitted by it. Nodes may ask about everybody, an online service and a register about itself; others get
   * `CALL_NOT_ALLOWED`.
   */
  ExplainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  ExplainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  ExplainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  ExplainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Explains a decision by the rules of today: which rules made it, and the smallest changes that would turn it. Nothing
   * is permitted by it. Nodes may ask about everybody, an online service and a register about itself; others get
   * `CALL_NOT_ALLOWED`.
   */
  explainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  explainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  explainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  explainPermission(argument: _einmal_broker_v1_ExplainPermissionRequest, callback: grpc.requestCallback<_einmal_broker_v1_ExplainPermissionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists checks of the permission log, oldest first, to be replayed against other rules. An intermediary gets all, a node
   * those that it asked for, an online service and a register those about itself; others get `CALL_NOT_ALLOWED`.
   */
  ListChecks(argument: _einmal_broker_v1_ListChecksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  ListChecks(argument: _einmal_broker_v1_ListChecksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  ListChecks(argument: _einmal_broker_v1_ListChecksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  ListChecks(argument: _einmal_broker_v1_ListChecksRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists checks of the permission log, oldest first, to be replayed against other rules. An intermediary gets all, a node
   * those that it asked for, an online service and a register those about itself; others get `CALL_NOT_ALLOWED`.
   */
  listChecks(argument: _einmal_broker_v1_ListChecksRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  listChecks(argument: _einmal_broker_v1_ListChecksRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  listChecks(argument: _einmal_broker_v1_ListChecksRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  listChecks(argument: _einmal_broker_v1_ListChecksRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListChecksResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * The abstract permission check of the intermediary (Vermittlungsstelle, IDNrG § 7 Abs. 2): third body, without
 * knowledge of the content and of the person. No message of this service has a field for either.
 */
export interface PermissionServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Decides whether this consumer may get this evidence type from this provider for this purpose on this legal basis,
   * logs the check, and returns a signed permission token if so. Default deny. A refusal is `PERMISSION_DENIED` with
   * `PURPOSE_NOT_REGISTERED` or `TRANSFER_NOT_PERMITTED`, or `RESOURCE_EXHAUSTED` with `RATE_LIMITED` and
   * `google.rpc.RetryInfo`; `metadata.rules` names the rules that made it, with commas. Only nodes may call it.
   */
  CheckPermission: grpc.handleUnaryCall<_einmal_broker_v1_CheckPermissionRequest__Output, _einmal_broker_v1_CheckPermissionResponse>;
  
  /**
   * Explains a decision by the rules of today: which rules made it, and the smallest changes that would turn it. Nothing
   * is permitted by it. Nodes may ask about everybody, an online service and a register about itself; others get
   * `CALL_NOT_ALLOWED`.
   */
  ExplainPermission: grpc.handleUnaryCall<_einmal_broker_v1_ExplainPermissionRequest__Output, _einmal_broker_v1_ExplainPermissionResponse>;
  
  /**
   * Lists checks of the permission log, oldest first, to be replayed against other rules. An intermediary gets all, a node
   * those that it asked for, an online service and a register those about itself; others get `CALL_NOT_ALLOWED`.
   */
  ListChecks: grpc.handleUnaryCall<_einmal_broker_v1_ListChecksRequest__Output, _einmal_broker_v1_ListChecksResponse>;
  
}

export interface PermissionServiceDefinition extends grpc.ServiceDefinition {
  CheckPermission: MethodDefinition<_einmal_broker_v1_CheckPermissionRequest, _einmal_broker_v1_CheckPermissionResponse, _einmal_broker_v1_CheckPermissionRequest__Output, _einmal_broker_v1_CheckPermissionResponse__Output>
  ExplainPermission: MethodDefinition<_einmal_broker_v1_ExplainPermissionRequest, _einmal_broker_v1_ExplainPermissionResponse, _einmal_broker_v1_ExplainPermissionRequest__Output, _einmal_broker_v1_ExplainPermissionResponse__Output>
  ListChecks: MethodDefinition<_einmal_broker_v1_ListChecksRequest, _einmal_broker_v1_ListChecksResponse, _einmal_broker_v1_ListChecksRequest__Output, _einmal_broker_v1_ListChecksResponse__Output>
}
