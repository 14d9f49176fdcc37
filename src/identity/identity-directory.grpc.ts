import type { AuditReceipt } from '../audit/log-store.js';
import { toTimestamp } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import { type CallLimits, limited, RpcFailure, unary } from '../platform/grpc-client.js';
import type { IdentityDirectoryServiceClient } from '../platform/rpc-types/einmal/register/v1/IdentityDirectoryService.js';
import type { LookupPersonRequest } from '../platform/rpc-types/einmal/register/v1/LookupPersonRequest.js';
import type { LookupPersonResponse__Output } from '../platform/rpc-types/einmal/register/v1/LookupPersonResponse.js';
import type { LookupRequest } from '../tokens/register-request.js';
import { type FoundPerson, IdentityDirectory } from './identity-directory.js';

export class GrpcIdentityDirectory extends IdentityDirectory {
  constructor(
    private readonly clientOf: (register: string) => IdentityDirectoryServiceClient,
    private readonly limits: CallLimits,
  ) {
    super();
  }

  override async lookup(
    _receipt: AuditReceipt,
    request: LookupRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    call: Readonly<{ deadline: number; signal: AbortSignal }>,
  ): Promise<FoundPerson | undefined> {
    try {
      const client = this.clientOf(request.register);
      const answer = await unary<LookupPersonResponse__Output>(
        (m, o, done) => client.LookupPerson(toWire(request, tokens), m, o, done),
        limited(call, this.limits),
      );
      if (answer.idnr === undefined || answer.birth_date === undefined) throw outage('IDENTITY_DIRECTORY_UNAVAILABLE');
      return { idnr: answer.idnr, birth_date: answer.birth_date };
    } catch (error) {
      if (error instanceof Fault) throw error;
      if (!(error instanceof RpcFailure)) throw outage('IDENTITY_DIRECTORY_UNAVAILABLE', error);
      if (error.reason === 'SUBJECT_NOT_AVAILABLE') return undefined;
      if (error.isOutage || error.reason === undefined || error.reason === 'INTERNAL')
        throw outage('IDENTITY_DIRECTORY_UNAVAILABLE', error);
      throw new Fault('REGISTER_REFUSED', { cause: error });
    }
  }
}

function toWire(
  request: LookupRequest,
  tokens: Readonly<{ permission: string; trigger: string }>,
): LookupPersonRequest {
  const { key, nonce, issued_at, commitment_salt, representative_idnr, ...stated } = request;
  const { set, ...fields } = key;
  return {
    ...stated,
    [`${set}_key`]: fields,
    commitment_salt: Buffer.from(commitment_salt, 'base64url'),
    ...(representative_idnr === null ? {} : { representative_idnr }),
    nonce: Buffer.from(nonce, 'base64url'),
    issue_time: toTimestamp(issued_at),
    permission_token: tokens.permission,
    trigger_token: tokens.trigger,
  };
}
