import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { type ServerCall, waitingOf } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import type { LookupPersonRequest__Output } from '../platform/rpc-types/einmal/register/v1/LookupPersonRequest.js';
import type { LookupPersonResponse } from '../platform/rpc-types/einmal/register/v1/LookupPersonResponse.js';
import { decodeLookup } from './decode-lookup.js';
import { EdgeIdentity } from './edge-identity.js';
import { LookupPerson } from './lookup-person.js';

@Controller()
export class DirectoryRpc {
  constructor(
    private readonly commands: CommandBus,
    private readonly edge: EdgeIdentity,
  ) {}

  @GrpcMethod('IdentityDirectoryService', 'LookupPerson')
  async lookupPerson(
    request: LookupPersonRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<LookupPersonResponse> {
    const { allowTestNumbers, lookupType: evidenceType } = this.edge;
    const decoded = decodeLookup(request, { allowTestNumbers, evidenceType });
    const { signal } = waitingOf(call);
    const { idnr, birthDate } = await this.commands.execute(new LookupPerson(callerOf(call), decoded, signal));
    return { idnr, birth_date: birthDate };
  }
}
