// Original file: einmal/broker/v1/evidence_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AttestReleaseRequest as _einmal_broker_v1_AttestReleaseRequest, AttestReleaseRequest__Output as _einmal_broker_v1_AttestReleaseRequest__Output } from '../../../einmal/broker/v1/AttestReleaseRequest.js';
import type { AttestReleaseResponse as _einmal_broker_v1_AttestReleaseResponse, AttestReleaseResponse__Output as _einmal_broker_v1_AttestReleaseResponse__Output } from '../../../einmal/broker/v1/AttestReleaseResponse.js';
import type { DecideReleaseRequest as _einmal_broker_v1_DecideReleaseRequest, DecideReleaseRequest__Output as _einmal_broker_v1_DecideReleaseRequest__Output } from '../../../einmal/broker/v1/DecideReleaseRequest.js';
import type { DecideReleaseResponse as _einmal_broker_v1_DecideReleaseResponse, DecideReleaseResponse__Output as _einmal_broker_v1_DecideReleaseResponse__Output } from '../../../einmal/broker/v1/DecideReleaseResponse.js';
import type { GetDeferredEvidenceRequest as _einmal_broker_v1_GetDeferredEvidenceRequest, GetDeferredEvidenceRequest__Output as _einmal_broker_v1_GetDeferredEvidenceRequest__Output } from '../../../einmal/broker/v1/GetDeferredEvidenceRequest.js';
import type { GetDeferredEvidenceResponse as _einmal_broker_v1_GetDeferredEvidenceResponse, GetDeferredEvidenceResponse__Output as _einmal_broker_v1_GetDeferredEvidenceResponse__Output } from '../../../einmal/broker/v1/GetDeferredEvidenceResponse.js';
import type { PreviewEvidenceRequest as _einmal_broker_v1_PreviewEvidenceRequest, PreviewEvidenceRequest__Output as _einmal_broker_v1_PreviewEvidenceRequest__Output } from '../../../einmal/broker/v1/PreviewEvidenceRequest.js';
import type { PreviewEvidenceResponse as _einmal_broker_v1_PreviewEvidenceResponse, PreviewEvidenceResponse__Output as _einmal_broker_v1_PreviewEvidenceResponse__Output } from '../../../einmal/broker/v1/PreviewEvidenceResponse.js';
import type { ReportDiscrepancyRequest as _einmal_broker_v1_ReportDiscrepancyRequest, ReportDiscrepancyRequest__Output as _einmal_broker_v1_ReportDiscrepancyRequest__Output } from '../../../einmal/broker/v1/ReportDiscrepancyRequest.js';
import type { ReportDiscrepancyResponse as _einmal_broker_v1_ReportDiscrepancyResponse, ReportDiscrepancyResponse__Output as _einmal_broker_v1_ReportDiscrepancyResponse__Output } from '../../../einmal/broker/v1/ReportDiscrepancyResponse.js';
import type { RetrieveEvidenceRequest as _einmal_broker_v1_RetrieveEvidenceRequest, RetrieveEvidenceRequest__Output as _einmal_broker_v1_RetrieveEvidenceRequest__Output } from '../../../einmal/broker/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse as _einmal_broker_v1_RetrieveEvidenceResponse, RetrieveEvidenceResponse__Output as _einmal_broker_v1_RetrieveEvidenceResponse__Output } from '../../../einmal/broker/v1/RetrieveEvidenceResponse.js';
import type { StreamEvidenceRequest as _einmal_broker_v1_StreamEvidenceRequest, StreamEvidenceRequest__Output as _einmal_broker_v1_StreamEvidenceRequest__Output } from '../../../einmal/broker/v1/StreamEvidenceRequest.js';
import type { StreamEvidenceResponse as _einmal_broker_v1_StreamEvidenceResponse, StreamEvidenceResponse__Output as _einmal_broker_v1_StreamEvidenceResponse__Output } from '../../../einmal/broker/v1/StreamEvidenceResponse.js';
import type { WatchExchangeRequest as _einmal_broker_v1_WatchExchangeRequest, WatchExchangeRequest__Output as _einmal_broker_v1_WatchExchangeRequest__Output } from '../../../einmal/broker/v1/WatchExchangeRequest.js';
import type { WatchExchangeResponse as _einmal_broker_v1_WatchExchangeResponse, WatchExchangeResponse__Output as _einmal_broker_v1_WatchExchangeResponse__Output } from '../../../einmal/broker/v1/WatchExchangeResponse.js';

/**
 * Fetches signed register evidence.
 */
