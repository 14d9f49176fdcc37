import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AddressKey as _einmal_broker_v1_AddressKey, AddressKey__Output as _einmal_broker_v1_AddressKey__Output } from './einmal/broker/v1/AddressKey.js';
import type { DecideReleaseRequest as _einmal_broker_v1_DecideReleaseRequest, DecideReleaseRequest__Output as _einmal_broker_v1_DecideReleaseRequest__Output } from './einmal/broker/v1/DecideReleaseRequest.js';
import type { DecideReleaseResponse as _einmal_broker_v1_DecideReleaseResponse, DecideReleaseResponse__Output as _einmal_broker_v1_DecideReleaseResponse__Output } from './einmal/broker/v1/DecideReleaseResponse.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from './einmal/broker/v1/Evidence.js';
import type { EvidenceNeed as _einmal_broker_v1_EvidenceNeed, EvidenceNeed__Output as _einmal_broker_v1_EvidenceNeed__Output } from './einmal/broker/v1/EvidenceNeed.js';
import type { EvidenceServiceClient as _einmal_broker_v1_EvidenceServiceClient, EvidenceServiceDefinition as _einmal_broker_v1_EvidenceServiceDefinition } from './einmal/broker/v1/EvidenceService.js';
import type { FieldAlternative as _einmal_broker_v1_FieldAlternative, FieldAlternative__Output as _einmal_broker_v1_FieldAlternative__Output } from './einmal/broker/v1/FieldAlternative.js';
import type { FieldSource as _einmal_broker_v1_FieldSource, FieldSource__Output as _einmal_broker_v1_FieldSource__Output } from './einmal/broker/v1/FieldSource.js';
import type { FormField as _einmal_broker_v1_FormField, FormField__Output as _einmal_broker_v1_FormField__Output } from './einmal/broker/v1/FormField.js';
import type { GetDeferredEvidenceRequest as _einmal_broker_v1_GetDeferredEvidenceRequest, GetDeferredEvidenceRequest__Output as _einmal_broker_v1_GetDeferredEvidenceRequest__Output } from './einmal/broker/v1/GetDeferredEvidenceRequest.js';
import type { GetDeferredEvidenceResponse as _einmal_broker_v1_GetDeferredEvidenceResponse, GetDeferredEvidenceResponse__Output as _einmal_broker_v1_GetDeferredEvidenceResponse__Output } from './einmal/broker/v1/GetDeferredEvidenceResponse.js';
import type { IdnrKey as _einmal_broker_v1_IdnrKey, IdnrKey__Output as _einmal_broker_v1_IdnrKey__Output } from './einmal/broker/v1/IdnrKey.js';
import type { LegalPerson as _einmal_broker_v1_LegalPerson, LegalPerson__Output as _einmal_broker_v1_LegalPerson__Output } from './einmal/broker/v1/LegalPerson.js';
import type { NameKey as _einmal_broker_v1_NameKey, NameKey__Output as _einmal_broker_v1_NameKey__Output } from './einmal/broker/v1/NameKey.js';
import type { NaturalPerson as _einmal_broker_v1_NaturalPerson, NaturalPerson__Output as _einmal_broker_v1_NaturalPerson__Output } from './einmal/broker/v1/NaturalPerson.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from './einmal/broker/v1/NotDelivered.js';
import type { Opening as _einmal_broker_v1_Opening, Opening__Output as _einmal_broker_v1_Opening__Output } from './einmal/broker/v1/Opening.js';
import type { PrefillFormRequest as _einmal_broker_v1_PrefillFormRequest, PrefillFormRequest__Output as _einmal_broker_v1_PrefillFormRequest__Output } from './einmal/broker/v1/PrefillFormRequest.js';
import type { PrefillFormResponse as _einmal_broker_v1_PrefillFormResponse, PrefillFormResponse__Output as _einmal_broker_v1_PrefillFormResponse__Output } from './einmal/broker/v1/PrefillFormResponse.js';
import type { PrefillServiceClient as _einmal_broker_v1_PrefillServiceClient, PrefillServiceDefinition as _einmal_broker_v1_PrefillServiceDefinition } from './einmal/broker/v1/PrefillService.js';
import type { PreviewAttribute as _einmal_broker_v1_PreviewAttribute, PreviewAttribute__Output as _einmal_broker_v1_PreviewAttribute__Output } from './einmal/broker/v1/PreviewAttribute.js';
import type { PreviewEvidenceRequest as _einmal_broker_v1_PreviewEvidenceRequest, PreviewEvidenceRequest__Output as _einmal_broker_v1_PreviewEvidenceRequest__Output } from './einmal/broker/v1/PreviewEvidenceRequest.js';
import type { PreviewEvidenceResponse as _einmal_broker_v1_PreviewEvidenceResponse, PreviewEvidenceResponse__Output as _einmal_broker_v1_PreviewEvidenceResponse__Output } from './einmal/broker/v1/PreviewEvidenceResponse.js';
import type { PreviewItem as _einmal_broker_v1_PreviewItem, PreviewItem__Output as _einmal_broker_v1_PreviewItem__Output } from './einmal/broker/v1/PreviewItem.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from './einmal/broker/v1/Receipt.js';
import type { RegisterNumberKey as _einmal_broker_v1_RegisterNumberKey, RegisterNumberKey__Output as _einmal_broker_v1_RegisterNumberKey__Output } from './einmal/broker/v1/RegisterNumberKey.js';
import type { ReportDiscrepancyRequest as _einmal_broker_v1_ReportDiscrepancyRequest, ReportDiscrepancyRequest__Output as _einmal_broker_v1_ReportDiscrepancyRequest__Output } from './einmal/broker/v1/ReportDiscrepancyRequest.js';
import type { ReportDiscrepancyResponse as _einmal_broker_v1_ReportDiscrepancyResponse, ReportDiscrepancyResponse__Output as _einmal_broker_v1_ReportDiscrepancyResponse__Output } from './einmal/broker/v1/ReportDiscrepancyResponse.js';
import type { RetrieveEvidenceRequest as _einmal_broker_v1_RetrieveEvidenceRequest, RetrieveEvidenceRequest__Output as _einmal_broker_v1_RetrieveEvidenceRequest__Output } from './einmal/broker/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse as _einmal_broker_v1_RetrieveEvidenceResponse, RetrieveEvidenceResponse__Output as _einmal_broker_v1_RetrieveEvidenceResponse__Output } from './einmal/broker/v1/RetrieveEvidenceResponse.js';
import type { StreamEvidenceRequest as _einmal_broker_v1_StreamEvidenceRequest, StreamEvidenceRequest__Output as _einmal_broker_v1_StreamEvidenceRequest__Output } from './einmal/broker/v1/StreamEvidenceRequest.js';
import type { StreamEvidenceResponse as _einmal_broker_v1_StreamEvidenceResponse, StreamEvidenceResponse__Output as _einmal_broker_v1_StreamEvidenceResponse__Output } from './einmal/broker/v1/StreamEvidenceResponse.js';
import type { StreamPrefillRequest as _einmal_broker_v1_StreamPrefillRequest, StreamPrefillRequest__Output as _einmal_broker_v1_StreamPrefillRequest__Output } from './einmal/broker/v1/StreamPrefillRequest.js';
import type { StreamPrefillResponse as _einmal_broker_v1_StreamPrefillResponse, StreamPrefillResponse__Output as _einmal_broker_v1_StreamPrefillResponse__Output } from './einmal/broker/v1/StreamPrefillResponse.js';
import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from './einmal/broker/v1/Subject.js';
import type { WithheldField as _einmal_broker_v1_WithheldField, WithheldField__Output as _einmal_broker_v1_WithheldField__Output } from './einmal/broker/v1/WithheldField.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    broker: {
      v1: {
        AddressKey: MessageTypeDefinition<_einmal_broker_v1_AddressKey, _einmal_broker_v1_AddressKey__Output>
        DecideReleaseRequest: MessageTypeDefinition<_einmal_broker_v1_DecideReleaseRequest, _einmal_broker_v1_DecideReleaseRequest__Output>
        DecideReleaseResponse: MessageTypeDefinition<_einmal_broker_v1_DecideReleaseResponse, _einmal_broker_v1_DecideReleaseResponse__Output>
        ErrorReason: EnumTypeDefinition
        Evidence: MessageTypeDefinition<_einmal_broker_v1_Evidence, _einmal_broker_v1_Evidence__Output>
        EvidenceNeed: MessageTypeDefinition<_einmal_broker_v1_EvidenceNeed, _einmal_broker_v1_EvidenceNeed__Output>
        /**
         * Fetches signed register evidence.
         */
        EvidenceService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_EvidenceServiceClient> & { service: _einmal_broker_v1_EvidenceServiceDefinition }
        ExchangeState: EnumTypeDefinition
        FieldAlternative: MessageTypeDefinition<_einmal_broker_v1_FieldAlternative, _einmal_broker_v1_FieldAlternative__Output>
        FieldSource: MessageTypeDefinition<_einmal_broker_v1_FieldSource, _einmal_broker_v1_FieldSource__Output>
        FormField: MessageTypeDefinition<_einmal_broker_v1_FormField, _einmal_broker_v1_FormField__Output>
        GetDeferredEvidenceRequest: MessageTypeDefinition<_einmal_broker_v1_GetDeferredEvidenceRequest, _einmal_broker_v1_GetDeferredEvidenceRequest__Output>
        GetDeferredEvidenceResponse: MessageTypeDefinition<_einmal_broker_v1_GetDeferredEvidenceResponse, _einmal_broker_v1_GetDeferredEvidenceResponse__Output>
        IdnrKey: MessageTypeDefinition<_einmal_broker_v1_IdnrKey, _einmal_broker_v1_IdnrKey__Output>
        LegalPerson: MessageTypeDefinition<_einmal_broker_v1_LegalPerson, _einmal_broker_v1_LegalPerson__Output>
        NameKey: MessageTypeDefinition<_einmal_broker_v1_NameKey, _einmal_broker_v1_NameKey__Output>
        NaturalPerson: MessageTypeDefinition<_einmal_broker_v1_NaturalPerson, _einmal_broker_v1_NaturalPerson__Output>
        NotDelivered: MessageTypeDefinition<_einmal_broker_v1_NotDelivered, _einmal_broker_v1_NotDelivered__Output>
        Opening: MessageTypeDefinition<_einmal_broker_v1_Opening, _einmal_broker_v1_Opening__Output>
        PrefillFormRequest: MessageTypeDefinition<_einmal_broker_v1_PrefillFormRequest, _einmal_broker_v1_PrefillFormRequest__Output>
        PrefillFormResponse: MessageTypeDefinition<_einmal_broker_v1_PrefillFormResponse, _einmal_broker_v1_PrefillFormResponse__Output>
        /**
         * Fills the form of an online service from the registers.
         */
        PrefillService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_PrefillServiceClient> & { service: _einmal_broker_v1_PrefillServiceDefinition }
        PreviewAttribute: MessageTypeDefinition<_einmal_broker_v1_PreviewAttribute, _einmal_broker_v1_PreviewAttribute__Output>
        PreviewEvidenceRequest: MessageTypeDefinition<_einmal_broker_v1_PreviewEvidenceRequest, _einmal_broker_v1_PreviewEvidenceRequest__Output>
        PreviewEvidenceResponse: MessageTypeDefinition<_einmal_broker_v1_PreviewEvidenceResponse, _einmal_broker_v1_PreviewEvidenceResponse__Output>
        PreviewItem: MessageTypeDefinition<_einmal_broker_v1_PreviewItem, _einmal_broker_v1_PreviewItem__Output>
        Receipt: MessageTypeDefinition<_einmal_broker_v1_Receipt, _einmal_broker_v1_Receipt__Output>
        RegisterNumberKey: MessageTypeDefinition<_einmal_broker_v1_RegisterNumberKey, _einmal_broker_v1_RegisterNumberKey__Output>
        ReportDiscrepancyRequest: MessageTypeDefinition<_einmal_broker_v1_ReportDiscrepancyRequest, _einmal_broker_v1_ReportDiscrepancyRequest__Output>
        ReportDiscrepancyResponse: MessageTypeDefinition<_einmal_broker_v1_ReportDiscrepancyResponse, _einmal_broker_v1_ReportDiscrepancyResponse__Output>
        RetrievalState: EnumTypeDefinition
        RetrieveEvidenceRequest: MessageTypeDefinition<_einmal_broker_v1_RetrieveEvidenceRequest, _einmal_broker_v1_RetrieveEvidenceRequest__Output>
        RetrieveEvidenceResponse: MessageTypeDefinition<_einmal_broker_v1_RetrieveEvidenceResponse, _einmal_broker_v1_RetrieveEvidenceResponse__Output>
        StreamEvidenceRequest: MessageTypeDefinition<_einmal_broker_v1_StreamEvidenceRequest, _einmal_broker_v1_StreamEvidenceRequest__Output>
        StreamEvidenceResponse: MessageTypeDefinition<_einmal_broker_v1_StreamEvidenceResponse, _einmal_broker_v1_StreamEvidenceResponse__Output>
        StreamPrefillRequest: MessageTypeDefinition<_einmal_broker_v1_StreamPrefillRequest, _einmal_broker_v1_StreamPrefillRequest__Output>
        StreamPrefillResponse: MessageTypeDefinition<_einmal_broker_v1_StreamPrefillResponse, _einmal_broker_v1_StreamPrefillResponse__Output>
        Subject: MessageTypeDefinition<_einmal_broker_v1_Subject, _einmal_broker_v1_Subject__Output>
        WithheldField: MessageTypeDefinition<_einmal_broker_v1_WithheldField, _einmal_broker_v1_WithheldField__Output>
      }
    }
  }
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
}

