import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { EntryFilter as _einmal_broker_v1_EntryFilter, EntryFilter__Output as _einmal_broker_v1_EntryFilter__Output } from './einmal/broker/v1/EntryFilter.js';
import type { ExportEntriesRequest as _einmal_broker_v1_ExportEntriesRequest, ExportEntriesRequest__Output as _einmal_broker_v1_ExportEntriesRequest__Output } from './einmal/broker/v1/ExportEntriesRequest.js';
import type { ExportEntriesResponse as _einmal_broker_v1_ExportEntriesResponse, ExportEntriesResponse__Output as _einmal_broker_v1_ExportEntriesResponse__Output } from './einmal/broker/v1/ExportEntriesResponse.js';
import type { GetCheckpointRequest as _einmal_broker_v1_GetCheckpointRequest, GetCheckpointRequest__Output as _einmal_broker_v1_GetCheckpointRequest__Output } from './einmal/broker/v1/GetCheckpointRequest.js';
import type { GetCheckpointResponse as _einmal_broker_v1_GetCheckpointResponse, GetCheckpointResponse__Output as _einmal_broker_v1_GetCheckpointResponse__Output } from './einmal/broker/v1/GetCheckpointResponse.js';
import type { ListEntriesRequest as _einmal_broker_v1_ListEntriesRequest, ListEntriesRequest__Output as _einmal_broker_v1_ListEntriesRequest__Output } from './einmal/broker/v1/ListEntriesRequest.js';
import type { ListEntriesResponse as _einmal_broker_v1_ListEntriesResponse, ListEntriesResponse__Output as _einmal_broker_v1_ListEntriesResponse__Output } from './einmal/broker/v1/ListEntriesResponse.js';
import type { ListSubjectEntriesRequest as _einmal_broker_v1_ListSubjectEntriesRequest, ListSubjectEntriesRequest__Output as _einmal_broker_v1_ListSubjectEntriesRequest__Output } from './einmal/broker/v1/ListSubjectEntriesRequest.js';
import type { ListSubjectEntriesResponse as _einmal_broker_v1_ListSubjectEntriesResponse, ListSubjectEntriesResponse__Output as _einmal_broker_v1_ListSubjectEntriesResponse__Output } from './einmal/broker/v1/ListSubjectEntriesResponse.js';
import type { LogEntry as _einmal_broker_v1_LogEntry, LogEntry__Output as _einmal_broker_v1_LogEntry__Output } from './einmal/broker/v1/LogEntry.js';
import type { OpenRecordRequest as _einmal_broker_v1_OpenRecordRequest, OpenRecordRequest__Output as _einmal_broker_v1_OpenRecordRequest__Output } from './einmal/broker/v1/OpenRecordRequest.js';
import type { OpenRecordResponse as _einmal_broker_v1_OpenRecordResponse, OpenRecordResponse__Output as _einmal_broker_v1_OpenRecordResponse__Output } from './einmal/broker/v1/OpenRecordResponse.js';
import type { ProveConsistencyRequest as _einmal_broker_v1_ProveConsistencyRequest, ProveConsistencyRequest__Output as _einmal_broker_v1_ProveConsistencyRequest__Output } from './einmal/broker/v1/ProveConsistencyRequest.js';
import type { ProveConsistencyResponse as _einmal_broker_v1_ProveConsistencyResponse, ProveConsistencyResponse__Output as _einmal_broker_v1_ProveConsistencyResponse__Output } from './einmal/broker/v1/ProveConsistencyResponse.js';
import type { ProveInclusionRequest as _einmal_broker_v1_ProveInclusionRequest, ProveInclusionRequest__Output as _einmal_broker_v1_ProveInclusionRequest__Output } from './einmal/broker/v1/ProveInclusionRequest.js';
import type { ProveInclusionResponse as _einmal_broker_v1_ProveInclusionResponse, ProveInclusionResponse__Output as _einmal_broker_v1_ProveInclusionResponse__Output } from './einmal/broker/v1/ProveInclusionResponse.js';
import type { TransparencyServiceClient as _einmal_broker_v1_TransparencyServiceClient, TransparencyServiceDefinition as _einmal_broker_v1_TransparencyServiceDefinition } from './einmal/broker/v1/TransparencyService.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    broker: {
      v1: {
        EntryFilter: MessageTypeDefinition<_einmal_broker_v1_EntryFilter, _einmal_broker_v1_EntryFilter__Output>
        ErrorReason: EnumTypeDefinition
        ExportEntriesRequest: MessageTypeDefinition<_einmal_broker_v1_ExportEntriesRequest, _einmal_broker_v1_ExportEntriesRequest__Output>
        ExportEntriesResponse: MessageTypeDefinition<_einmal_broker_v1_ExportEntriesResponse, _einmal_broker_v1_ExportEntriesResponse__Output>
        GetCheckpointRequest: MessageTypeDefinition<_einmal_broker_v1_GetCheckpointRequest, _einmal_broker_v1_GetCheckpointRequest__Output>
        GetCheckpointResponse: MessageTypeDefinition<_einmal_broker_v1_GetCheckpointResponse, _einmal_broker_v1_GetCheckpointResponse__Output>
        ListEntriesRequest: MessageTypeDefinition<_einmal_broker_v1_ListEntriesRequest, _einmal_broker_v1_ListEntriesRequest__Output>
        ListEntriesResponse: MessageTypeDefinition<_einmal_broker_v1_ListEntriesResponse, _einmal_broker_v1_ListEntriesResponse__Output>
        ListSubjectEntriesRequest: MessageTypeDefinition<_einmal_broker_v1_ListSubjectEntriesRequest, _einmal_broker_v1_ListSubjectEntriesRequest__Output>
        ListSubjectEntriesResponse: MessageTypeDefinition<_einmal_broker_v1_ListSubjectEntriesResponse, _einmal_broker_v1_ListSubjectEntriesResponse__Output>
        LogEntry: MessageTypeDefinition<_einmal_broker_v1_LogEntry, _einmal_broker_v1_LogEntry__Output>
        OpenRecordRequest: MessageTypeDefinition<_einmal_broker_v1_OpenRecordRequest, _einmal_broker_v1_OpenRecordRequest__Output>
        OpenRecordResponse: MessageTypeDefinition<_einmal_broker_v1_OpenRecordResponse, _einmal_broker_v1_OpenRecordResponse__Output>
        ProveConsistencyRequest: MessageTypeDefinition<_einmal_broker_v1_ProveConsistencyRequest, _einmal_broker_v1_ProveConsistencyRequest__Output>
        ProveConsistencyResponse: MessageTypeDefinition<_einmal_broker_v1_ProveConsistencyResponse, _einmal_broker_v1_ProveConsistencyResponse__Output>
        ProveInclusionRequest: MessageTypeDefinition<_einmal_broker_v1_ProveInclusionRequest, _einmal_broker_v1_ProveInclusionRequest__Output>
        ProveInclusionResponse: MessageTypeDefinition<_einmal_broker_v1_ProveInclusionResponse, _einmal_broker_v1_ProveInclusionResponse__Output>
        /**
         * The log, for everybody who may look. A participant sees its own entries only; reads of records are entries themselves.
         */
        TransparencyService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_TransparencyServiceClient> & { service: _einmal_broker_v1_TransparencyServiceDefinition }
      }
    }
  }
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
}

