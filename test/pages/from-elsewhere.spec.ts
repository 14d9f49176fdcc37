import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { ADMISSION, type Admission } from '../../src/pages/page-at.js';
import { pagesModule } from '../../src/pages/pages.module.js';
import { PagesSettings } from '../../src/pages/pages-settings.js';
import type { IdentityProvider } from '../../src/pages/session/identity-provider.js';
import type { Sessions } from '../../src/pages/session/sessions.js';
import { SignInPage } from '../../src/pages/session/sign-in.page.js';
import { FaultPage } from '../../src/pages/shell/fault-page.js';
import { VisitGuard } from '../../src/pages/visit.guard.js';
import { SystemClock } from '../../src/platform/clock.js';

type Page = Readonly<{ path: string; handler: () => unknown; admission: Admission }>;

/** Each page of these pages by its method, as Nest finds it. */
const pages = (pagesModule([]).controllers ?? []).flatMap(({ prototype }) =>
  Object.getOwnPropertyNames(prototype).flatMap((name): readonly Page[] => {
    const handler = prototype[name] as () => unknown;
    const admission = Reflect.getMetadata(ADMISSION, handler) as Admission | undefined;
    return admission ? [{ path: String(Reflect.getMetadata(PATH_METADATA, handler)), handler, admission }] : [];
  }),
);
const signedInOnly = pages.filter(({ admission }) => admission.roles.length > 0);

function visit({ handler, admission }: Page, site: string | undefined, isSignedIn = true): () => boolean {
  const account = { signedIn: { role: admission.roles[0], assurance: 'high' } };
  const headers = { origin: 'https://pages.example', ...(site !== undefined && { 'sec-fetch-site': site }) };
  const request = { method: 'GET', url: '/', headers, session: isSignedIn ? { account } : {} };
  const context = { switchToHttp: () => ({ getRequest: () => request }), getHandler: () => handler };
  const guard = new VisitGuard(new Reflector(), new PagesSettings('https://pages.example', 'pages'));
  return () => guard.canActivate(context as unknown as ExecutionContext);
}

describe('a link on another site (CSRF)', () => {
  it.each(['cross-site', 'same-site'])(
    'has nobody who is signed in look at anything: they are asked first (%s)',
    (site) => {
      const asked = signedInOnly.filter(({ admission }) => !admission.isEntry);
      expect(asked.map(({ path }) => path)).toEqual(
        expect.arrayContaining([
          'oversight/entries/:index',
          'oversight',
          'data/result',
          'data/export/pdf',
          'decisions',
        ]),
      );
      for (const page of asked)
        expect(visit(page, site)).toThrow(expect.objectContaining({ reason: 'FROM_ELSEWHERE' }));
    },
  );

  it('asks before signing in: who signs in has not said that they want to look', () => {
    for (const page of signedInOnly.filter(({ admission }) => !admission.isEntry)) {
      expect(visit(page, 'cross-site', false)).toThrow(expect.objectContaining({ reason: 'FROM_ELSEWHERE' }));
      expect(visit(page, 'same-origin', false)).toThrow(expect.objectContaining({ reason: 'NOT_SIGNED_IN' }));
    }
  });

  it.each([
    ['cross-site', '/'],
    ['same-site', '/'],
    ['same-origin', '/data/export/pdf?register=1'],
    ['none', '/data/export/pdf?register=1'],
  ])('does not name the page that is shown after signing in (%s)', async (site, then) => {
    const begun: string[] = [];
    const begin = async (path: string) => {
      begun.push(path);
      return { url: 'https://idp.example', pending: undefined };
    };
    const request = { headers: { 'sec-fetch-site': site }, session: {} } as unknown as FastifyRequest;
    const page = new SignInPage({ begin } as unknown as IdentityProvider, {} as Sessions, new SystemClock());
    await page.leave(request, '/data/export/pdf?register=1');
    expect(begun).toEqual([then]);
  });

  it('is followed once it is confirmed, however long the address is, and stays at these pages', () => {
    const asked = (path: string) =>
      renderToString(FaultPage({ reason: 'FROM_ELSEWHERE', visit: { language: 'de', path, account: undefined } }));
    const path = `/data/export/pdf?register=${'a'.repeat(2000)}`;
    expect(asked(path)).toContain(`href="${path}"`);
    expect(asked(`//elsewhere.example/${'a'.repeat(2000)}`)).toContain('href="/"');
  });

  it('leads to the two pages to which online services and portals send people', () => {
    const entries = signedInOnly.filter(({ admission }) => admission.isEntry);
    expect(entries.map(({ path }) => path).toSorted()).toEqual(['data', 'preview/:exchange']);
    for (const page of entries) expect(visit(page, 'cross-site')()).toBe(true);
  });

  it.each(['same-origin', 'none', undefined])(
    'is none where these pages, or the address bar, lead there: %s',
    (site) => {
      for (const page of signedInOnly) expect(visit(page, site)()).toBe(true);
    },
  );
});
