import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { ACCESS_LIFETIME_S, issueAccessToken, verifyClientAssertion } from '../tokens/access-token.js';
import { TokenFault } from '../tokens/jws.js';
import { AssertionStore } from './assertion-store.js';
import { CallerLock, callerLocked } from './caller-lock.js';
import { NodeIdentity } from './node-identity.js';

export type AccessTokenAnswer = Readonly<{ access_token: string; token_type: 'Bearer'; expires_in: number }>;

/** OAuth 2 client credentials with a signed assertion over mutual TLS (RFC 7523bis, RFC 8705). */
export class IssueAccessToken extends Command<AccessTokenAnswer | undefined> {
  constructor(
    readonly caller: Caller,
    readonly assertion: string,
    /** What an administrator signed to end the lock of this caller. */
    readonly unlock: string | undefined,
  ) {
    super();
  }
}

/**
 * Undefined: `invalid_client`. Why is in the log only; a stranger learns nothing. Throws Fault CALLER_LOCKED, which says
 * nothing but to whom it concerns.
 */
@CommandHandler(IssueAccessToken)
export class IssueAccessTokenHandler implements ICommandHandler<IssueAccessToken> {
  constructor(
    private readonly node: NodeIdentity,
    private readonly catalogue: CurrentCatalogue,
    private readonly assertions: AssertionStore,
    private readonly lock: CallerLock,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, assertion, unlock }: IssueAccessToken): Promise<AccessTokenAnswer | undefined> {
    const client = caller.participant.id;
    const nowMs = this.clock.now();
    const locked = await this.lock.lockOf(client);
    if (locked !== undefined && unlock === undefined) throw callerLocked(locked);
    try {
      const { jti, exp } = await verifyClientAssertion(assertion, {
        client,
        issuer: this.node.issuer,
        keys: await this.catalogue.verificationKeys(client, 'client-assertion'),
        nowMs,
      });
      if (!(await this.assertions.useOnce(client, jti, exp * 1000))) {
        await this.lock.failed(client, 'REPLAY');
        return undefined;
      }
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error;
      await this.lock.failed(client, error.code);
      return undefined;
    }
    if (locked === undefined) await this.lock.right(client);
    else await this.lock.lift(client, locked, unlock ?? '');
    const { token } = await issueAccessToken(
      { client, certificate: caller.thumbprint },
      { issuer: this.node.issuer, key: this.node.accessTokenKey, nowMs },
    );
    return { access_token: token, token_type: 'Bearer', expires_in: ACCESS_LIFETIME_S };
  }
}
