// Original file: einmal/broker/v1/oversight_service.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { BeginPersonSearchRequest as _einmal_broker_v1_BeginPersonSearchRequest, BeginPersonSearchRequest__Output as _einmal_broker_v1_BeginPersonSearchRequest__Output } from '../../../einmal/broker/v1/BeginPersonSearchRequest.js';
import type { BeginPersonSearchResponse as _einmal_broker_v1_BeginPersonSearchResponse, BeginPersonSearchResponse__Output as _einmal_broker_v1_BeginPersonSearchResponse__Output } from '../../../einmal/broker/v1/BeginPersonSearchResponse.js';
import type { CommitSampleRequest as _einmal_broker_v1_CommitSampleRequest, CommitSampleRequest__Output as _einmal_broker_v1_CommitSampleRequest__Output } from '../../../einmal/broker/v1/CommitSampleRequest.js';
import type { CommitSampleResponse as _einmal_broker_v1_CommitSampleResponse, CommitSampleResponse__Output as _einmal_broker_v1_CommitSampleResponse__Output } from '../../../einmal/broker/v1/CommitSampleResponse.js';
import type { DeleteSavedFilterRequest as _einmal_broker_v1_DeleteSavedFilterRequest, DeleteSavedFilterRequest__Output as _einmal_broker_v1_DeleteSavedFilterRequest__Output } from '../../../einmal/broker/v1/DeleteSavedFilterRequest.js';
import type { DeleteSavedFilterResponse as _einmal_broker_v1_DeleteSavedFilterResponse, DeleteSavedFilterResponse__Output as _einmal_broker_v1_DeleteSavedFilterResponse__Output } from '../../../einmal/broker/v1/DeleteSavedFilterResponse.js';
import type { DrawSampleRequest as _einmal_broker_v1_DrawSampleRequest, DrawSampleRequest__Output as _einmal_broker_v1_DrawSampleRequest__Output } from '../../../einmal/broker/v1/DrawSampleRequest.js';
import type { DrawSampleResponse as _einmal_broker_v1_DrawSampleResponse, DrawSampleResponse__Output as _einmal_broker_v1_DrawSampleResponse__Output } from '../../../einmal/broker/v1/DrawSampleResponse.js';
import type { ExplainQuestionRequest as _einmal_broker_v1_ExplainQuestionRequest, ExplainQuestionRequest__Output as _einmal_broker_v1_ExplainQuestionRequest__Output } from '../../../einmal/broker/v1/ExplainQuestionRequest.js';
import type { ExplainQuestionResponse as _einmal_broker_v1_ExplainQuestionResponse, ExplainQuestionResponse__Output as _einmal_broker_v1_ExplainQuestionResponse__Output } from '../../../einmal/broker/v1/ExplainQuestionResponse.js';
import type { FindEntriesRequest as _einmal_broker_v1_FindEntriesRequest, FindEntriesRequest__Output as _einmal_broker_v1_FindEntriesRequest__Output } from '../../../einmal/broker/v1/FindEntriesRequest.js';
import type { FindEntriesResponse as _einmal_broker_v1_FindEntriesResponse, FindEntriesResponse__Output as _einmal_broker_v1_FindEntriesResponse__Output } from '../../../einmal/broker/v1/FindEntriesResponse.js';
import type { GetCaseRequest as _einmal_broker_v1_GetCaseRequest, GetCaseRequest__Output as _einmal_broker_v1_GetCaseRequest__Output } from '../../../einmal/broker/v1/GetCaseRequest.js';
import type { GetCaseResponse as _einmal_broker_v1_GetCaseResponse, GetCaseResponse__Output as _einmal_broker_v1_GetCaseResponse__Output } from '../../../einmal/broker/v1/GetCaseResponse.js';
import type { GetOverviewRequest as _einmal_broker_v1_GetOverviewRequest, GetOverviewRequest__Output as _einmal_broker_v1_GetOverviewRequest__Output } from '../../../einmal/broker/v1/GetOverviewRequest.js';
import type { GetOverviewResponse as _einmal_broker_v1_GetOverviewResponse, GetOverviewResponse__Output as _einmal_broker_v1_GetOverviewResponse__Output } from '../../../einmal/broker/v1/GetOverviewResponse.js';
import type { GetSampleRequest as _einmal_broker_v1_GetSampleRequest, GetSampleRequest__Output as _einmal_broker_v1_GetSampleRequest__Output } from '../../../einmal/broker/v1/GetSampleRequest.js';
import type { GetSampleResponse as _einmal_broker_v1_GetSampleResponse, GetSampleResponse__Output as _einmal_broker_v1_GetSampleResponse__Output } from '../../../einmal/broker/v1/GetSampleResponse.js';
import type { InspectEntryRequest as _einmal_broker_v1_InspectEntryRequest, InspectEntryRequest__Output as _einmal_broker_v1_InspectEntryRequest__Output } from '../../../einmal/broker/v1/InspectEntryRequest.js';
import type { InspectEntryResponse as _einmal_broker_v1_InspectEntryResponse, InspectEntryResponse__Output as _einmal_broker_v1_InspectEntryResponse__Output } from '../../../einmal/broker/v1/InspectEntryResponse.js';
import type { ListCasesRequest as _einmal_broker_v1_ListCasesRequest, ListCasesRequest__Output as _einmal_broker_v1_ListCasesRequest__Output } from '../../../einmal/broker/v1/ListCasesRequest.js';
import type { ListCasesResponse as _einmal_broker_v1_ListCasesResponse, ListCasesResponse__Output as _einmal_broker_v1_ListCasesResponse__Output } from '../../../einmal/broker/v1/ListCasesResponse.js';
import type { ListProcessingUseRequest as _einmal_broker_v1_ListProcessingUseRequest, ListProcessingUseRequest__Output as _einmal_broker_v1_ListProcessingUseRequest__Output } from '../../../einmal/broker/v1/ListProcessingUseRequest.js';
import type { ListProcessingUseResponse as _einmal_broker_v1_ListProcessingUseResponse, ListProcessingUseResponse__Output as _einmal_broker_v1_ListProcessingUseResponse__Output } from '../../../einmal/broker/v1/ListProcessingUseResponse.js';
import type { ListReadsRequest as _einmal_broker_v1_ListReadsRequest, ListReadsRequest__Output as _einmal_broker_v1_ListReadsRequest__Output } from '../../../einmal/broker/v1/ListReadsRequest.js';
import type { ListReadsResponse as _einmal_broker_v1_ListReadsResponse, ListReadsResponse__Output as _einmal_broker_v1_ListReadsResponse__Output } from '../../../einmal/broker/v1/ListReadsResponse.js';
import type { ListSamplesRequest as _einmal_broker_v1_ListSamplesRequest, ListSamplesRequest__Output as _einmal_broker_v1_ListSamplesRequest__Output } from '../../../einmal/broker/v1/ListSamplesRequest.js';
import type { ListSamplesResponse as _einmal_broker_v1_ListSamplesResponse, ListSamplesResponse__Output as _einmal_broker_v1_ListSamplesResponse__Output } from '../../../einmal/broker/v1/ListSamplesResponse.js';
import type { ListSavedFiltersRequest as _einmal_broker_v1_ListSavedFiltersRequest, ListSavedFiltersRequest__Output as _einmal_broker_v1_ListSavedFiltersRequest__Output } from '../../../einmal/broker/v1/ListSavedFiltersRequest.js';
import type { ListSavedFiltersResponse as _einmal_broker_v1_ListSavedFiltersResponse, ListSavedFiltersResponse__Output as _einmal_broker_v1_ListSavedFiltersResponse__Output } from '../../../einmal/broker/v1/ListSavedFiltersResponse.js';
import type { RecordCaseStepRequest as _einmal_broker_v1_RecordCaseStepRequest, RecordCaseStepRequest__Output as _einmal_broker_v1_RecordCaseStepRequest__Output } from '../../../einmal/broker/v1/RecordCaseStepRequest.js';
import type { RecordCaseStepResponse as _einmal_broker_v1_RecordCaseStepResponse, RecordCaseStepResponse__Output as _einmal_broker_v1_RecordCaseStepResponse__Output } from '../../../einmal/broker/v1/RecordCaseStepResponse.js';
import type { RecordSampleFindingRequest as _einmal_broker_v1_RecordSampleFindingRequest, RecordSampleFindingRequest__Output as _einmal_broker_v1_RecordSampleFindingRequest__Output } from '../../../einmal/broker/v1/RecordSampleFindingRequest.js';
import type { RecordSampleFindingResponse as _einmal_broker_v1_RecordSampleFindingResponse, RecordSampleFindingResponse__Output as _einmal_broker_v1_RecordSampleFindingResponse__Output } from '../../../einmal/broker/v1/RecordSampleFindingResponse.js';
import type { SaveFilterRequest as _einmal_broker_v1_SaveFilterRequest, SaveFilterRequest__Output as _einmal_broker_v1_SaveFilterRequest__Output } from '../../../einmal/broker/v1/SaveFilterRequest.js';
import type { SaveFilterResponse as _einmal_broker_v1_SaveFilterResponse, SaveFilterResponse__Output as _einmal_broker_v1_SaveFilterResponse__Output } from '../../../einmal/broker/v1/SaveFilterResponse.js';

