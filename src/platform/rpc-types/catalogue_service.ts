import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AttestedDecision as _einmal_broker_v1_AttestedDecision, AttestedDecision__Output as _einmal_broker_v1_AttestedDecision__Output } from './einmal/broker/v1/AttestedDecision.js';
import type { CatalogueServiceClient as _einmal_broker_v1_CatalogueServiceClient, CatalogueServiceDefinition as _einmal_broker_v1_CatalogueServiceDefinition } from './einmal/broker/v1/CatalogueService.js';
import type { ConsentServiceClient as _einmal_broker_v1_ConsentServiceClient, ConsentServiceDefinition as _einmal_broker_v1_ConsentServiceDefinition } from './einmal/broker/v1/ConsentService.js';
import type { DecideCatalogueRequest as _einmal_broker_v1_DecideCatalogueRequest, DecideCatalogueRequest__Output as _einmal_broker_v1_DecideCatalogueRequest__Output } from './einmal/broker/v1/DecideCatalogueRequest.js';
import type { DecideCatalogueResponse as _einmal_broker_v1_DecideCatalogueResponse, DecideCatalogueResponse__Output as _einmal_broker_v1_DecideCatalogueResponse__Output } from './einmal/broker/v1/DecideCatalogueResponse.js';
import type { DescribeServiceRequest as _einmal_broker_v1_DescribeServiceRequest, DescribeServiceRequest__Output as _einmal_broker_v1_DescribeServiceRequest__Output } from './einmal/broker/v1/DescribeServiceRequest.js';
import type { DescribeServiceResponse as _einmal_broker_v1_DescribeServiceResponse, DescribeServiceResponse__Output as _einmal_broker_v1_DescribeServiceResponse__Output } from './einmal/broker/v1/DescribeServiceResponse.js';
import type { EvidenceTypeSummary as _einmal_broker_v1_EvidenceTypeSummary, EvidenceTypeSummary__Output as _einmal_broker_v1_EvidenceTypeSummary__Output } from './einmal/broker/v1/EvidenceTypeSummary.js';
import type { FindRouteRequest as _einmal_broker_v1_FindRouteRequest, FindRouteRequest__Output as _einmal_broker_v1_FindRouteRequest__Output } from './einmal/broker/v1/FindRouteRequest.js';
import type { FindRouteResponse as _einmal_broker_v1_FindRouteResponse, FindRouteResponse__Output as _einmal_broker_v1_FindRouteResponse__Output } from './einmal/broker/v1/FindRouteResponse.js';
import type { FlippedDecision as _einmal_broker_v1_FlippedDecision, FlippedDecision__Output as _einmal_broker_v1_FlippedDecision__Output } from './einmal/broker/v1/FlippedDecision.js';
import type { GetDecisionRequest as _einmal_broker_v1_GetDecisionRequest, GetDecisionRequest__Output as _einmal_broker_v1_GetDecisionRequest__Output } from './einmal/broker/v1/GetDecisionRequest.js';
import type { GetDecisionResponse as _einmal_broker_v1_GetDecisionResponse, GetDecisionResponse__Output as _einmal_broker_v1_GetDecisionResponse__Output } from './einmal/broker/v1/GetDecisionResponse.js';
import type { GetTriggerRequest as _einmal_broker_v1_GetTriggerRequest, GetTriggerRequest__Output as _einmal_broker_v1_GetTriggerRequest__Output } from './einmal/broker/v1/GetTriggerRequest.js';
import type { GetTriggerResponse as _einmal_broker_v1_GetTriggerResponse, GetTriggerResponse__Output as _einmal_broker_v1_GetTriggerResponse__Output } from './einmal/broker/v1/GetTriggerResponse.js';
import type { GrantTriggersRequest as _einmal_broker_v1_GrantTriggersRequest, GrantTriggersRequest__Output as _einmal_broker_v1_GrantTriggersRequest__Output } from './einmal/broker/v1/GrantTriggersRequest.js';
import type { GrantTriggersResponse as _einmal_broker_v1_GrantTriggersResponse, GrantTriggersResponse__Output as _einmal_broker_v1_GrantTriggersResponse__Output } from './einmal/broker/v1/GrantTriggersResponse.js';
import type { ListEvidenceTypesRequest as _einmal_broker_v1_ListEvidenceTypesRequest, ListEvidenceTypesRequest__Output as _einmal_broker_v1_ListEvidenceTypesRequest__Output } from './einmal/broker/v1/ListEvidenceTypesRequest.js';
import type { ListEvidenceTypesResponse as _einmal_broker_v1_ListEvidenceTypesResponse, ListEvidenceTypesResponse__Output as _einmal_broker_v1_ListEvidenceTypesResponse__Output } from './einmal/broker/v1/ListEvidenceTypesResponse.js';
import type { ListServicesRequest as _einmal_broker_v1_ListServicesRequest, ListServicesRequest__Output as _einmal_broker_v1_ListServicesRequest__Output } from './einmal/broker/v1/ListServicesRequest.js';
import type { ListServicesResponse as _einmal_broker_v1_ListServicesResponse, ListServicesResponse__Output as _einmal_broker_v1_ListServicesResponse__Output } from './einmal/broker/v1/ListServicesResponse.js';
import type { ListTriggersRequest as _einmal_broker_v1_ListTriggersRequest, ListTriggersRequest__Output as _einmal_broker_v1_ListTriggersRequest__Output } from './einmal/broker/v1/ListTriggersRequest.js';
import type { ListTriggersResponse as _einmal_broker_v1_ListTriggersResponse, ListTriggersResponse__Output as _einmal_broker_v1_ListTriggersResponse__Output } from './einmal/broker/v1/ListTriggersResponse.js';
import type { Opening as _einmal_broker_v1_Opening, Opening__Output as _einmal_broker_v1_Opening__Output } from './einmal/broker/v1/Opening.js';
import type { ProposeCatalogueRequest as _einmal_broker_v1_ProposeCatalogueRequest, ProposeCatalogueRequest__Output as _einmal_broker_v1_ProposeCatalogueRequest__Output } from './einmal/broker/v1/ProposeCatalogueRequest.js';
import type { ProposeCatalogueResponse as _einmal_broker_v1_ProposeCatalogueResponse, ProposeCatalogueResponse__Output as _einmal_broker_v1_ProposeCatalogueResponse__Output } from './einmal/broker/v1/ProposeCatalogueResponse.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from './einmal/broker/v1/Receipt.js';
import type { RequestDecisionRequest as _einmal_broker_v1_RequestDecisionRequest, RequestDecisionRequest__Output as _einmal_broker_v1_RequestDecisionRequest__Output } from './einmal/broker/v1/RequestDecisionRequest.js';
import type { RequestDecisionResponse as _einmal_broker_v1_RequestDecisionResponse, RequestDecisionResponse__Output as _einmal_broker_v1_RequestDecisionResponse__Output } from './einmal/broker/v1/RequestDecisionResponse.js';
import type { ServiceField as _einmal_broker_v1_ServiceField, ServiceField__Output as _einmal_broker_v1_ServiceField__Output } from './einmal/broker/v1/ServiceField.js';
import type { ServiceNeed as _einmal_broker_v1_ServiceNeed, ServiceNeed__Output as _einmal_broker_v1_ServiceNeed__Output } from './einmal/broker/v1/ServiceNeed.js';
import type { ServiceSubject as _einmal_broker_v1_ServiceSubject, ServiceSubject__Output as _einmal_broker_v1_ServiceSubject__Output } from './einmal/broker/v1/ServiceSubject.js';
import type { ServiceSummary as _einmal_broker_v1_ServiceSummary, ServiceSummary__Output as _einmal_broker_v1_ServiceSummary__Output } from './einmal/broker/v1/ServiceSummary.js';
import type { SimulateCatalogueRequest as _einmal_broker_v1_SimulateCatalogueRequest, SimulateCatalogueRequest__Output as _einmal_broker_v1_SimulateCatalogueRequest__Output } from './einmal/broker/v1/SimulateCatalogueRequest.js';
import type { SimulateCatalogueResponse as _einmal_broker_v1_SimulateCatalogueResponse, SimulateCatalogueResponse__Output as _einmal_broker_v1_SimulateCatalogueResponse__Output } from './einmal/broker/v1/SimulateCatalogueResponse.js';
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
         * What may be asked of whom for which purpose: the law of the exchange as data.
         */
        CatalogueService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_CatalogueServiceClient> & { service: _einmal_broker_v1_CatalogueServiceDefinition }
        /**
         * Legal triggers of an exchange. "Consent" is only one of four kinds; the service bears the name that callers look for.
         */
        ConsentService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_ConsentServiceClient> & { service: _einmal_broker_v1_ConsentServiceDefinition }
        DecideCatalogueRequest: MessageTypeDefinition<_einmal_broker_v1_DecideCatalogueRequest, _einmal_broker_v1_DecideCatalogueRequest__Output>
        DecideCatalogueResponse: MessageTypeDefinition<_einmal_broker_v1_DecideCatalogueResponse, _einmal_broker_v1_DecideCatalogueResponse__Output>
        DescribeServiceRequest: MessageTypeDefinition<_einmal_broker_v1_DescribeServiceRequest, _einmal_broker_v1_DescribeServiceRequest__Output>
        DescribeServiceResponse: MessageTypeDefinition<_einmal_broker_v1_DescribeServiceResponse, _einmal_broker_v1_DescribeServiceResponse__Output>
        EvidenceTypeSummary: MessageTypeDefinition<_einmal_broker_v1_EvidenceTypeSummary, _einmal_broker_v1_EvidenceTypeSummary__Output>
        FindRouteRequest: MessageTypeDefinition<_einmal_broker_v1_FindRouteRequest, _einmal_broker_v1_FindRouteRequest__Output>
        FindRouteResponse: MessageTypeDefinition<_einmal_broker_v1_FindRouteResponse, _einmal_broker_v1_FindRouteResponse__Output>
        FlippedDecision: MessageTypeDefinition<_einmal_broker_v1_FlippedDecision, _einmal_broker_v1_FlippedDecision__Output>
        GetDecisionRequest: MessageTypeDefinition<_einmal_broker_v1_GetDecisionRequest, _einmal_broker_v1_GetDecisionRequest__Output>
        GetDecisionResponse: MessageTypeDefinition<_einmal_broker_v1_GetDecisionResponse, _einmal_broker_v1_GetDecisionResponse__Output>
        GetTriggerRequest: MessageTypeDefinition<_einmal_broker_v1_GetTriggerRequest, _einmal_broker_v1_GetTriggerRequest__Output>
        GetTriggerResponse: MessageTypeDefinition<_einmal_broker_v1_GetTriggerResponse, _einmal_broker_v1_GetTriggerResponse__Output>
        GrantTriggersRequest: MessageTypeDefinition<_einmal_broker_v1_GrantTriggersRequest, _einmal_broker_v1_GrantTriggersRequest__Output>
        GrantTriggersResponse: MessageTypeDefinition<_einmal_broker_v1_GrantTriggersResponse, _einmal_broker_v1_GrantTriggersResponse__Output>
        ListEvidenceTypesRequest: MessageTypeDefinition<_einmal_broker_v1_ListEvidenceTypesRequest, _einmal_broker_v1_ListEvidenceTypesRequest__Output>
        ListEvidenceTypesResponse: MessageTypeDefinition<_einmal_broker_v1_ListEvidenceTypesResponse, _einmal_broker_v1_ListEvidenceTypesResponse__Output>
        ListServicesRequest: MessageTypeDefinition<_einmal_broker_v1_ListServicesRequest, _einmal_broker_v1_ListServicesRequest__Output>
        ListServicesResponse: MessageTypeDefinition<_einmal_broker_v1_ListServicesResponse, _einmal_broker_v1_ListServicesResponse__Output>
        ListTriggersRequest: MessageTypeDefinition<_einmal_broker_v1_ListTriggersRequest, _einmal_broker_v1_ListTriggersRequest__Output>
        ListTriggersResponse: MessageTypeDefinition<_einmal_broker_v1_ListTriggersResponse, _einmal_broker_v1_ListTriggersResponse__Output>
        Opening: MessageTypeDefinition<_einmal_broker_v1_Opening, _einmal_broker_v1_Opening__Output>
        ProposeCatalogueRequest: MessageTypeDefinition<_einmal_broker_v1_ProposeCatalogueRequest, _einmal_broker_v1_ProposeCatalogueRequest__Output>
        ProposeCatalogueResponse: MessageTypeDefinition<_einmal_broker_v1_ProposeCatalogueResponse, _einmal_broker_v1_ProposeCatalogueResponse__Output>
        Receipt: MessageTypeDefinition<_einmal_broker_v1_Receipt, _einmal_broker_v1_Receipt__Output>
        RequestDecisionRequest: MessageTypeDefinition<_einmal_broker_v1_RequestDecisionRequest, _einmal_broker_v1_RequestDecisionRequest__Output>
        RequestDecisionResponse: MessageTypeDefinition<_einmal_broker_v1_RequestDecisionResponse, _einmal_broker_v1_RequestDecisionResponse__Output>
        ServiceField: MessageTypeDefinition<_einmal_broker_v1_ServiceField, _einmal_broker_v1_ServiceField__Output>
        ServiceNeed: MessageTypeDefinition<_einmal_broker_v1_ServiceNeed, _einmal_broker_v1_ServiceNeed__Output>
        ServiceSubject: MessageTypeDefinition<_einmal_broker_v1_ServiceSubject, _einmal_broker_v1_ServiceSubject__Output>
        ServiceSummary: MessageTypeDefinition<_einmal_broker_v1_ServiceSummary, _einmal_broker_v1_ServiceSummary__Output>
        SimulateCatalogueRequest: MessageTypeDefinition<_einmal_broker_v1_SimulateCatalogueRequest, _einmal_broker_v1_SimulateCatalogueRequest__Output>
        SimulateCatalogueResponse: MessageTypeDefinition<_einmal_broker_v1_SimulateCatalogueResponse, _einmal_broker_v1_SimulateCatalogueResponse__Output>
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

