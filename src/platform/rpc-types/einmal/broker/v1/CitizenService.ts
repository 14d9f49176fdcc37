// Original file: einmal/broker/v1/citizen_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AskRegistersRequest as _einmal_broker_v1_AskRegistersRequest, AskRegistersRequest__Output as _einmal_broker_v1_AskRegistersRequest__Output } from '../../../einmal/broker/v1/AskRegistersRequest.js';
import type { AskRegistersResponse as _einmal_broker_v1_AskRegistersResponse, AskRegistersResponse__Output as _einmal_broker_v1_AskRegistersResponse__Output } from '../../../einmal/broker/v1/AskRegistersResponse.js';
import type { GetOwnDiscrepancyRequest as _einmal_broker_v1_GetOwnDiscrepancyRequest, GetOwnDiscrepancyRequest__Output as _einmal_broker_v1_GetOwnDiscrepancyRequest__Output } from '../../../einmal/broker/v1/GetOwnDiscrepancyRequest.js';
import type { GetOwnDiscrepancyResponse as _einmal_broker_v1_GetOwnDiscrepancyResponse, GetOwnDiscrepancyResponse__Output as _einmal_broker_v1_GetOwnDiscrepancyResponse__Output } from '../../../einmal/broker/v1/GetOwnDiscrepancyResponse.js';
import type { ListOwnDecisionsRequest as _einmal_broker_v1_ListOwnDecisionsRequest, ListOwnDecisionsRequest__Output as _einmal_broker_v1_ListOwnDecisionsRequest__Output } from '../../../einmal/broker/v1/ListOwnDecisionsRequest.js';
import type { ListOwnDecisionsResponse as _einmal_broker_v1_ListOwnDecisionsResponse, ListOwnDecisionsResponse__Output as _einmal_broker_v1_ListOwnDecisionsResponse__Output } from '../../../einmal/broker/v1/ListOwnDecisionsResponse.js';
import type { OpenOwnEntryRequest as _einmal_broker_v1_OpenOwnEntryRequest, OpenOwnEntryRequest__Output as _einmal_broker_v1_OpenOwnEntryRequest__Output } from '../../../einmal/broker/v1/OpenOwnEntryRequest.js';
import type { OpenOwnEntryResponse as _einmal_broker_v1_OpenOwnEntryResponse, OpenOwnEntryResponse__Output as _einmal_broker_v1_OpenOwnEntryResponse__Output } from '../../../einmal/broker/v1/OpenOwnEntryResponse.js';
import type { ReportOwnDiscrepancyRequest as _einmal_broker_v1_ReportOwnDiscrepancyRequest, ReportOwnDiscrepancyRequest__Output as _einmal_broker_v1_ReportOwnDiscrepancyRequest__Output } from '../../../einmal/broker/v1/ReportOwnDiscrepancyRequest.js';
import type { ReportOwnDiscrepancyResponse as _einmal_broker_v1_ReportOwnDiscrepancyResponse, ReportOwnDiscrepancyResponse__Output as _einmal_broker_v1_ReportOwnDiscrepancyResponse__Output } from '../../../einmal/broker/v1/ReportOwnDiscrepancyResponse.js';
import type { WithdrawOwnDecisionRequest as _einmal_broker_v1_WithdrawOwnDecisionRequest, WithdrawOwnDecisionRequest__Output as _einmal_broker_v1_WithdrawOwnDecisionRequest__Output } from '../../../einmal/broker/v1/WithdrawOwnDecisionRequest.js';
import type { WithdrawOwnDecisionResponse as _einmal_broker_v1_WithdrawOwnDecisionResponse, WithdrawOwnDecisionResponse__Output as _einmal_broker_v1_WithdrawOwnDecisionResponse__Output } from '../../../einmal/broker/v1/WithdrawOwnDecisionResponse.js';

/**
 * What a person who is signed in at the pages asks the node about themself (OZG section 10, GDPR Art. 15). Called by pages
 * only. Every request carries the person's session token (`einmal-session+jwt`) at the level of assurance high; the person
 * is found by the subject token in it, and by nothing that a request says. Every call but GetOwnDiscrepancy is on record, and
 * the person finds it among their entries.
 */
