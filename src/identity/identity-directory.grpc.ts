import type { AuditReceipt } from '../audit/log-store.js';
import type { RegisterStatement } from '../audit/record.js';
import type { Waiting } from '../platform/call.js';
import { toTimestamp } from '../platform/clock.js';
import { Fault, outage } from '../platform/fault.js';
import { type CallLimits, limited, type Outcome, RpcFailure } from '../platform/grpc-client.js';
import { NotAsked, SharedParties } from '../platform/guard/shared-party.js';
import { type Patience, patientUnary } from '../platform/patience.js';
import type { Reason } from '../platform/reasons.js';
import type { IdentityDirectoryServiceClient } from '../platform/rpc-types/einmal/register/v1/IdentityDirectoryService.js';
import type { LookupPersonRequest } from '../platform/rpc-types/einmal/register/v1/LookupPersonRequest.js';
import type { LookupPersonResponse__Output } from '../platform/rpc-types/einmal/register/v1/LookupPersonResponse.js';
import type { LookupRequest } from '../tokens/register-request.js';
import { type FoundPerson, IdentityDirectory } from './identity-directory.js';

/** Where a directory that has enough does not say for how long. */
const DEFAULT_DELAY_MS = 60_000;

export class GrpcIdentityDirectory extends IdentityDirectory {
  constructor(
    private readonly clientOf: (register: string) => IdentityDirectoryServiceClient,
    private readonly limits: CallLimits,
    private readonly patience: Patience,
    private readonly parties: SharedParties,
  ) {
    super();
  }

  override demandAskable(register: string, call: Waiting): void {
    try {
      this.parties.of(register).demandAskable(limited(call, this.limits).deadline);
    } catch (error) {
      throw unavailable(error);
    }
  }

  override async turn(register: string, call: Waiting): Promise<void> {
    try {
      await this.parties.of(register).turn(limited(call, this.limits));
    } catch (error) {
      throw unavailable(error);
    }
  }

  override async lookup(
    _receipt: AuditReceipt,
    request: LookupRequest,
    tokens: Readonly<{ permission: string; trigger: string }>,
    { late, ...call }: Parameters<IdentityDirectory['lookup']>[3],
  ): Promise<FoundPerson | undefined> {
    const hear = (outcome: Outcome<LookupPersonResponse__Output>) => {
      const statement = statementOf(outcome);
      if (statement.answered !== 'none') late(statement);
    };
    try {
      const client = this.clientOf(request.register);
      const within = limited(call, this.limits);
      const ask = () =>
        patientUnary<LookupPersonResponse__Output>(
          (m, o, done) => client.LookupPerson(toWire(request, tokens), m, o, done),
          within,
          this.patience,
          hear,
        );
      // Only what did not arrive: a second access would need an entry of its own.
      const answer = await this.parties.of(request.register).callTwice(within, ask, ({ isUnsent }) => isUnsent);
      if (answer.idnr === undefined || answer.birth_date === undefined) throw outage('IDENTITY_DIRECTORY_UNAVAILABLE');
      return { idnr: answer.idnr, birth_date: answer.birth_date };
    } catch (error) {
      if (error instanceof Fault) throw error;
      if (!(error instanceof RpcFailure)) throw unavailable(error);
      if (error.reason === 'SUBJECT_NOT_AVAILABLE') return undefined;
      if (error.reason === 'REGISTER_RATE_LIMITED')
        throw outage('REGISTER_RATE_LIMITED', error, error.retryDelayMs ?? DEFAULT_DELAY_MS);
      if (hasRefused(error)) throw new Fault('REGISTER_REFUSED', { cause: error });
      throw unavailable(error);
    }
  }
}

function unavailable(error: unknown): Fault {
  return outage('IDENTITY_DIRECTORY_UNAVAILABLE', error, error instanceof NotAsked ? error.delayMs : undefined);
}

/** What the log keeps of an answer that came late. */
function statementOf(outcome: Outcome<LookupPersonResponse__Output>): RegisterStatement {
  if ('answer' in outcome) return { answered: 'evidence' };
  const { failure } = outcome;
  if (failure.reason === 'SUBJECT_NOT_AVAILABLE') return { answered: 'not_available' };
  return hasRefused(failure) ? { answered: 'refused', register_reason: failure.reason } : { answered: 'none' };
}

function hasRefused(failure: RpcFailure): failure is RpcFailure & Readonly<{ reason: Reason }> {
  if (failure.reason === 'REGISTER_RATE_LIMITED') return true;
  return !failure.isOutage && failure.reason !== undefined && failure.reason !== 'INTERNAL';
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
