import { randomBytes } from 'node:crypto';
import { Controller, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock, numericDate } from '../../platform/clock.js';
import { ownPath } from '../own-path.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import type { Redirect } from '../view.js';
import type { Account } from './account.js';
import { type Identified, IdentityProvider } from './identity-provider.js';
import { Sessions } from './sessions.js';

const EVERYBODY = { roles: [] };

/** Signing in and out. The identifier of a session is another one after each sign-in. */
@Controller()
export class SignInPage {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  @ShowAt('sign-in', EVERYBODY)
  async leave(@Req() request: FastifyRequest, @Query('then') then: unknown): Promise<Redirect> {
    const { url, pending } = await this.provider.begin(ownPath(then));
    request.session.pending = pending;
    return { redirectTo: url };
  }

  @ShowAt('sign-in/return', EVERYBODY)
  async comeBack(@Req() request: FastifyRequest): Promise<Redirect> {
    const { pending } = request.session;
    if (pending === undefined) throw new PageFault('SIGN_IN_FAILED');
    // Once: whatever comes of it.
    delete request.session.pending;
    const [, query = ''] = request.url.split('?');
    const identified = await this.provider.finish(query, pending);
    await request.session.regenerate();
    request.session.account = this.accountOf(identified);
    return { redirectTo: pending.then };
  }

  /** In every browser: who signs out somewhere does not want to stay signed in elsewhere. */
  @SendTo('sign-out', EVERYBODY)
  async signOut(@Req() request: FastifyRequest): Promise<Redirect> {
    const { account } = request.session;
    if (account !== undefined) await this.sessions.endAllOf(account.signedIn.actor);
    await request.session.destroy();
    return { redirectTo: '/' };
  }

  private accountOf({ issuer, subject, role, assurance, name, person }: Identified): Account {
    return {
      signedIn: {
        id: randomBytes(16).toString('base64url'),
        role,
        assurance,
        actor: this.sessions.pseudonym(`${issuer}\n${subject}`),
        signedInAt: numericDate(this.clock.now()),
      },
      name,
      person,
      csrf: randomBytes(32).toString('base64url'),
    };
  }
}
