import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { CheckPermissionRequest as _einmal_broker_v1_CheckPermissionRequest, CheckPermissionRequest__Output as _einmal_broker_v1_CheckPermissionRequest__Output } from './einmal/broker/v1/CheckPermissionRequest.js';
import type { CheckPermissionResponse as _einmal_broker_v1_CheckPermissionResponse, CheckPermissionResponse__Output as _einmal_broker_v1_CheckPermissionResponse__Output } from './einmal/broker/v1/CheckPermissionResponse.js';
import type { ExplainPermissionRequest as _einmal_broker_v1_ExplainPermissionRequest, ExplainPermissionRequest__Output as _einmal_broker_v1_ExplainPermissionRequest__Output } from './einmal/broker/v1/ExplainPermissionRequest.js';
import type { ExplainPermissionResponse as _einmal_broker_v1_ExplainPermissionResponse, ExplainPermissionResponse__Output as _einmal_broker_v1_ExplainPermissionResponse__Output } from './einmal/broker/v1/ExplainPermissionResponse.js';
import type { PermissionServiceClient as _einmal_broker_v1_PermissionServiceClient, PermissionServiceDefinition as _einmal_broker_v1_PermissionServiceDefinition } from './einmal/broker/v1/PermissionService.js';
import type { TransferQuestion as _einmal_broker_v1_TransferQuestion, TransferQuestion__Output as _einmal_broker_v1_TransferQuestion__Output } from './einmal/broker/v1/TransferQuestion.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    broker: {
      v1: {
        CheckPermissionRequest: MessageTypeDefinition<_einmal_broker_v1_CheckPermissionRequest, _einmal_broker_v1_CheckPermissionRequest__Output>
        CheckPermissionResponse: MessageTypeDefinition<_einmal_broker_v1_CheckPermissionResponse, _einmal_broker_v1_CheckPermissionResponse__Output>
        ErrorReason: EnumTypeDefinition
        ExplainPermissionRequest: MessageTypeDefinition<_einmal_broker_v1_ExplainPermissionRequest, _einmal_broker_v1_ExplainPermissionRequest__Output>
        ExplainPermissionResponse: MessageTypeDefinition<_einmal_broker_v1_ExplainPermissionResponse, _einmal_broker_v1_ExplainPermissionResponse__Output>
        /**
         * The abstract permission check of the intermediary (Vermittlungsstelle, IDNrG § 7 Abs. 2): third body, without
         * knowledge of the content and of the person. No message of this service has a field for either.
         */
        PermissionService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_PermissionServiceClient> & { service: _einmal_broker_v1_PermissionServiceDefinition }
        TransferQuestion: MessageTypeDefinition<_einmal_broker_v1_TransferQuestion, _einmal_broker_v1_TransferQuestion__Output>
      }
    }
  }
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
}

