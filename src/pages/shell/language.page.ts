import { Controller, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LANGUAGE_COOKIE, LANGUAGES } from '../language.js';
import { ownPath } from '../own-path.js';
import { ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import type { Redirect } from '../view.js';

const MAX_AGE_S = 31_536_000;

/** Remembers the language in the browser, and nowhere else. */
@Controller()
export class LanguagePage {
  @ShowAt('language/:language', { roles: [] })
  choose(
    @Param('language') language: string,
    @Query('then') then: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Redirect {
    if (!LANGUAGES.some((it) => it === language)) throw new PageFault('NOT_FOUND');
    reply.setCookie(LANGUAGE_COOKIE, language, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: MAX_AGE_S });
    return { redirectTo: ownPath(then) };
  }
}
