import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { type ServerCall, waitingOf } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { toTimestamp } from '../platform/clock.js';
import type { DescribeRegisterResponse } from '../platform/rpc-types/einmal/register/v1/DescribeRegisterResponse.js';
import type { RetrieveDeferredEvidenceRequest__Output } from '../platform/rpc-types/einmal/register/v1/RetrieveDeferredEvidenceRequest.js';
import type { RetrieveDeferredEvidenceResponse } from '../platform/rpc-types/einmal/register/v1/RetrieveDeferredEvidenceResponse.js';
import type { RetrieveEvidenceRequest__Output } from '../platform/rpc-types/einmal/register/v1/RetrieveEvidenceRequest.js';
import type { RetrieveEvidenceResponse } from '../platform/rpc-types/einmal/register/v1/RetrieveEvidenceResponse.js';
import { decodeRetrieval } from './decode-retrieval.js';
import { EdgeIdentity } from './edge-identity.js';
import { type Retrieved, RetrieveEvidence } from './retrieve-evidence.js';

/** What every edge says of itself. */
@Controller()
export class DescriptionRpc {
  constructor(private readonly edge: EdgeIdentity) {}

  @GrpcMethod('RegisterService', 'DescribeRegister')
  describeRegister(): DescribeRegisterResponse {
    const { register, catalogueVersion, simulator } = this.edge;
    return {
      register: register.id,
      evidence_types: [...register.evidence_types],
      catalogue_version: catalogueVersion,
      simulator,
    };
  }
}

@Controller()
export class RegisterRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly edge: EdgeIdentity,
  ) {}

  @GrpcMethod('RegisterService', 'RetrieveEvidence')
  async retrieveEvidence(
    request: RetrieveEvidenceRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<RetrieveEvidenceResponse> {
    const decoded = decodeRetrieval(request, this.edge);
    return toWire(await this.commands.execute(new RetrieveEvidence(callerOf(call), decoded, waitingOf(call))));
  }

  @GrpcMethod('RegisterService', 'RetrieveDeferredEvidence')
  async retrieveDeferredEvidence(
    { request }: RetrieveDeferredEvidenceRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<RetrieveDeferredEvidenceResponse> {
    const decoded = decodeRetrieval(request ?? {}, this.edge);
    const command = new RetrieveEvidence(callerOf(call), decoded, waitingOf(call), true);
    return { response: toWire(await this.commands.execute(command)) };
  }
}

function toWire(retrieved: Retrieved): RetrieveEvidenceResponse {
  return 'jwe' in retrieved ? { evidence_jwe: retrieved.jwe } : { available_time: toTimestamp(retrieved.availableAt) };
}