/**
 * The node as data-protection officers and auditors inspect it (IDNrG sections 8, 9). Called by pages only, with
 * the session token of an officer or an auditor. Every call is an entry of the log, written before anything is shown.
 */
export interface OversightServiceClient extends grpc.Client {
  /**
   * Puts on record that an officer is about to look for a person, why and under which file reference; not whom. Comes before every
   * lookup, so that a search is among the reads whether or not it finds anybody. Is an entry.
   */
  BeginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  BeginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  BeginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  BeginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Puts on record that an officer is about to look for a person, why and under which file reference; not whom. Comes before every
   * lookup, so that a search is among the reads whether or not it finds anybody. Is an entry.
   */
  beginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  beginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  beginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  beginPersonSearch(argument: _einmal_broker_v1_BeginPersonSearchRequest, callback: grpc.requestCallback<_einmal_broker_v1_BeginPersonSearchResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Commits to the officer's nonce and to a population before anybody can know what will be drawn (IDNrG section 8).
   */
  CommitSample(argument: _einmal_broker_v1_CommitSampleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  CommitSample(argument: _einmal_broker_v1_CommitSampleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  CommitSample(argument: _einmal_broker_v1_CommitSampleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  CommitSample(argument: _einmal_broker_v1_CommitSampleRequest, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Commits to the officer's nonce and to a population before anybody can know what will be drawn (IDNrG section 8).
   */
  commitSample(argument: _einmal_broker_v1_CommitSampleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  commitSample(argument: _einmal_broker_v1_CommitSampleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  commitSample(argument: _einmal_broker_v1_CommitSampleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  commitSample(argument: _einmal_broker_v1_CommitSampleRequest, callback: grpc.requestCallback<_einmal_broker_v1_CommitSampleResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Deletes a filter of the caller.
   */
  DeleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  DeleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  DeleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  DeleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Deletes a filter of the caller.
   */
  deleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  deleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  deleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  deleteSavedFilter(argument: _einmal_broker_v1_DeleteSavedFilterRequest, callback: grpc.requestCallback<_einmal_broker_v1_DeleteSavedFilterResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Reveals the nonce and draws, once an entry fixes the cosignatures that steer the draw and witnesses cosigned that entry, too;
   * LOG_NOT_WITNESSED before. Drawn once, it stays.
   */
  DrawSample(argument: _einmal_broker_v1_DrawSampleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  DrawSample(argument: _einmal_broker_v1_DrawSampleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  DrawSample(argument: _einmal_broker_v1_DrawSampleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  DrawSample(argument: _einmal_broker_v1_DrawSampleRequest, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Reveals the nonce and draws, once an entry fixes the cosignatures that steer the draw and witnesses cosigned that entry, too;
   * LOG_NOT_WITNESSED before. Drawn once, it stays.
   */
  drawSample(argument: _einmal_broker_v1_DrawSampleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  drawSample(argument: _einmal_broker_v1_DrawSampleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  drawSample(argument: _einmal_broker_v1_DrawSampleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  drawSample(argument: _einmal_broker_v1_DrawSampleRequest, callback: grpc.requestCallback<_einmal_broker_v1_DrawSampleResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Explains what the rules in force say to a question of anybody, and what would have to change.
   */
  ExplainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  ExplainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  ExplainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  ExplainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Explains what the rules in force say to a question of anybody, and what would have to change.
   */
  explainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  explainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  explainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  explainQuestion(argument: _einmal_broker_v1_ExplainQuestionRequest, callback: grpc.requestCallback<_einmal_broker_v1_ExplainQuestionResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists entries of all participants, newest first.
   */
  FindEntries(argument: _einmal_broker_v1_FindEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  FindEntries(argument: _einmal_broker_v1_FindEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  FindEntries(argument: _einmal_broker_v1_FindEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  FindEntries(argument: _einmal_broker_v1_FindEntriesRequest, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists entries of all participants, newest first.
   */
  findEntries(argument: _einmal_broker_v1_FindEntriesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  findEntries(argument: _einmal_broker_v1_FindEntriesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  findEntries(argument: _einmal_broker_v1_FindEntriesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  findEntries(argument: _einmal_broker_v1_FindEntriesRequest, callback: grpc.requestCallback<_einmal_broker_v1_FindEntriesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Returns one case with one part of its steps.
   */
  GetCase(argument: _einmal_broker_v1_GetCaseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  GetCase(argument: _einmal_broker_v1_GetCaseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  GetCase(argument: _einmal_broker_v1_GetCaseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  GetCase(argument: _einmal_broker_v1_GetCaseRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns one case with one part of its steps.
   */
  getCase(argument: _einmal_broker_v1_GetCaseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  getCase(argument: _einmal_broker_v1_GetCaseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  getCase(argument: _einmal_broker_v1_GetCaseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  getCase(argument: _einmal_broker_v1_GetCaseRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetCaseResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Returns figures of a period: what was exchanged, refused and left open, by whom, and how the log stands.
   */
  GetOverview(argument: _einmal_broker_v1_GetOverviewRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  GetOverview(argument: _einmal_broker_v1_GetOverviewRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  GetOverview(argument: _einmal_broker_v1_GetOverviewRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  GetOverview(argument: _einmal_broker_v1_GetOverviewRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns figures of a period: what was exchanged, refused and left open, by whom, and how the log stands.
   */
  getOverview(argument: _einmal_broker_v1_GetOverviewRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  getOverview(argument: _einmal_broker_v1_GetOverviewRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  getOverview(argument: _einmal_broker_v1_GetOverviewRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  getOverview(argument: _einmal_broker_v1_GetOverviewRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetOverviewResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Returns one sample with one part of what was drawn; on demand with what proves that nobody steered it.
   */
  GetSample(argument: _einmal_broker_v1_GetSampleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  GetSample(argument: _einmal_broker_v1_GetSampleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  GetSample(argument: _einmal_broker_v1_GetSampleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  GetSample(argument: _einmal_broker_v1_GetSampleRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Returns one sample with one part of what was drawn; on demand with what proves that nobody steered it.
   */
  getSample(argument: _einmal_broker_v1_GetSampleRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  getSample(argument: _einmal_broker_v1_GetSampleRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  getSample(argument: _einmal_broker_v1_GetSampleRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  getSample(argument: _einmal_broker_v1_GetSampleRequest, callback: grpc.requestCallback<_einmal_broker_v1_GetSampleResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Shows one entry with its proof; to an officer who says why, also the protected half.
   */
  InspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  InspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  InspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  InspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Shows one entry with its proof; to an officer who says why, also the protected half.
   */
  inspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  inspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  inspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  inspectEntry(argument: _einmal_broker_v1_InspectEntryRequest, callback: grpc.requestCallback<_einmal_broker_v1_InspectEntryResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists incidents, findings and anomalies as cases, newest first.
   */
  ListCases(argument: _einmal_broker_v1_ListCasesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  ListCases(argument: _einmal_broker_v1_ListCasesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  ListCases(argument: _einmal_broker_v1_ListCasesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  ListCases(argument: _einmal_broker_v1_ListCasesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists incidents, findings and anomalies as cases, newest first.
   */
  listCases(argument: _einmal_broker_v1_ListCasesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  listCases(argument: _einmal_broker_v1_ListCasesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  listCases(argument: _einmal_broker_v1_ListCasesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  listCases(argument: _einmal_broker_v1_ListCasesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListCasesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists how often each processing of the catalogue was used: by consumer and purpose (GDPR Art. 30).
   */
  ListProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  ListProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  ListProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  ListProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists how often each processing of the catalogue was used: by consumer and purpose (GDPR Art. 30).
   */
  listProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  listProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  listProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  listProcessingUse(argument: _einmal_broker_v1_ListProcessingUseRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListProcessingUseResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists who looked at what, newest first, the caller's own reads included.
   */
  ListReads(argument: _einmal_broker_v1_ListReadsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  ListReads(argument: _einmal_broker_v1_ListReadsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  ListReads(argument: _einmal_broker_v1_ListReadsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  ListReads(argument: _einmal_broker_v1_ListReadsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists who looked at what, newest first, the caller's own reads included.
   */
  listReads(argument: _einmal_broker_v1_ListReadsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  listReads(argument: _einmal_broker_v1_ListReadsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  listReads(argument: _einmal_broker_v1_ListReadsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  listReads(argument: _einmal_broker_v1_ListReadsRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListReadsResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists samples, newest first.
   */
  ListSamples(argument: _einmal_broker_v1_ListSamplesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  ListSamples(argument: _einmal_broker_v1_ListSamplesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  ListSamples(argument: _einmal_broker_v1_ListSamplesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  ListSamples(argument: _einmal_broker_v1_ListSamplesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists samples, newest first.
   */
  listSamples(argument: _einmal_broker_v1_ListSamplesRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  listSamples(argument: _einmal_broker_v1_ListSamplesRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  listSamples(argument: _einmal_broker_v1_ListSamplesRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  listSamples(argument: _einmal_broker_v1_ListSamplesRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListSamplesResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Lists the filters that the caller saved.
   */
  ListSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  ListSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  ListSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  ListSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Lists the filters that the caller saved.
   */
  listSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  listSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  listSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  listSavedFilters(argument: _einmal_broker_v1_ListSavedFiltersRequest, callback: grpc.requestCallback<_einmal_broker_v1_ListSavedFiltersResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Records a step of an officer in a case. Is an entry.
   */
  RecordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  RecordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  RecordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  RecordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Records a step of an officer in a case. Is an entry.
   */
  recordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  recordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  recordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  recordCaseStep(argument: _einmal_broker_v1_RecordCaseStepRequest, callback: grpc.requestCallback<_einmal_broker_v1_RecordCaseStepResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Records what an officer found of one entry of a sample. Is an entry.
   */
  RecordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  RecordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  RecordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  RecordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Records what an officer found of one entry of a sample. Is an entry.
   */
  recordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  recordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  recordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  recordSampleFinding(argument: _einmal_broker_v1_RecordSampleFindingRequest, callback: grpc.requestCallback<_einmal_broker_v1_RecordSampleFindingResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Saves a filter under a name, for the caller alone.
   */
  SaveFilter(argument: _einmal_broker_v1_SaveFilterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  SaveFilter(argument: _einmal_broker_v1_SaveFilterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  SaveFilter(argument: _einmal_broker_v1_SaveFilterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  SaveFilter(argument: _einmal_broker_v1_SaveFilterRequest, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Saves a filter under a name, for the caller alone.
   */
  saveFilter(argument: _einmal_broker_v1_SaveFilterRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  saveFilter(argument: _einmal_broker_v1_SaveFilterRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  saveFilter(argument: _einmal_broker_v1_SaveFilterRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  saveFilter(argument: _einmal_broker_v1_SaveFilterRequest, callback: grpc.requestCallback<_einmal_broker_v1_SaveFilterResponse__Output>): grpc.ClientUnaryCall;
  
}

/**
 * The node as data-protection officers and auditors inspect it (IDNrG sections 8, 9). Called by pages only, with
 * the session token of an officer or an auditor. Every call is an entry of the log, written before anything is shown.
 */
export interface OversightServiceHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Puts on record that an officer is about to look for a person, why and under which file reference; not whom. Comes before every
   * lookup, so that a search is among the reads whether or not it finds anybody. Is an entry.
   */
  BeginPersonSearch: grpc.handleUnaryCall<_einmal_broker_v1_BeginPersonSearchRequest__Output, _einmal_broker_v1_BeginPersonSearchResponse>;
  
  /**
   * Commits to the officer's nonce and to a population before anybody can know what will be drawn (IDNrG section 8).
   */
  CommitSample: grpc.handleUnaryCall<_einmal_broker_v1_CommitSampleRequest__Output, _einmal_broker_v1_CommitSampleResponse>;
  
  /**
   * Deletes a filter of the caller.
   */
  DeleteSavedFilter: grpc.handleUnaryCall<_einmal_broker_v1_DeleteSavedFilterRequest__Output, _einmal_broker_v1_DeleteSavedFilterResponse>;
  
  /**
   * Reveals the nonce and draws, once an entry fixes the cosignatures that steer the draw and witnesses cosigned that entry, too;
   * LOG_NOT_WITNESSED before. Drawn once, it stays.
   */
  DrawSample: grpc.handleUnaryCall<_einmal_broker_v1_DrawSampleRequest__Output, _einmal_broker_v1_DrawSampleResponse>;
  
  /**
   * Explains what the rules in force say to a question of anybody, and what would have to change.
   */
  ExplainQuestion: grpc.handleUnaryCall<_einmal_broker_v1_ExplainQuestionRequest__Output, _einmal_broker_v1_ExplainQuestionResponse>;
  
  /**
   * Lists entries of all participants, newest first.
   */
  FindEntries: grpc.handleUnaryCall<_einmal_broker_v1_FindEntriesRequest__Output, _einmal_broker_v1_FindEntriesResponse>;
  
  /**
   * Returns one case with one part of its steps.
   */
  GetCase: grpc.handleUnaryCall<_einmal_broker_v1_GetCaseRequest__Output, _einmal_broker_v1_GetCaseResponse>;
  
  /**
   * Returns figures of a period: what was exchanged, refused and left open, by whom, and how the log stands.
   */
  GetOverview: grpc.handleUnaryCall<_einmal_broker_v1_GetOverviewRequest__Output, _einmal_broker_v1_GetOverviewResponse>;
  
  /**
   * Returns one sample with one part of what was drawn; on demand with what proves that nobody steered it.
   */
  GetSample: grpc.handleUnaryCall<_einmal_broker_v1_GetSampleRequest__Output, _einmal_broker_v1_GetSampleResponse>;
  
  /**
   * Shows one entry with its proof; to an officer who says why, also the protected half.
   */
  InspectEntry: grpc.handleUnaryCall<_einmal_broker_v1_InspectEntryRequest__Output, _einmal_broker_v1_InspectEntryResponse>;
  
  /**
   * Lists incidents, findings and anomalies as cases, newest first.
   */
  ListCases: grpc.handleUnaryCall<_einmal_broker_v1_ListCasesRequest__Output, _einmal_broker_v1_ListCasesResponse>;
  
  /**
   * Lists how often each processing of the catalogue was used: by consumer and purpose (GDPR Art. 30).
   */
  ListProcessingUse: grpc.handleUnaryCall<_einmal_broker_v1_ListProcessingUseRequest__Output, _einmal_broker_v1_ListProcessingUseResponse>;
  
  /**
   * Lists who looked at what, newest first, the caller's own reads included.
   */
  ListReads: grpc.handleUnaryCall<_einmal_broker_v1_ListReadsRequest__Output, _einmal_broker_v1_ListReadsResponse>;
  
  /**
   * Lists samples, newest first.
   */
  ListSamples: grpc.handleUnaryCall<_einmal_broker_v1_ListSamplesRequest__Output, _einmal_broker_v1_ListSamplesResponse>;
  
  /**
   * Lists the filters that the caller saved.
   */
  ListSavedFilters: grpc.handleUnaryCall<_einmal_broker_v1_ListSavedFiltersRequest__Output, _einmal_broker_v1_ListSavedFiltersResponse>;
  
  /**
   * Records a step of an officer in a case. Is an entry.
   */
  RecordCaseStep: grpc.handleUnaryCall<_einmal_broker_v1_RecordCaseStepRequest__Output, _einmal_broker_v1_RecordCaseStepResponse>;
  
  /**
   * Records what an officer found of one entry of a sample. Is an entry.
   */
  RecordSampleFinding: grpc.handleUnaryCall<_einmal_broker_v1_RecordSampleFindingRequest__Output, _einmal_broker_v1_RecordSampleFindingResponse>;
  
  /**
   * Saves a filter under a name, for the caller alone.
   */
  SaveFilter: grpc.handleUnaryCall<_einmal_broker_v1_SaveFilterRequest__Output, _einmal_broker_v1_SaveFilterResponse>;
  
}

export interface OversightServiceDefinition extends grpc.ServiceDefinition {
  BeginPersonSearch: MethodDefinition<_einmal_broker_v1_BeginPersonSearchRequest, _einmal_broker_v1_BeginPersonSearchResponse, _einmal_broker_v1_BeginPersonSearchRequest__Output, _einmal_broker_v1_BeginPersonSearchResponse__Output>
  CommitSample: MethodDefinition<_einmal_broker_v1_CommitSampleRequest, _einmal_broker_v1_CommitSampleResponse, _einmal_broker_v1_CommitSampleRequest__Output, _einmal_broker_v1_CommitSampleResponse__Output>
  DeleteSavedFilter: MethodDefinition<_einmal_broker_v1_DeleteSavedFilterRequest, _einmal_broker_v1_DeleteSavedFilterResponse, _einmal_broker_v1_DeleteSavedFilterRequest__Output, _einmal_broker_v1_DeleteSavedFilterResponse__Output>
  DrawSample: MethodDefinition<_einmal_broker_v1_DrawSampleRequest, _einmal_broker_v1_DrawSampleResponse, _einmal_broker_v1_DrawSampleRequest__Output, _einmal_broker_v1_DrawSampleResponse__Output>
  ExplainQuestion: MethodDefinition<_einmal_broker_v1_ExplainQuestionRequest, _einmal_broker_v1_ExplainQuestionResponse, _einmal_broker_v1_ExplainQuestionRequest__Output, _einmal_broker_v1_ExplainQuestionResponse__Output>
  FindEntries: MethodDefinition<_einmal_broker_v1_FindEntriesRequest, _einmal_broker_v1_FindEntriesResponse, _einmal_broker_v1_FindEntriesRequest__Output, _einmal_broker_v1_FindEntriesResponse__Output>
  GetCase: MethodDefinition<_einmal_broker_v1_GetCaseRequest, _einmal_broker_v1_GetCaseResponse, _einmal_broker_v1_GetCaseRequest__Output, _einmal_broker_v1_GetCaseResponse__Output>
  GetOverview: MethodDefinition<_einmal_broker_v1_GetOverviewRequest, _einmal_broker_v1_GetOverviewResponse, _einmal_broker_v1_GetOverviewRequest__Output, _einmal_broker_v1_GetOverviewResponse__Output>
  GetSample: MethodDefinition<_einmal_broker_v1_GetSampleRequest, _einmal_broker_v1_GetSampleResponse, _einmal_broker_v1_GetSampleRequest__Output, _einmal_broker_v1_GetSampleResponse__Output>
  InspectEntry: MethodDefinition<_einmal_broker_v1_InspectEntryRequest, _einmal_broker_v1_InspectEntryResponse, _einmal_broker_v1_InspectEntryRequest__Output, _einmal_broker_v1_InspectEntryResponse__Output>
  ListCases: MethodDefinition<_einmal_broker_v1_ListCasesRequest, _einmal_broker_v1_ListCasesResponse, _einmal_broker_v1_ListCasesRequest__Output, _einmal_broker_v1_ListCasesResponse__Output>
  ListProcessingUse: MethodDefinition<_einmal_broker_v1_ListProcessingUseRequest, _einmal_broker_v1_ListProcessingUseResponse, _einmal_broker_v1_ListProcessingUseRequest__Output, _einmal_broker_v1_ListProcessingUseResponse__Output>
  ListReads: MethodDefinition<_einmal_broker_v1_ListReadsRequest, _einmal_broker_v1_ListReadsResponse, _einmal_broker_v1_ListReadsRequest__Output, _einmal_broker_v1_ListReadsResponse__Output>
  ListSamples: MethodDefinition<_einmal_broker_v1_ListSamplesRequest, _einmal_broker_v1_ListSamplesResponse, _einmal_broker_v1_ListSamplesRequest__Output, _einmal_broker_v1_ListSamplesResponse__Output>
  ListSavedFilters: MethodDefinition<_einmal_broker_v1_ListSavedFiltersRequest, _einmal_broker_v1_ListSavedFiltersResponse, _einmal_broker_v1_ListSavedFiltersRequest__Output, _einmal_broker_v1_ListSavedFiltersResponse__Output>
  RecordCaseStep: MethodDefinition<_einmal_broker_v1_RecordCaseStepRequest, _einmal_broker_v1_RecordCaseStepResponse, _einmal_broker_v1_RecordCaseStepRequest__Output, _einmal_broker_v1_RecordCaseStepResponse__Output>
  RecordSampleFinding: MethodDefinition<_einmal_broker_v1_RecordSampleFindingRequest, _einmal_broker_v1_RecordSampleFindingResponse, _einmal_broker_v1_RecordSampleFindingRequest__Output, _einmal_broker_v1_RecordSampleFindingResponse__Output>
  SaveFilter: MethodDefinition<_einmal_broker_v1_SaveFilterRequest, _einmal_broker_v1_SaveFilterResponse, _einmal_broker_v1_SaveFilterRequest__Output, _einmal_broker_v1_SaveFilterResponse__Output>
}