export interface CitizenServiceClient extends grpc.Client {
  /**
   * Asks the registers for what they have on record about the person, all at once, each for half a second at most. Nothing
   * of the answers is kept.
   */
  AskRegisters(argument: _einmal_broker_v1_AskRegistersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  AskRegisters(argument: _einmal_broker_v1_AskRegistersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  AskRegisters(argument: _einmal_broker_v1_AskRegistersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  AskRegisters(argument: _einmal_broker_v1_AskRegistersRequest, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Asks the registers for what they have on record about the person, all at once, each for half a second at most. Nothing
   * of the answers is kept.
   */
  askRegisters(argument: _einmal_broker_v1_AskRegistersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  askRegisters(argument: _einmal_broker_v1_AskRegistersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  askRegisters(argument: _einmal_broker_v1_AskRegistersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  askRegisters(argument: _einmal_broker_v1_AskRegistersRequest, callback: grpc.requestCallback<_einmal_broker_v1_AskRegistersResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Asks the register what became of a report.
   */
  GetOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  GetOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  GetOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  GetOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Asks the register what became of a report.
   */
  getOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  getOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  getOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  getOwnDiscrepancy(argument: _einmal_broker_v1_GetOwnDiscrepancyRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists the decisions that the person took: those attested by these pages, and those of online services that were used.
   */
  ListOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  ListOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  ListOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  ListOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists the decisions that the person took: those attested by these pages, and those of online services that were used.
   */
  listOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  listOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  listOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  listOwnDecisions(argument: _einmal_broker_v1_ListOwnDecisionsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListOwnDecisionsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Opens one entry about the person, as far as it is theirs to see, and proves that it is in the log.
   */
  OpenOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  OpenOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  OpenOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  OpenOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Opens one entry about the person, as far as it is theirs to see, and proves that it is in the log.
   */
  openOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  openOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  openOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  openOwnEntry(argument: _einmal_broker_v1_OpenOwnEntryRequest, callback: grpc.requestCallback<_einmal_broker_v1_OpenOwnEntryResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Tells the register that a datum which it gave about the person seems to be wrong (IDNrG section 10). Idempotent by
   * `request_id`.
   */
  ReportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Tells the register that a datum which it gave about the person seems to be wrong (IDNrG section 10). Idempotent by
   * `request_id`.
   */
  reportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportOwnDiscrepancy(argument: _einmal_broker_v1_ReportOwnDiscrepancyRequest, callback: grpc.requestCallback<_einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Withdraws one decision with effect from the next step of every running, held and deferred exchange. Idempotent.
   */
  WithdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  WithdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  WithdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  WithdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Withdraws one decision with effect from the next step of every running, held and deferred exchange. Idempotent.
   */
  withdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  withdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  withdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  withdrawOwnDecision(argument: _einmal_broker_v1_WithdrawOwnDecisionRequest, callback: grpc.requestCallback<_einmal_broker_v1_WithdrawOwnDecisionResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * What a person who is signed in at the pages asks the node about themself (OZG section 10, GDPR Art. 15). Called by pages
 * only. Every request carries the person's session token (`einmal-session+jwt`) at the level of assurance high; the person
 * is found by the subject token in it, and by nothing that a request says. Every call but GetOwnDiscrepancy is on record, and
 * the person finds it among their entries.
 */
export interface CitizenServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Asks the registers for what they have on record about the person, all at once, each for half a second at most. Nothing
   * of the answers is kept.
   */
  AskRegisters: grpc.handleUnaryCall<_einmal_broker_v1_AskRegistersRequest__Output, _einmal_broker_v1_AskRegistersResponse>;
  
  /**
   * Asks the register what became of a report.
   */
  GetOwnDiscrepancy: grpc.handleUnaryCall<_einmal_broker_v1_GetOwnDiscrepancyRequest__Output, _einmal_broker_v1_GetOwnDiscrepancyResponse>;
  
  /**
   * Lists the decisions that the person took: those attested by these pages, and those of online services that were used.
   */
  ListOwnDecisions: grpc.handleUnaryCall<_einmal_broker_v1_ListOwnDecisionsRequest__Output, _einmal_broker_v1_ListOwnDecisionsResponse>;
  
  /**
   * Opens one entry about the person, as far as it is theirs to see, and proves that it is in the log.
   */
  OpenOwnEntry: grpc.handleUnaryCall<_einmal_broker_v1_OpenOwnEntryRequest__Output, _einmal_broker_v1_OpenOwnEntryResponse>;
  
  /**
   * Tells the register that a datum which it gave about the person seems to be wrong (IDNrG section 10). Idempotent by
   * `request_id`.
   */
  ReportOwnDiscrepancy: grpc.handleUnaryCall<_einmal_broker_v1_ReportOwnDiscrepancyRequest__Output, _einmal_broker_v1_ReportOwnDiscrepancyResponse>;
  
  /**
   * Withdraws one decision with effect from the next step of every running, held and deferred exchange. Idempotent.
   */
  WithdrawOwnDecision: grpc.handleUnaryCall<_einmal_broker_v1_WithdrawOwnDecisionRequest__Output, _einmal_broker_v1_WithdrawOwnDecisionResponse>;
  
}

export interface CitizenServiceDefinition extends grpc.ServiceDefinition {
  AskRegisters: MethodDefinition<_einmal_broker_v1_AskRegistersRequest, _einmal_broker_v1_AskRegistersResponse, _einmal_broker_v1_AskRegistersRequest__Output, _einmal_broker_v1_AskRegistersResponse__Output>
  GetOwnDiscrepancy: MethodDefinition<_einmal_broker_v1_GetOwnDiscrepancyRequest, _einmal_broker_v1_GetOwnDiscrepancyResponse, _einmal_broker_v1_GetOwnDiscrepancyRequest__Output, _einmal_broker_v1_GetOwnDiscrepancyResponse__Output>
  ListOwnDecisions: MethodDefinition<_einmal_broker_v1_ListOwnDecisionsRequest, _einmal_broker_v1_ListOwnDecisionsResponse, _einmal_broker_v1_ListOwnDecisionsRequest__Output, _einmal_broker_v1_ListOwnDecisionsResponse__Output>
  OpenOwnEntry: MethodDefinition<_einmal_broker_v1_OpenOwnEntryRequest, _einmal_broker_v1_OpenOwnEntryResponse, _einmal_broker_v1_OpenOwnEntryRequest__Output, _einmal_broker_v1_OpenOwnEntryResponse__Output>
  ReportOwnDiscrepancy: MethodDefinition<_einmal_broker_v1_ReportOwnDiscrepancyRequest, _einmal_broker_v1_ReportOwnDiscrepancyResponse, _einmal_broker_v1_ReportOwnDiscrepancyRequest__Output, _einmal_broker_v1_ReportOwnDiscrepancyResponse__Output>
  WithdrawOwnDecision: MethodDefinition<_einmal_broker_v1_WithdrawOwnDecisionRequest, _einmal_broker_v1_WithdrawOwnDecisionResponse, _einmal_broker_v1_WithdrawOwnDecisionRequest__Output, _einmal_broker_v1_WithdrawOwnDecisionResponse__Output>
}
