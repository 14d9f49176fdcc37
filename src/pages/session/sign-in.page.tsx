import { randomBytes } from 'node:crypto';
import { Controller, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock, numericDate } from '../../platform/clock.js';
import { isFromElsewhere } from '../from-elsewhere.js';
import type { InLanguages } from '../language.js';
import { ownPathToKeep } from '../own-path.js';
import { SendTo, ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import type { Redirect, View } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import type { Account } from './account.js';
import { type Identified, IdentityProvider } from './identity-provider.js';
import { Sessions } from './sessions.js';

const EVERYBODY = { roles: [] };

type Texts = Readonly<{ title: string; goOn: string }>;

const TEXTS: InLanguages<Texts> = {
  de: { title: 'Sie sind angemeldet', goOn: 'Weiter' },
  'de-simple': { title: 'Sie sind jetzt angemeldet', goOn: 'Hier geht es weiter' },
  en: { title: 'You are signed in', goOn: 'Continue' },
};

/** Signing in and out. The identifier of a session is another one after each sign-in. */
@Controller()
export class SignInPage {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Who comes back does so from a page of ours: where another site names the page, nobody would be asked whether they want to look. */
  @ShowAt('sign-in', EVERYBODY)
  async leave(@Req() request: FastifyRequest, @Query('then') then: unknown): Promise<Redirect> {
    const { url, pending } = await this.provider.begin(isFromElsewhere(request) ? '/' : ownPathToKeep(then));
    const { account, shown } = request.session;
    // What somebody reads before they sign in takes nothing of the time for it.
    if (account === undefined && shown !== undefined) {
      await request.session.regenerate();
      request.session.shown = shown;
    }
    request.session.pending = pending;
    return { redirectTo: url };
  }

  /** Goes on from a page of ours: a redirect would let the browser say that the identity provider sent it (Fetch Metadata). */
  @ShowAt('sign-in/return', EVERYBODY)
  async comeBack(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Visiting() { language }: Visit,
  ): Promise<View> {
    const { pending, shown, account: before } = request.session;
    if (pending === undefined) throw new PageFault('SIGN_IN_FAILED');
    // Once: whatever comes of it.
    delete request.session.pending;
    const [, query = ''] = request.url.split('?');
    const identified = await this.provider.finish(query, pending);
    await request.session.regenerate();
    const account = this.accountOf(identified);
    request.session.account = account;
    // It was read by whoever was at this browser: not by whom another signed in after.
    const isSame = before === undefined || before.signedIn.actor === account.signedIn.actor;
    if (isSame && shown !== undefined) request.session.shown = shown;
    reply.header('refresh', `0;url=${pending.then}`);
    const { title, goOn } = TEXTS[language];
    return {
      title,
      body: (
        <a class="kern-btn kern-btn--primary" href={pending.then}>
          <span class="kern-label">{goOn}</span>
        </a>
      ),
    };
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
