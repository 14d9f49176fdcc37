import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { CommitmentOpening as _einmal_register_v1_CommitmentOpening, CommitmentOpening__Output as _einmal_register_v1_CommitmentOpening__Output } from './einmal/register/v1/CommitmentOpening.js';
import type { DescribeRegisterRequest as _einmal_register_v1_DescribeRegisterRequest, DescribeRegisterRequest__Output as _einmal_register_v1_DescribeRegisterRequest__Output } from './einmal/register/v1/DescribeRegisterRequest.js';
import type { DescribeRegisterResponse as _einmal_register_v1_DescribeRegisterResponse, DescribeRegisterResponse__Output as _einmal_register_v1_DescribeRegisterResponse__Output } from './einmal/register/v1/DescribeRegisterResponse.js';
import type { ListSubjectEntriesRequest as _einmal_register_v1_ListSubjectEntriesRequest, ListSubjectEntriesRequest__Output as _einmal_register_v1_ListSubjectEntriesRequest__Output } from './einmal/register/v1/ListSubjectEntriesRequest.js';
import type { ListSubjectEntriesResponse as _einmal_register_v1_ListSubjectEntriesResponse, ListSubjectEntriesResponse__Output as _einmal_register_v1_ListSubjectEntriesResponse__Output } from './einmal/register/v1/ListSubjectEntriesResponse.js';
import type { PersonReference as _einmal_register_v1_PersonReference, PersonReference__Output as _einmal_register_v1_PersonReference__Output } from './einmal/register/v1/PersonReference.js';
import type { RegisterLogEntry as _einmal_register_v1_RegisterLogEntry, RegisterLogEntry__Output as _einmal_register_v1_RegisterLogEntry__Output } from './einmal/register/v1/RegisterLogEntry.js';
import type { RegisterServiceClient as _einmal_register_v1_RegisterServiceClient, RegisterServiceDefinition as _einmal_register_v1_RegisterServiceDefinition } from './einmal/register/v1/RegisterService.js';
import type { ReportDiscrepancyRequest as _einmal_register_v1_ReportDiscrepancyRequest, ReportDiscrepancyRequest__Output as _einmal_register_v1_ReportDiscrepancyRequest__Output } from './einmal/register/v1/ReportDiscrepancyRequest.js';
import type { ReportDiscrepancyResponse as _einmal_register_v1_ReportDiscrepancyResponse, ReportDiscrepancyResponse__Output as _einmal_register_v1_ReportDiscrepancyResponse__Output } from './einmal/register/v1/ReportDiscrepancyResponse.js';
import type { RetrieveDeferredEvidenceRequest as _einmal_register_v1_RetrieveDeferredEvidenceRequest, RetrieveDeferredEvidenceRequest__Output as _einmal_register_v1_RetrieveDeferredEvidenceRequest__Output } from './einmal/register/v1/RetrieveDeferredEvidenceRequest.js';
import type { RetrieveDeferredEvidenceResponse as _einmal_register_v1_RetrieveDeferredEvidenceResponse, RetrieveDeferredEvidenceResponse__Output as _einmal_register_v1_RetrieveDeferredEvidenceResponse__Output } from './einmal/register/v1/RetrieveDeferredEvidenceResponse.js';
import type { RetrieveEvidenceRequest as _einmal_register_v1_RetrieveEvidenceRequest, RetrieveEvidenceRequest__Output as _einmal_register_v1_RetrieveEvidenceRequest__Output } from './einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse as _einmal_register_v1_RetrieveEvidenceResponse, RetrieveEvidenceResponse__Output as _einmal_register_v1_RetrieveEvidenceResponse__Output } from './einmal/register/v1/RetrieveEvidenceResponse.js';
import type { StreamLogRequest as _einmal_register_v1_StreamLogRequest, StreamLogRequest__Output as _einmal_register_v1_StreamLogRequest__Output } from './einmal/register/v1/StreamLogRequest.js';
import type { StreamLogResponse as _einmal_register_v1_StreamLogResponse, StreamLogResponse__Output as _einmal_register_v1_StreamLogResponse__Output } from './einmal/register/v1/StreamLogResponse.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    register: {
      v1: {
        CommitmentOpening: MessageTypeDefinition<_einmal_register_v1_CommitmentOpening, _einmal_register_v1_CommitmentOpening__Output>
        DescribeRegisterRequest: MessageTypeDefinition<_einmal_register_v1_DescribeRegisterRequest, _einmal_register_v1_DescribeRegisterRequest__Output>
        DescribeRegisterResponse: MessageTypeDefinition<_einmal_register_v1_DescribeRegisterResponse, _einmal_register_v1_DescribeRegisterResponse__Output>
        ListSubjectEntriesRequest: MessageTypeDefinition<_einmal_register_v1_ListSubjectEntriesRequest, _einmal_register_v1_ListSubjectEntriesRequest__Output>
        ListSubjectEntriesResponse: MessageTypeDefinition<_einmal_register_v1_ListSubjectEntriesResponse, _einmal_register_v1_ListSubjectEntriesResponse__Output>
        PersonReference: MessageTypeDefinition<_einmal_register_v1_PersonReference, _einmal_register_v1_PersonReference__Output>
        RegisterLogEntry: MessageTypeDefinition<_einmal_register_v1_RegisterLogEntry, _einmal_register_v1_RegisterLogEntry__Output>
        /**
         * What stands in front of one register. It trusts nobody's word: every check of the exchange is made here again, with
         * keys from its own copy of the catalogue only. Refusals carry the reasons of `einmal.broker.v1.ErrorReason`.
         */
        RegisterService: SubtypeConstructor<typeof grpc.Client, _einmal_register_v1_RegisterServiceClient> & { service: _einmal_register_v1_RegisterServiceDefinition }
        ReportDiscrepancyRequest: MessageTypeDefinition<_einmal_register_v1_ReportDiscrepancyRequest, _einmal_register_v1_ReportDiscrepancyRequest__Output>
        ReportDiscrepancyResponse: MessageTypeDefinition<_einmal_register_v1_ReportDiscrepancyResponse, _einmal_register_v1_ReportDiscrepancyResponse__Output>
        RetrieveDeferredEvidenceRequest: MessageTypeDefinition<_einmal_register_v1_RetrieveDeferredEvidenceRequest, _einmal_register_v1_RetrieveDeferredEvidenceRequest__Output>
        RetrieveDeferredEvidenceResponse: MessageTypeDefinition<_einmal_register_v1_RetrieveDeferredEvidenceResponse, _einmal_register_v1_RetrieveDeferredEvidenceResponse__Output>
        RetrieveEvidenceRequest: MessageTypeDefinition<_einmal_register_v1_RetrieveEvidenceRequest, _einmal_register_v1_RetrieveEvidenceRequest__Output>
        RetrieveEvidenceResponse: MessageTypeDefinition<_einmal_register_v1_RetrieveEvidenceResponse, _einmal_register_v1_RetrieveEvidenceResponse__Output>
        StreamLogRequest: MessageTypeDefinition<_einmal_register_v1_StreamLogRequest, _einmal_register_v1_StreamLogRequest__Output>
        StreamLogResponse: MessageTypeDefinition<_einmal_register_v1_StreamLogResponse, _einmal_register_v1_StreamLogResponse__Output>
      }
    }
  }
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
}