export interface EvidenceServiceClient extends grpc.Client {
  /**
   * For pages: what the person decided after they saw the evidence. What they refused is destroyed and has its outcome at once, and
   * so has the exchange where they refused all of it; the decision waits beside what is held until the consumer that
   * asked calls DecideRelease without an attestation of its own; nothing is released to pages.
   */
  AttestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  AttestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  AttestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  AttestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  /**
   * For pages: what the person decided after they saw the evidence. What they refused is destroyed and has its outcome at once, and
   * so has the exchange where they refused all of it; the decision waits beside what is held until the consumer that
   * asked calls DecideRelease without an attestation of its own; nothing is released to pages.
   */
  attestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  attestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  attestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  attestRelease(argument: _einmal_broker_v1_AttestReleaseRequest, callback: grpc.requestCallback<_einmal_broker_v1_AttestReleaseResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Releases or refuses held evidence by the attested decision of the person; destroys what was held.
   */
  DecideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  DecideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  DecideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  DecideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Releases or refuses held evidence by the attested decision of the person; destroys what was held.
   */
  decideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  decideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  decideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  decideRelease(argument: _einmal_broker_v1_DecideReleaseRequest, callback: grpc.requestCallback<_einmal_broker_v1_DecideReleaseResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Fetches what became of evidence that a register had announced for later: what has come is released and then destroyed,
   * as a held answer is; what has not says so. The decision is kept open for this exchange alone, and its withdrawal counts
   * at once. Idempotent by `request_id` for five minutes.
   */
  GetDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  GetDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  GetDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  GetDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Fetches what became of evidence that a register had announced for later: what has come is released and then destroyed,
   * as a held answer is; what has not says so. The decision is kept open for this exchange alone, and its withdrawal counts
   * at once. Idempotent by `request_id` for five minutes.
   */
  getDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  getDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  getDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  getDeferredEvidence(argument: _einmal_broker_v1_GetDeferredEvidenceRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetDeferredEvidenceResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Shows held evidence to the person before it is used (EGovG § 5 Abs. 5). Logged. Once they decided at the pages: what they decided.
   */
  PreviewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  PreviewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  PreviewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  PreviewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Shows held evidence to the person before it is used (EGovG § 5 Abs. 5). Logged. Once they decided at the pages: what they decided.
   */
  previewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  previewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  previewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  previewEvidence(argument: _einmal_broker_v1_PreviewEvidenceRequest, callback: grpc.requestCallback<_einmal_broker_v1_PreviewEvidenceResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Tells the register that a datum seems to be wrong (IDNrG § 10).
   */
  ReportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  ReportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Tells the register that a datum seems to be wrong (IDNrG § 10).
   */
  reportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  reportDiscrepancy(argument: _einmal_broker_v1_ReportDiscrepancyRequest, callback: grpc.requestCallback<_einmal_broker_v1_ReportDiscrepancyResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Retrieves one or more pieces of evidence. If nothing can be delivered and there is one reason for all, that reason
   * is the error; otherwise the answer says per item. Idempotent by `request_id` for five minutes.
   */
  RetrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  RetrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Retrieves one or more pieces of evidence. If nothing can be delivered and there is one reason for all, that reason
   * is the error; otherwise the answer says per item. Idempotent by `request_id` for five minutes.
   */
  retrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  retrieveEvidence(argument: _einmal_broker_v1_RetrieveEvidenceRequest, callback: grpc.requestCallback<_einmal_broker_v1_RetrieveEvidenceResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Like RetrieveEvidence, but sends each item when its register has answered.
   */
  StreamEvidence(argument: _einmal_broker_v1_StreamEvidenceRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamEvidenceResponse__Output>;
  StreamEvidence(argument: _einmal_broker_v1_StreamEvidenceRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamEvidenceResponse__Output>;
  /**
   * Like RetrieveEvidence, but sends each item when its register has answered.
   */
  streamEvidence(argument: _einmal_broker_v1_StreamEvidenceRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamEvidenceResponse__Output>;
  streamEvidence(argument: _einmal_broker_v1_StreamEvidenceRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_StreamEvidenceResponse__Output>;
  
  /**
   * Tells how a deferred exchange stands, at once and whenever that changes; ends when nothing is awaited any more, and with
   * the call at the latest: ask again then. What it says is no release.
   */
  WatchExchange(argument: _einmal_broker_v1_WatchExchangeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_WatchExchangeResponse__Output>;
  WatchExchange(argument: _einmal_broker_v1_WatchExchangeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_WatchExchangeResponse__Output>;
  /**
   * Tells how a deferred exchange stands, at once and whenever that changes; ends when nothing is awaited any more, and with
   * the call at the latest: ask again then. What it says is no release.
   */
  watchExchange(argument: _einmal_broker_v1_WatchExchangeRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_WatchExchangeResponse__Output>;
  watchExchange(argument: _einmal_broker_v1_WatchExchangeRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_einmal_broker_v1_WatchExchangeResponse__Output>;
  
}

/**
 * Fetches signed register evidence.
 */
export interface EvidenceServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * For pages: what the person decided after they saw the evidence. What they refused is destroyed and has its outcome at once, and
   * so has the exchange where they refused all of it; the decision waits beside what is held until the consumer that
   * asked calls DecideRelease without an attestation of its own; nothing is released to pages.
   */
  AttestRelease: grpc.handleUnaryCall<_einmal_broker_v1_AttestReleaseRequest__Output, _einmal_broker_v1_AttestReleaseResponse>;
  
  /**
   * Releases or refuses held evidence by the attested decision of the person; destroys what was held.
   */
  DecideRelease: grpc.handleUnaryCall<_einmal_broker_v1_DecideReleaseRequest__Output, _einmal_broker_v1_DecideReleaseResponse>;
  
  /**
   * Fetches what became of evidence that a register had announced for later: what has come is released and then destroyed,
   * as a held answer is; what has not says so. The decision is kept open for this exchange alone, and its withdrawal counts
   * at once. Idempotent by `request_id` for five minutes.
   */
  GetDeferredEvidence: grpc.handleUnaryCall<_einmal_broker_v1_GetDeferredEvidenceRequest__Output, _einmal_broker_v1_GetDeferredEvidenceResponse>;
  
  /**
   * Shows held evidence to the person before it is used (EGovG § 5 Abs. 5). Logged. Once they decided at the pages: what they decided.
   */
  PreviewEvidence: grpc.handleUnaryCall<_einmal_broker_v1_PreviewEvidenceRequest__Output, _einmal_broker_v1_PreviewEvidenceResponse>;
  
  /**
   * Tells the register that a datum seems to be wrong (IDNrG § 10).
   */
  ReportDiscrepancy: grpc.handleUnaryCall<_einmal_broker_v1_ReportDiscrepancyRequest__Output, _einmal_broker_v1_ReportDiscrepancyResponse>;
  
  /**
   * Retrieves one or more pieces of evidence. If nothing can be delivered and there is one reason for all, that reason
   * is the error; otherwise the answer says per item. Idempotent by `request_id` for five minutes.
   */
  RetrieveEvidence: grpc.handleUnaryCall<_einmal_broker_v1_RetrieveEvidenceRequest__Output, _einmal_broker_v1_RetrieveEvidenceResponse>;
  
  /**
   * Like RetrieveEvidence, but sends each item when its register has answered.
   */
  StreamEvidence: grpc.handleServerStreamingCall<_einmal_broker_v1_StreamEvidenceRequest__Output, _einmal_broker_v1_StreamEvidenceResponse>;
  
  /**
   * Tells how a deferred exchange stands, at once and whenever that changes; ends when nothing is awaited any more, and with
   * the call at the latest: ask again then. What it says is no release.
   */
  WatchExchange: grpc.handleServerStreamingCall<_einmal_broker_v1_WatchExchangeRequest__Output, _einmal_broker_v1_WatchExchangeResponse>;
  
}

export interface EvidenceServiceDefinition extends grpc.ServiceDefinition {
  AttestRelease: MethodDefinition<_einmal_broker_v1_AttestReleaseRequest, _einmal_broker_v1_AttestReleaseResponse, _einmal_broker_v1_AttestReleaseRequest__Output, _einmal_broker_v1_AttestReleaseResponse__Output>
  DecideRelease: MethodDefinition<_einmal_broker_v1_DecideReleaseRequest, _einmal_broker_v1_DecideReleaseResponse, _einmal_broker_v1_DecideReleaseRequest__Output, _einmal_broker_v1_DecideReleaseResponse__Output>
  GetDeferredEvidence: MethodDefinition<_einmal_broker_v1_GetDeferredEvidenceRequest, _einmal_broker_v1_GetDeferredEvidenceResponse, _einmal_broker_v1_GetDeferredEvidenceRequest__Output, _einmal_broker_v1_GetDeferredEvidenceResponse__Output>
  PreviewEvidence: MethodDefinition<_einmal_broker_v1_PreviewEvidenceRequest, _einmal_broker_v1_PreviewEvidenceResponse, _einmal_broker_v1_PreviewEvidenceRequest__Output, _einmal_broker_v1_PreviewEvidenceResponse__Output>
  ReportDiscrepancy: MethodDefinition<_einmal_broker_v1_ReportDiscrepancyRequest, _einmal_broker_v1_ReportDiscrepancyResponse, _einmal_broker_v1_ReportDiscrepancyRequest__Output, _einmal_broker_v1_ReportDiscrepancyResponse__Output>
  RetrieveEvidence: MethodDefinition<_einmal_broker_v1_RetrieveEvidenceRequest, _einmal_broker_v1_RetrieveEvidenceResponse, _einmal_broker_v1_RetrieveEvidenceRequest__Output, _einmal_broker_v1_RetrieveEvidenceResponse__Output>
  StreamEvidence: MethodDefinition<_einmal_broker_v1_StreamEvidenceRequest, _einmal_broker_v1_StreamEvidenceResponse, _einmal_broker_v1_StreamEvidenceRequest__Output, _einmal_broker_v1_StreamEvidenceResponse__Output>
  WatchExchange: MethodDefinition<_einmal_broker_v1_WatchExchangeRequest, _einmal_broker_v1_WatchExchangeResponse, _einmal_broker_v1_WatchExchangeRequest__Output, _einmal_broker_v1_WatchExchangeResponse__Output>
}
