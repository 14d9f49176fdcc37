import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AddressKey as _einmal_register_v1_AddressKey, AddressKey__Output as _einmal_register_v1_AddressKey__Output } from './einmal/register/v1/AddressKey.js';
import type { IdentityDirectoryServiceClient as _einmal_register_v1_IdentityDirectoryServiceClient, IdentityDirectoryServiceDefinition as _einmal_register_v1_IdentityDirectoryServiceDefinition } from './einmal/register/v1/IdentityDirectoryService.js';
import type { IdnrKey as _einmal_register_v1_IdnrKey, IdnrKey__Output as _einmal_register_v1_IdnrKey__Output } from './einmal/register/v1/IdnrKey.js';
import type { LookupPersonRequest as _einmal_register_v1_LookupPersonRequest, LookupPersonRequest__Output as _einmal_register_v1_LookupPersonRequest__Output } from './einmal/register/v1/LookupPersonRequest.js';
import type { LookupPersonResponse as _einmal_register_v1_LookupPersonResponse, LookupPersonResponse__Output as _einmal_register_v1_LookupPersonResponse__Output } from './einmal/register/v1/LookupPersonResponse.js';
import type { NameKey as _einmal_register_v1_NameKey, NameKey__Output as _einmal_register_v1_NameKey__Output } from './einmal/register/v1/NameKey.js';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from './google/protobuf/Timestamp.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    register: {
      v1: {
        AddressKey: MessageTypeDefinition<_einmal_register_v1_AddressKey, _einmal_register_v1_AddressKey__Output>
        /**
         * The identity directory (the IDA role). Answers exactly the three key sets of IDNrG § 6 Abs. 3 and never with candidates.
         */
        IdentityDirectoryService: SubtypeConstructor<typeof grpc.Client, _einmal_register_v1_IdentityDirectoryServiceClient> & { service: _einmal_register_v1_IdentityDirectoryServiceDefinition }
        IdnrKey: MessageTypeDefinition<_einmal_register_v1_IdnrKey, _einmal_register_v1_IdnrKey__Output>
        LookupPersonRequest: MessageTypeDefinition<_einmal_register_v1_LookupPersonRequest, _einmal_register_v1_LookupPersonRequest__Output>
        LookupPersonResponse: MessageTypeDefinition<_einmal_register_v1_LookupPersonResponse, _einmal_register_v1_LookupPersonResponse__Output>
        NameKey: MessageTypeDefinition<_einmal_register_v1_NameKey, _einmal_register_v1_NameKey__Output>
      }
    }
  }
  google: {
    protobuf: {
      Timestamp: MessageTypeDefinition<_google_protobuf_Timestamp, _google_protobuf_Timestamp__Output>
    }
  }
}

