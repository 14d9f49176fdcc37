import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ASSURANCES } from '../catalogue/catalogue.js';
import { isFromElsewhere } from './from-elsewhere.js';
import { LANGUAGE_COOKIE, languageOf } from './language.js';
import { ADMISSION, type Admission } from './page-at.js';
import { PageFault } from './page-fault.js';
import { PagesSettings } from './pages-settings.js';
import type { Account } from './session/account.js';

/** Who visits, whether they may see this page, and whether a form is one of ours. What has no admission is shown to nobody. */
@Injectable()
export class VisitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly settings: PagesSettings,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const account = request.session?.account;
    request.visit = visitOf(request);
    const admission = this.reflector.get<Admission | undefined>(ADMISSION, context.getHandler());
    if (admission === undefined) throw new PageFault('NOT_FOUND');
    if (request.method !== 'GET') this.demandOwnForm(request, account);
    // First: to sign in is no answer to the question whether one wants to look.
    if (admission.roles.length > 0 && !admission.isEntry) demandOwnSite(request);
    demandAdmitted(account, admission);
    return true;
  }

  /** OWASP: the origin, and a token of the session that no other site can read. */
  private demandOwnForm(request: FastifyRequest, account: Account | undefined): void {
    if (request.headers.origin !== this.settings.url) throw new PageFault('FORM_NOT_VALID');
    if (account === undefined) return;
    const given = isRecord(request.body) ? request.body.csrf : undefined;
    const [a, b] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(account.csrf)];
    if (a.length !== b.length || !timingSafeEqual(a, b)) throw new PageFault('FORM_NOT_VALID');
  }
}

/** Also for error pages, which are shown where no guard has run. */
export function visitOf(request: FastifyRequest) {
  return {
    language: languageOf(request.cookies?.[LANGUAGE_COOKIE]),
    path: request.method === 'GET' ? request.url : '/',
    account: request.session?.account,
  };
}

function demandAdmitted(account: Account | undefined, { roles, assurance }: Admission): void {
  if (roles.length === 0) return;
  if (account === undefined) throw new PageFault('NOT_SIGNED_IN');
  if (!roles.includes(account.signedIn.role)) throw new PageFault('ROLE_NOT_ALLOWED');
  if (assurance !== undefined && ASSURANCES.indexOf(account.signedIn.assurance) < ASSURANCES.indexOf(assurance))
    throw new PageFault('ASSURANCE_TOO_LOW');
}

/** To look may ask registers and is on record, and a cookie of the kind `Lax` comes along with a link: no page elsewhere may have somebody look. */
function demandOwnSite(request: FastifyRequest): void {
  if (isFromElsewhere(request)) throw new PageFault('FROM_ELSEWHERE');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
