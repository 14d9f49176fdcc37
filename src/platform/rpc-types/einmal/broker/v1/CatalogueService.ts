// Original file: einmal/broker/v1/catalogue_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { DecideCatalogueRequest as _einmal_broker_v1_DecideCatalogueRequest, DecideCatalogueRequest__Output as _einmal_broker_v1_DecideCatalogueRequest__Output } from '../../../einmal/broker/v1/DecideCatalogueRequest.js';
import type { DecideCatalogueResponse as _einmal_broker_v1_DecideCatalogueResponse, DecideCatalogueResponse__Output as _einmal_broker_v1_DecideCatalogueResponse__Output } from '../../../einmal/broker/v1/DecideCatalogueResponse.js';
import type { DescribeServiceRequest as _einmal_broker_v1_DescribeServiceRequest, DescribeServiceRequest__Output as _einmal_broker_v1_DescribeServiceRequest__Output } from '../../../einmal/broker/v1/DescribeServiceRequest.js';
import type { DescribeServiceResponse as _einmal_broker_v1_DescribeServiceResponse, DescribeServiceResponse__Output as _einmal_broker_v1_DescribeServiceResponse__Output } from '../../../einmal/broker/v1/DescribeServiceResponse.js';
import type { ExplainTransferRequest as _einmal_broker_v1_ExplainTransferRequest, ExplainTransferRequest__Output as _einmal_broker_v1_ExplainTransferRequest__Output } from '../../../einmal/broker/v1/ExplainTransferRequest.js';
import type { ExplainTransferResponse as _einmal_broker_v1_ExplainTransferResponse, ExplainTransferResponse__Output as _einmal_broker_v1_ExplainTransferResponse__Output } from '../../../einmal/broker/v1/ExplainTransferResponse.js';
import type { FindRouteRequest as _einmal_broker_v1_FindRouteRequest, FindRouteRequest__Output as _einmal_broker_v1_FindRouteRequest__Output } from '../../../einmal/broker/v1/FindRouteRequest.js';
import type { FindRouteResponse as _einmal_broker_v1_FindRouteResponse, FindRouteResponse__Output as _einmal_broker_v1_FindRouteResponse__Output } from '../../../einmal/broker/v1/FindRouteResponse.js';
import type { GetCatalogueVersionRequest as _einmal_broker_v1_GetCatalogueVersionRequest, GetCatalogueVersionRequest__Output as _einmal_broker_v1_GetCatalogueVersionRequest__Output } from '../../../einmal/broker/v1/GetCatalogueVersionRequest.js';
import type { GetCatalogueVersionResponse as _einmal_broker_v1_GetCatalogueVersionResponse, GetCatalogueVersionResponse__Output as _einmal_broker_v1_GetCatalogueVersionResponse__Output } from '../../../einmal/broker/v1/GetCatalogueVersionResponse.js';
import type { ListCatalogueVersionsRequest as _einmal_broker_v1_ListCatalogueVersionsRequest, ListCatalogueVersionsRequest__Output as _einmal_broker_v1_ListCatalogueVersionsRequest__Output } from '../../../einmal/broker/v1/ListCatalogueVersionsRequest.js';
import type { ListCatalogueVersionsResponse as _einmal_broker_v1_ListCatalogueVersionsResponse, ListCatalogueVersionsResponse__Output as _einmal_broker_v1_ListCatalogueVersionsResponse__Output } from '../../../einmal/broker/v1/ListCatalogueVersionsResponse.js';
import type { ListEvidenceTypesRequest as _einmal_broker_v1_ListEvidenceTypesRequest, ListEvidenceTypesRequest__Output as _einmal_broker_v1_ListEvidenceTypesRequest__Output } from '../../../einmal/broker/v1/ListEvidenceTypesRequest.js';
import type { ListEvidenceTypesResponse as _einmal_broker_v1_ListEvidenceTypesResponse, ListEvidenceTypesResponse__Output as _einmal_broker_v1_ListEvidenceTypesResponse__Output } from '../../../einmal/broker/v1/ListEvidenceTypesResponse.js';
import type { ListPermissionsRequest as _einmal_broker_v1_ListPermissionsRequest, ListPermissionsRequest__Output as _einmal_broker_v1_ListPermissionsRequest__Output } from '../../../einmal/broker/v1/ListPermissionsRequest.js';
import type { ListPermissionsResponse as _einmal_broker_v1_ListPermissionsResponse, ListPermissionsResponse__Output as _einmal_broker_v1_ListPermissionsResponse__Output } from '../../../einmal/broker/v1/ListPermissionsResponse.js';
import type { ListServicesRequest as _einmal_broker_v1_ListServicesRequest, ListServicesRequest__Output as _einmal_broker_v1_ListServicesRequest__Output } from '../../../einmal/broker/v1/ListServicesRequest.js';
import type { ListServicesResponse as _einmal_broker_v1_ListServicesResponse, ListServicesResponse__Output as _einmal_broker_v1_ListServicesResponse__Output } from '../../../einmal/broker/v1/ListServicesResponse.js';
import type { ProposeCatalogueRequest as _einmal_broker_v1_ProposeCatalogueRequest, ProposeCatalogueRequest__Output as _einmal_broker_v1_ProposeCatalogueRequest__Output } from '../../../einmal/broker/v1/ProposeCatalogueRequest.js';
import type { ProposeCatalogueResponse as _einmal_broker_v1_ProposeCatalogueResponse, ProposeCatalogueResponse__Output as _einmal_broker_v1_ProposeCatalogueResponse__Output } from '../../../einmal/broker/v1/ProposeCatalogueResponse.js';
import type { SimulateCatalogueRequest as _einmal_broker_v1_SimulateCatalogueRequest, SimulateCatalogueRequest__Output as _einmal_broker_v1_SimulateCatalogueRequest__Output } from '../../../einmal/broker/v1/SimulateCatalogueRequest.js';
import type { SimulateCatalogueResponse as _einmal_broker_v1_SimulateCatalogueResponse, SimulateCatalogueResponse__Output as _einmal_broker_v1_SimulateCatalogueResponse__Output } from '../../../einmal/broker/v1/SimulateCatalogueResponse.js';
import type { SimulateProposalRequest as _einmal_broker_v1_SimulateProposalRequest, SimulateProposalRequest__Output as _einmal_broker_v1_SimulateProposalRequest__Output } from '../../../einmal/broker/v1/SimulateProposalRequest.js';
import type { SimulateProposalResponse as _einmal_broker_v1_SimulateProposalResponse, SimulateProposalResponse__Output as _einmal_broker_v1_SimulateProposalResponse__Output } from '../../../einmal/broker/v1/SimulateProposalResponse.js';

