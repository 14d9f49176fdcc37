import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AddressKey as _einmal_broker_v1_AddressKey, AddressKey__Output as _einmal_broker_v1_AddressKey__Output } from './einmal/broker/v1/AddressKey.js';
import type { IdnrKey as _einmal_broker_v1_IdnrKey, IdnrKey__Output as _einmal_broker_v1_IdnrKey__Output } from './einmal/broker/v1/IdnrKey.js';
import type { LegalPerson as _einmal_broker_v1_LegalPerson, LegalPerson__Output as _einmal_broker_v1_LegalPerson__Output } from './einmal/broker/v1/LegalPerson.js';
import type { NameKey as _einmal_broker_v1_NameKey, NameKey__Output as _einmal_broker_v1_NameKey__Output } from './einmal/broker/v1/NameKey.js';
import type { NaturalPerson as _einmal_broker_v1_NaturalPerson, NaturalPerson__Output as _einmal_broker_v1_NaturalPerson__Output } from './einmal/broker/v1/NaturalPerson.js';
import type { RegisterNumberKey as _einmal_broker_v1_RegisterNumberKey, RegisterNumberKey__Output as _einmal_broker_v1_RegisterNumberKey__Output } from './einmal/broker/v1/RegisterNumberKey.js';
import type { Subject as _einmal_broker_v1_Subject, Subject__Output as _einmal_broker_v1_Subject__Output } from './einmal/broker/v1/Subject.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    broker: {
      v1: {
        AddressKey: MessageTypeDefinition<_einmal_broker_v1_AddressKey, _einmal_broker_v1_AddressKey__Output>
        IdnrKey: MessageTypeDefinition<_einmal_broker_v1_IdnrKey, _einmal_broker_v1_IdnrKey__Output>
        LegalPerson: MessageTypeDefinition<_einmal_broker_v1_LegalPerson, _einmal_broker_v1_LegalPerson__Output>
        NameKey: MessageTypeDefinition<_einmal_broker_v1_NameKey, _einmal_broker_v1_NameKey__Output>
        NaturalPerson: MessageTypeDefinition<_einmal_broker_v1_NaturalPerson, _einmal_broker_v1_NaturalPerson__Output>
        RegisterNumberKey: MessageTypeDefinition<_einmal_broker_v1_RegisterNumberKey, _einmal_broker_v1_RegisterNumberKey__Output>
        Subject: MessageTypeDefinition<_einmal_broker_v1_Subject, _einmal_broker_v1_Subject__Output>
      }
    }
  }
}

