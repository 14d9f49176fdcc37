import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Opening as _einmal_broker_v1_Opening, Opening__Output as _einmal_broker_v1_Opening__Output } from './einmal/broker/v1/Opening.js';
import type { Receipt as _einmal_broker_v1_Receipt, Receipt__Output as _einmal_broker_v1_Receipt__Output } from './einmal/broker/v1/Receipt.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  einmal: {
    broker: {
      v1: {
        Opening: MessageTypeDefinition<_einmal_broker_v1_Opening, _einmal_broker_v1_Opening__Output>
        Receipt: MessageTypeDefinition<_einmal_broker_v1_Receipt, _einmal_broker_v1_Receipt__Output>
      }
    }
  }
}