/**
 * What may be asked of whom for which purpose: the law of the exchange as data.
 */
export interface CatalogueServiceClient extends grpc.Client {
  /**
   * Approves or rejects a proposal. Only a second administrator approves; who proposed may take it back.
   */
  DecideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  DecideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  DecideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  DecideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Approves or rejects a proposal. Only a second administrator approves; who proposed may take it back.
   */
  decideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  decideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  decideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  decideCatalogue(argument: _einmal_broker_v1_DecideCatalogueRequest, callback: grpc.requestCallback<_einmal_broker_v1_DecideCatalogueResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Describes one online service: what it needs, on which legal basis, with which texts, mapped to which fields.
   */
  DescribeService(argument: _einmal_broker_v1_DescribeServiceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  DescribeService(argument: _einmal_broker_v1_DescribeServiceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  DescribeService(argument: _einmal_broker_v1_DescribeServiceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  DescribeService(argument: _einmal_broker_v1_DescribeServiceRequest, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Describes one online service: what it needs, on which legal basis, with which texts, mapped to which fields.
   */
  describeService(argument: _einmal_broker_v1_DescribeServiceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  describeService(argument: _einmal_broker_v1_DescribeServiceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  describeService(argument: _einmal_broker_v1_DescribeServiceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  describeService(argument: _einmal_broker_v1_DescribeServiceRequest, callback: grpc.requestCallback<_einmal_broker_v1_DescribeServiceResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Explains by the catalogue of this node whether a transfer is permitted, and why. An online service and a register may
   * ask about themselves only; otherwise `CALL_NOT_ALLOWED`. Only the intermediary permits.
   */
  ExplainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  ExplainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  ExplainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  ExplainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Explains by the catalogue of this node whether a transfer is permitted, and why. An online service and a register may
   * ask about themselves only; otherwise `CALL_NOT_ALLOWED`. Only the intermediary permits.
   */
  explainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  explainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  explainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  explainTransfer(argument: _einmal_broker_v1_ExplainTransferRequest, callback: grpc.requestCallback<_einmal_broker_v1_ExplainTransferResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Finds the competent register. Zero, several and "needs more attributes" are typed answers.
   */
  FindRoute(argument: _einmal_broker_v1_FindRouteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  FindRoute(argument: _einmal_broker_v1_FindRouteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  FindRoute(argument: _einmal_broker_v1_FindRouteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  FindRoute(argument: _einmal_broker_v1_FindRouteRequest, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Finds the competent register. Zero, several and "needs more attributes" are typed answers.
   */
  findRoute(argument: _einmal_broker_v1_FindRouteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  findRoute(argument: _einmal_broker_v1_FindRouteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  findRoute(argument: _einmal_broker_v1_FindRouteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  findRoute(argument: _einmal_broker_v1_FindRouteRequest, callback: grpc.requestCallback<_einmal_broker_v1_FindRouteResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Gives the files of a version that was in force or proposed, in the session of an administrator, officer or auditor.
   */
  GetCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  GetCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  GetCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  GetCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Gives the files of a version that was in force or proposed, in the session of an administrator, officer or auditor.
   */
  getCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  getCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  getCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  getCatalogueVersion(argument: _einmal_broker_v1_GetCatalogueVersionRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetCatalogueVersionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists what was in force, and what is proposed, in the session of an administrator, officer or auditor.
   */
  ListCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  ListCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  ListCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  ListCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists what was in force, and what is proposed, in the session of an administrator, officer or auditor.
   */
  listCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  listCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  listCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  listCatalogueVersions(argument: _einmal_broker_v1_ListCatalogueVersionsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListCatalogueVersionsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists the evidence types.
   */
  ListEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  ListEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  ListEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  ListEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists the evidence types.
   */
  listEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  listEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  listEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  listEvidenceTypes(argument: _einmal_broker_v1_ListEvidenceTypesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListEvidenceTypesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists what the rules let the caller have, or have of its registers: one line per consumer, evidence type, register,
   * purpose and legal basis.
   */
  ListPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  ListPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  ListPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  ListPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists what the rules let the caller have, or have of its registers: one line per consumer, evidence type, register,
   * purpose and legal basis.
   */
  listPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  listPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  listPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  listPermissions(argument: _einmal_broker_v1_ListPermissionsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListPermissionsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists the online services of the caller.
   */
  ListServices(argument: _einmal_broker_v1_ListServicesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  ListServices(argument: _einmal_broker_v1_ListServicesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  ListServices(argument: _einmal_broker_v1_ListServicesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  ListServices(argument: _einmal_broker_v1_ListServicesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists the online services of the caller.
   */
  listServices(argument: _einmal_broker_v1_ListServicesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  listServices(argument: _einmal_broker_v1_ListServicesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  listServices(argument: _einmal_broker_v1_ListServicesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  listServices(argument: _einmal_broker_v1_ListServicesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListServicesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Proposes a new version of the catalogue, or to go back to an earlier one, in the session of an administrator; it is
   * validated as a whole, and the one in force stays as it is.
   */
  ProposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  ProposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  ProposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  ProposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Proposes a new version of the catalogue, or to go back to an earlier one, in the session of an administrator; it is
   * validated as a whole, and the one in force stays as it is.
   */
  proposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  proposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  proposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  proposeCatalogue(argument: _einmal_broker_v1_ProposeCatalogueRequest, callback: grpc.requestCallback<_einmal_broker_v1_ProposeCatalogueResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Replays logged requests of the caller against other rules and reports which decisions change. Nothing takes effect.
   */
  SimulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  SimulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  SimulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  SimulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Replays logged requests of the caller against other rules and reports which decisions change. Nothing takes effect.
   */
  simulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  simulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  simulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  simulateCatalogue(argument: _einmal_broker_v1_SimulateCatalogueRequest, callback: grpc.requestCallback<_einmal_broker_v1_SimulateCatalogueResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Replays what this node had asked since a moment against a version that is proposed or was in force, as a whole, in the session of
   * an administrator, officer or auditor. Nothing takes effect.
   */
  SimulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  SimulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  SimulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  SimulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Replays what this node had asked since a moment against a version that is proposed or was in force, as a whole, in the session of
   * an administrator, officer or auditor. Nothing takes effect.
   */
  simulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  simulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  simulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  simulateProposal(argument: _einmal_broker_v1_SimulateProposalRequest, callback: grpc.requestCallback<_einmal_broker_v1_SimulateProposalResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * What may be asked of whom for which purpose: the law of the exchange as data.
 */
export interface CatalogueServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Approves or rejects a proposal. Only a second administrator approves; who proposed may take it back.
   */
  DecideCatalogue: grpc.handleUnaryCall<_einmal_broker_v1_DecideCatalogueRequest__Output, _einmal_broker_v1_DecideCatalogueResponse>;
  
  /**
   * Describes one online service: what it needs, on which legal basis, with which texts, mapped to which fields.
   */
  DescribeService: grpc.handleUnaryCall<_einmal_broker_v1_DescribeServiceRequest__Output, _einmal_broker_v1_DescribeServiceResponse>;
  
  /**
   * Explains by the catalogue of this node whether a transfer is permitted, and why. An online service and a register may
   * ask about themselves only; otherwise `CALL_NOT_ALLOWED`. Only the intermediary permits.
   */
  ExplainTransfer: grpc.handleUnaryCall<_einmal_broker_v1_ExplainTransferRequest__Output, _einmal_broker_v1_ExplainTransferResponse>;
  
  /**
   * Finds the competent register. Zero, several and "needs more attributes" are typed answers.
   */
  FindRoute: grpc.handleUnaryCall<_einmal_broker_v1_FindRouteRequest__Output, _einmal_broker_v1_FindRouteResponse>;
  
  /**
   * Gives the files of a version that was in force or proposed, in the session of an administrator, officer or auditor.
   */
  GetCatalogueVersion: grpc.handleUnaryCall<_einmal_broker_v1_GetCatalogueVersionRequest__Output, _einmal_broker_v1_GetCatalogueVersionResponse>;
  
  /**
   * Lists what was in force, and what is proposed, in the session of an administrator, officer or auditor.
   */
  ListCatalogueVersions: grpc.handleUnaryCall<_einmal_broker_v1_ListCatalogueVersionsRequest__Output, _einmal_broker_v1_ListCatalogueVersionsResponse>;
  
  /**
   * Lists the evidence types.
   */
  ListEvidenceTypes: grpc.handleUnaryCall<_einmal_broker_v1_ListEvidenceTypesRequest__Output, _einmal_broker_v1_ListEvidenceTypesResponse>;
  
  /**
   * Lists what the rules let the caller have, or have of its registers: one line per consumer, evidence type, register,
   * purpose and legal basis.
   */
  ListPermissions: grpc.handleUnaryCall<_einmal_broker_v1_ListPermissionsRequest__Output, _einmal_broker_v1_ListPermissionsResponse>;
  
  /**
   * Lists the online services of the caller.
   */
  ListServices: grpc.handleUnaryCall<_einmal_broker_v1_ListServicesRequest__Output, _einmal_broker_v1_ListServicesResponse>;
  
  /**
   * Proposes a new version of the catalogue, or to go back to an earlier one, in the session of an administrator; it is
   * validated as a whole, and the one in force stays as it is.
   */
  ProposeCatalogue: grpc.handleUnaryCall<_einmal_broker_v1_ProposeCatalogueRequest__Output, _einmal_broker_v1_ProposeCatalogueResponse>;
  
  /**
   * Replays logged requests of the caller against other rules and reports which decisions change. Nothing takes effect.
   */
  SimulateCatalogue: grpc.handleUnaryCall<_einmal_broker_v1_SimulateCatalogueRequest__Output, _einmal_broker_v1_SimulateCatalogueResponse>;
  
  /**
   * Replays what this node had asked since a moment against a version that is proposed or was in force, as a whole, in the session of
   * an administrator, officer or auditor. Nothing takes effect.
   */
  SimulateProposal: grpc.handleUnaryCall<_einmal_broker_v1_SimulateProposalRequest__Output, _einmal_broker_v1_SimulateProposalResponse>;
  
}

export interface CatalogueServiceDefinition extends grpc.ServiceDefinition {
  DecideCatalogue: MethodDefinition<_einmal_broker_v1_DecideCatalogueRequest, _einmal_broker_v1_DecideCatalogueResponse, _einmal_broker_v1_DecideCatalogueRequest__Output, _einmal_broker_v1_DecideCatalogueResponse__Output>
  DescribeService: MethodDefinition<_einmal_broker_v1_DescribeServiceRequest, _einmal_broker_v1_DescribeServiceResponse, _einmal_broker_v1_DescribeServiceRequest__Output, _einmal_broker_v1_DescribeServiceResponse__Output>
  ExplainTransfer: MethodDefinition<_einmal_broker_v1_ExplainTransferRequest, _einmal_broker_v1_ExplainTransferResponse, _einmal_broker_v1_ExplainTransferRequest__Output, _einmal_broker_v1_ExplainTransferResponse__Output>
  FindRoute: MethodDefinition<_einmal_broker_v1_FindRouteRequest, _einmal_broker_v1_FindRouteResponse, _einmal_broker_v1_FindRouteRequest__Output, _einmal_broker_v1_FindRouteResponse__Output>
  GetCatalogueVersion: MethodDefinition<_einmal_broker_v1_GetCatalogueVersionRequest, _einmal_broker_v1_GetCatalogueVersionResponse, _einmal_broker_v1_GetCatalogueVersionRequest__Output, _einmal_broker_v1_GetCatalogueVersionResponse__Output>
  ListCatalogueVersions: MethodDefinition<_einmal_broker_v1_ListCatalogueVersionsRequest, _einmal_broker_v1_ListCatalogueVersionsResponse, _einmal_broker_v1_ListCatalogueVersionsRequest__Output, _einmal_broker_v1_ListCatalogueVersionsResponse__Output>
  ListEvidenceTypes: MethodDefinition<_einmal_broker_v1_ListEvidenceTypesRequest, _einmal_broker_v1_ListEvidenceTypesResponse, _einmal_broker_v1_ListEvidenceTypesRequest__Output, _einmal_broker_v1_ListEvidenceTypesResponse__Output>
  ListPermissions: MethodDefinition<_einmal_broker_v1_ListPermissionsRequest, _einmal_broker_v1_ListPermissionsResponse, _einmal_broker_v1_ListPermissionsRequest__Output, _einmal_broker_v1_ListPermissionsResponse__Output>
  ListServices: MethodDefinition<_einmal_broker_v1_ListServicesRequest, _einmal_broker_v1_ListServicesResponse, _einmal_broker_v1_ListServicesRequest__Output, _einmal_broker_v1_ListServicesResponse__Output>
  ProposeCatalogue: MethodDefinition<_einmal_broker_v1_ProposeCatalogueRequest, _einmal_broker_v1_ProposeCatalogueResponse, _einmal_broker_v1_ProposeCatalogueRequest__Output, _einmal_broker_v1_ProposeCatalogueResponse__Output>
  SimulateCatalogue: MethodDefinition<_einmal_broker_v1_SimulateCatalogueRequest, _einmal_broker_v1_SimulateCatalogueResponse, _einmal_broker_v1_SimulateCatalogueRequest__Output, _einmal_broker_v1_SimulateCatalogueResponse__Output>
  SimulateProposal: MethodDefinition<_einmal_broker_v1_SimulateProposalRequest, _einmal_broker_v1_SimulateProposalResponse, _einmal_broker_v1_SimulateProposalRequest__Output, _einmal_broker_v1_SimulateProposalResponse__Output>
}
