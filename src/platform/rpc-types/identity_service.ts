import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AddressKey as _einmal_broker_v1_AddressKey, AddressKey__Output as _einmal_broker_v1_AddressKey__Output } from './einmal/broker/v1/AddressKey.js';
import type { IdentityServiceClient as _einmal_broker_v1_IdentityServiceClient, IdentityServiceDefinition as _einmal_broker_v1_IdentityServiceDefinition } from './einmal/broker/v1/IdentityService.js';
import type { IdnrKey as _einmal_broker_v1_IdnrKey, IdnrKey__Output as _einmal_broker_v1_IdnrKey__Output } from './einmal/broker/v1/IdnrKey.js';
import type { LegalPerson as _einmal_broker_v1_LegalPerson, LegalPerson__Output as _einmal_broker_v1_LegalPerson__Output } from './einmal/broker/v1/LegalPerson.js';
import type { NameKey as _einmal_broker_v1_NameKey, NameKey__Output as _einmal_broker_v1_NameKey__Output } from './einmal/broker/v1/NameKey.js';
import type { NaturalPerson as _einmal_broker_v1_NaturalPerson, NaturalPerson__Output as _einmal_broker_v1_NaturalPerson__Output } from './einmal/broker/v1/NaturalPerson.js';
import type { Opening as _einmal_broker_v1_Opening, Opening__Output as _einmal_broker_v1_Opening__Output } from './einmal/broker/v1/Opening.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from './einmal/broker/v1/Receipt.js';
import type { RegisterNumberKey as _einmal_broker_v1_RegisterNumberKey, RegisterNumberKey__Output as _einmal_broker_v1_RegisterNumberKey__Output } from './einmal/broker/v1/RegisterNumberKey.js';
import type { ResolveIdentityRequest as _einmal_broker_v1_ResolveIdentityRequest, ResolveIdentityRequest__Output as _einmal_broker_v1_ResolveIdentityRequest__Output } from './einmal/broker/v1/ResolveIdentityRequest.js';
import type { ResolveIdentityResponse as _einmal_broker_v1_ResolveIdentityResponse, ResolveIdentityResponse__Output as _einmal_broker_v1_ResolveIdentityResponse__Output } from './einmal/broker/v1/ResolveIdentityResponse.js';
import type { ResolvedSubject as _einmal_broker_v1_ResolvedSubject, ResolvedSubject__Output as _einmal_broker_v1_ResolvedSubject__Output } from './einmal/broker/v1/ResolvedSubject.js';
import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from './einmal/broker/v1/Subject.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    broker: {
      v1: {
        AddressKey: MessageTypeDefinition<_einmal_broker_v1_AddressKey, _einmal_broker_v1_AddressKey__Output>
        /**
         * Finds the one person that a lawful key set means, so that the consumer need not hold an identification number.
         */
        IdentityService: SubtypeConstructor<typeof grpc.Client, _einmal_broker_v1_IdentityServiceClient> & { service: _einmal_broker_v1_IdentityServiceDefinition }
        IdnrKey: MessageTypeDefinition<_einmal_broker_v1_IdnrKey, _einmal_broker_v1_IdnrKey__Output>
        LegalPerson: MessageTypeDefinition<_einmal_broker_v1_LegalPerson, _einmal_broker_v1_LegalPerson__Output>
        NameKey: MessageTypeDefinition<_einmal_broker_v1_NameKey, _einmal_broker_v1_NameKey__Output>
        NaturalPerson: MessageTypeDefinition<_einmal_broker_v1_NaturalPerson, _einmal_broker_v1_NaturalPerson__Output>
        Opening: MessageTypeDefinition<_einmal_broker_v1_Opening, _einmal_broker_v1_Opening__Output>
        Receipt: MessageTypeDefinition<_einmal_broker_v1_Receipt, _einmal_broker_v1_Receipt__Output>
        RegisterNumberKey: MessageTypeDefinition<_einmal_broker_v1_RegisterNumberKey, _einmal_broker_v1_RegisterNumberKey__Output>
        ResolveIdentityRequest: MessageTypeDefinition<_einmal_broker_v1_ResolveIdentityRequest, _einmal_broker_v1_ResolveIdentityRequest__Output>
        ResolveIdentityResponse: MessageTypeDefinition<_einmal_broker_v1_ResolveIdentityResponse, _einmal_broker_v1_ResolveIdentityResponse__Output>
        ResolvedSubject: MessageTypeDefinition<_einmal_broker_v1_ResolvedSubject, _einmal_broker_v1_ResolvedSubject__Output>
        Subject: MessageTypeDefinition<_einmal_broker_v1_Subject, _einmal_broker_v1_Subject__Output>
      }
    }
  }
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
}

