import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { AddressKey as _einmal_broker_v1_AddressKey, AddressKey__Output as _einmal_broker_v1_AddressKey__Output } from './einmal/broker/v1/AddressKey.js';
import type { Evidence as _einmal_broker_v1_Evidence, Evidence__Output as _einmal_broker_v1_Evidence__Output } from './einmal/broker/v1/Evidence.js';
import type { FieldAlternative as _einmal_broker_v1_FieldAlternative, FieldAlternative__Output as _einmal_broker_v1_FieldAlternative__Output } from './einmal/broker/v1/FieldAlternative.js';
import type { FieldSource as _einmal_broker_v1_FieldSource, FieldSource__Output as _einmal_broker_v1_FieldSource__Output } from './einmal/broker/v1/FieldSource.js';
import type { FormField as _einmal_broker_v1_FormField, FormField__Output as _einmal_broker_v1_FormField__Output } from './einmal/broker/v1/FormField.js';
import type { IdnrKey as _einmal_broker_v1_IdnrKey, IdnrKey__Output as _einmal_broker_v1_IdnrKey__Output } from './einmal/broker/v1/IdnrKey.js';
import type { LegalPerson as _einmal_broker_v1_LegalPerson, LegalPerson__Output as _einmal_broker_v1_LegalPerson__Output } from './einmal/broker/v1/LegalPerson.js';
import type { NameKey as _einmal_broker_v1_NameKey, NameKey__Output as _einmal_broker_v1_NameKey__Output } from './einmal/broker/v1/NameKey.js';
import type { NaturalPerson as _einmal_broker_v1_NaturalPerson, NaturalPerson__Output as _einmal_broker_v1_NaturalPerson__Output } from './einmal/broker/v1/NaturalPerson.js';
import type { NotDelivered as _einmal_broker_v1_NotDelivered, NotDelivered__Output as _einmal_broker_v1_NotDelivered__Output } from './einmal/broker/v1/NotDelivered.js';
import type { Opening as _einmal_broker_v1_Opening, Opening__Output as _einmal_broker_v1_Opening__Output } from './einmal/broker/v1/Opening.js';
import type { PrefillFormRequest as _einmal_broker_v1_PrefillFormRequest, PrefillFormRequest__Output as _einmal_broker_v1_PrefillFormRequest__Output } from './einmal/broker/v1/PrefillFormRequest.js';
import type { PrefillFormResponse as _einmal_broker_v1_PrefillFormResponse, PrefillFormResponse__Output as _einmal_broker_v1_PrefillFormResponse__Output } from './einmal/broker/v1/PrefillFormResponse.js';
import type { PrefillServiceClient as _einmal_broker_v1_PrefillServiceClient, PrefillServiceDefinition as _einmal_broker_v1_PrefillServiceDefinition } from './einmal/broker/v1/PrefillService.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from './einmal/broker/v1/Receipt.js';
import type { RegisterNumberKey as _einmal_broker_v1_RegisterNumberKey, RegisterNumberKey__Output as _einmal_broker_v1_RegisterNumberKey__Output } from './einmal/broker/v1/RegisterNumberKey.js';
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
        ErrorReason: EnumTypeDefinition
        Evidence: MessageTypeDefinition<_einmal_broker_v1_Evidence, _einmal_broker_v1_Evidence__Output>
        ExchangeState: EnumTypeDefinition
        FieldAlternative: MessageTypeDefinition<_einmal_broker_v1_FieldAlternative, _einmal_broker_v1_FieldAlternative__Output>
        FieldSource: MessageTypeDefinition<_einmal_broker_v1_FieldSource, _einmal_broker_v1_FieldSource__Output>
        FormField: MessageTypeDefinition<_einmal_broker_v1_FormField, _einmal_broker_v1_FormField__Output>
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
        Receipt: MessageTypeDefinition<_einmal_broker_v1_Receipt, _einmal_broker_v1_Receipt__Output>
        RegisterNumberKey: MessageTypeDefinition<_einmal_broker_v1_RegisterNumberKey, _einmal_broker_v1_RegisterNumberKey__Output>
        RetrievalState: EnumTypeDefinition
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

