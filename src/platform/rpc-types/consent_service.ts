import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AttestedDecision as _einmal_broker_v1_AttestedDecision, AttestedDecision__Output as _einmal_broker_v1_AttestedDecision__Output } from './einmal/broker/v1/AttestedDecision.js';
import type { ConsentServiceClient as _einmal_broker_v1_ConsentServiceClient, ConsentServiceDefinition as _einmal_broker_v1_ConsentServiceDefinition } from './einmal/broker/v1/ConsentService.js';
import type { GetDecisionRequest as _einmal_broker_v1_GetDecisionRequest, GetDecisionRequest__Output as _einmal_broker_v1_GetDecisionRequest__Output } from './einmal/broker/v1/GetDecisionRequest.js';
import type { GetDecisionResponse as _einmal_broker_v1_GetDecisionResponse, GetDecisionResponse__Output as _einmal_broker_v1_GetDecisionResponse__Output } from './einmal/broker/v1/GetDecisionResponse.js';
import type { GetTriggerRequest as _einmal_broker_v1_GetTriggerRequest, GetTriggerRequest__Output as _einmal_broker_v1_GetTriggerRequest__Output } from './einmal/broker/v1/GetTriggerRequest.js';
import type { GetTriggerResponse as _einmal_broker_v1_GetTriggerResponse, GetTriggerResponse__Output as _einmal_broker_v1_GetTriggerResponse__Output } from './einmal/broker/v1/GetTriggerResponse.js';
import type { GrantTriggersRequest as _einmal_broker_v1_GrantTriggersRequest, GrantTriggersRequest__Output as _einmal_broker_v1_GrantTriggersRequest__Output } from './einmal/broker/v1/GrantTriggersRequest.js';
import type { GrantTriggersResponse as _einmal_broker_v1_GrantTriggersResponse, GrantTriggersResponse__Output as _einmal_broker_v1_GrantTriggersResponse__Output } from './einmal/broker/v1/GrantTriggersResponse.js';
import type { ListTriggersRequest as _einmal_broker_v1_ListTriggersRequest, ListTriggersRequest__Output as _einmal_broker_v1_ListTriggersRequest__Output } from './einmal/broker/v1/ListTriggersRequest.js';
import type { ListTriggersResponse as _einmal_broker_v1_ListTriggersResponse, ListTriggersResponse__Output as _einmal_broker_v1_ListTriggersResponse__Output } from './einmal/broker/v1/ListTriggersResponse.js';
import type { Opening as _einmal_broker_v1_Opening, Opening__Output as _einmal_broker_v1_Opening__Output } from './einmal/broker/v1/Opening.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from './einmal/broker/v1/Receipt.js';
import type { RequestDecisionRequest as _einmal_broker_v1_RequestDecisionRequest, RequestDecisionRequest__Output as _einmal_broker_v1_RequestDecisionRequest__Output } from './einmal/broker/v1/RequestDecisionRequest.js';
import type { RequestDecisionResponse as _einmal_broker_v1_RequestDecisionResponse, RequestDecisionResponse__Output as _einmal_broker_v1_RequestDecisionResponse__Output } from './einmal/broker/v1/RequestDecisionResponse.js';
import type { Trigger as _einmal_broker_v1_Trigger, Trigger__Output as _einmal_broker_v1_Trigger__Output } from './einmal/broker/v1/Trigger.js';
import type { WithdrawTriggersRequest as _einmal_broker_v1_WithdrawTriggersRequest, WithdrawTriggersRequest__Output as _einmal_broker_v1_WithdrawTriggersRequest__Output } from './einmal/broker/v1/WithdrawTriggersRequest.js';
import type { WithdrawTriggersResponse as _einmal_broker_v1_WithdrawTriggersResponse, WithdrawTriggersResponse__Output as _einmal_broker_v1_WithdrawTriggersResponse__Output } from './einmal/broker/v1/WithdrawTriggersResponse.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    broker: {
      v1: {
        AttestedDecision: MessageTypeDefinition<_einmal_broker_v1_AttestedDecision, _einmal_broker_v1_AttestedDecision__Output>
        /**
         * Legal triggers of an exchange. "Consent" is only one of four kinds; the service bears the name that callers look for.
         */
        ConsentService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_ConsentServiceClient> & { service: _einmal_broker_v1_ConsentServiceDefinition }
        GetDecisionRequest: MessageTypeDefinition<_einmal_broker_v1_GetDecisionRequest, _einmal_broker_v1_GetDecisionRequest__Output>
        GetDecisionResponse: MessageTypeDefinition<_einmal_broker_v1_GetDecisionResponse, _einmal_broker_v1_GetDecisionResponse__Output>
        GetTriggerRequest: MessageTypeDefinition<_einmal_broker_v1_GetTriggerRequest, _einmal_broker_v1_GetTriggerRequest__Output>
        GetTriggerResponse: MessageTypeDefinition<_einmal_broker_v1_GetTriggerResponse, _einmal_broker_v1_GetTriggerResponse__Output>
        GrantTriggersRequest: MessageTypeDefinition<_einmal_broker_v1_GrantTriggersRequest, _einmal_broker_v1_GrantTriggersRequest__Output>
        GrantTriggersResponse: MessageTypeDefinition<_einmal_broker_v1_GrantTriggersResponse, _einmal_broker_v1_GrantTriggersResponse__Output>
        ListTriggersRequest: MessageTypeDefinition<_einmal_broker_v1_ListTriggersRequest, _einmal_broker_v1_ListTriggersRequest__Output>
        ListTriggersResponse: MessageTypeDefinition<_einmal_broker_v1_ListTriggersResponse, _einmal_broker_v1_ListTriggersResponse__Output>
        Opening: MessageTypeDefinition<_einmal_broker_v1_Opening, _einmal_broker_v1_Opening__Output>
        Receipt: MessageTypeDefinition<_einmal_broker_v1_Receipt, _einmal_broker_v1_Receipt__Output>
        RequestDecisionRequest: MessageTypeDefinition<_einmal_broker_v1_RequestDecisionRequest, _einmal_broker_v1_RequestDecisionRequest__Output>
        RequestDecisionResponse: MessageTypeDefinition<_einmal_broker_v1_RequestDecisionResponse, _einmal_broker_v1_RequestDecisionResponse__Output>
        Trigger: MessageTypeDefinition<_einmal_broker_v1_Trigger, _einmal_broker_v1_Trigger__Output>
        TriggerKind: EnumTypeDefinition
        WithdrawTriggersRequest: MessageTypeDefinition<_einmal_broker_v1_WithdrawTriggersRequest, _einmal_broker_v1_WithdrawTriggersRequest__Output>
        WithdrawTriggersResponse: MessageTypeDefinition<_einmal_broker_v1_WithdrawTriggersResponse, _einmal_broker_v1_WithdrawTriggersResponse__Output>
      }
    }
  }
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
}

