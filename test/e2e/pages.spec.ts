import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { withClient } from '../../src/demo/database.js';
import { Seal } from '../../src/platform/secrets.js';
import { launchBrowser, SUBSTANTIAL, Visitor } from '../support/e2e-browser.js';
import { logSize } from '../support/e2e-log.js';
import { e2eSystem, named, operationalLogOf } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';
import { plantedPages } from '../support/planted-pages.js';

const { pagesUrl } = e2eSystem();
const ELSEWHERE = 'https://elsewhere.example';

let browser: Browser;
const visitors: Visitor[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const { context } of visitors.splice(0)) await context.close();
});
afterAll(() => browser.close());

async function visitor(options: Parameters<typeof Visitor.at>[1] = {}): Promise<Visitor> {
  const made = await Visitor.at(browser, options);
  visitors.push(made);
  return made;
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${pagesUrl}${path}`, { redirect: 'manual', headers });
const post = (path: string, form: Record<string, string>, headers: Record<string, string>) =>
  fetch(`${pagesUrl}${path}`, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) });

describe('the first page', () => {
  it.each(['de', 'de-simple', 'en'])(
    'can be read in %s, and says that this is no official website',
    async (language) => {
      const person = await visitor();
      const { page } = person;
      await page.goto(`/language/${language}?then=/`);
      await person.inspect(`home-${language}`);
      expect(await page.getAttribute('html', 'lang')).toBe(language === 'en' ? 'en' : 'de');
      expect(await page.textContent('.kern-kopfzeile')).toMatch(
        /keine Website einer Behörde|nicht von einem Amt|not a website/,
      );
    },
  );

  it('holds in the dark, at 320 pixels, at 200 % and without a script', async () => {
    const dark = await visitor({ colorScheme: 'dark', javaScriptEnabled: true });
    await dark.page.goto('/');
    await dark.inspect('home-dark');
    const narrow = await visitor({ viewport: { width: 320, height: 640 } });
    await narrow.page.goto('/');
    await narrow.expectReflow();
    await narrow.inspect('home-320');
    // 1280 pixels at 200 % are 640 pixels of CSS.
    const large = await visitor({
      viewport: { width: 640, height: 400 },
      deviceScaleFactor: 2,
      javaScriptEnabled: false,
    });
    await large.page.goto('/');
    expect(await large.page.locator('h1').isVisible()).toBe(true);
  });

  it('is reached with the keyboard alone, beginning with the link to the content', async () => {
    const { page } = await visitor();
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Zum Inhalt springen');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('location.hash')).toBe('#content');
  });
});

describe('signing in (OpenID Connect Core § 3.1)', () => {
  it('brings the person back to where they began, and shows them who they are', async () => {
    const person = await visitor();
    await person.signIn('mother', { back: '/?seen=1' });
    expect(person.page.url()).toBe(`${pagesUrl}/?seen=1`);
    expect(await person.page.textContent('.masthead__account')).toContain('Erika Jördis');
    await person.inspect('home-signed-in');
  });

  it('changes the identifier of the session, and the one from before opens nothing (session fixation)', async () => {
    const person = await visitor();
    await person.page.goto('/sign-in');
    const before = await person.cookie('einmal');
    await person.chooseLogin('mother');
    const after = await person.cookie('einmal');
    expect(before).toBeDefined();
    expect(after).not.toBe(before);
    const html = await (await get('/', { cookie: `einmal=${before}` })).text();
    expect(html).not.toContain('masthead__account');
  });

  it('lasts while the pages take up another key of their seal, without a restart (ADR 81)', async () => {
    const folder = named(e2eSystem().keys, 'pages');
    const before = await readFile(join(folder, 'seal.key'), 'utf8');
    const next = `${randomBytes(32).toString('base64')}\n`;
    const taken = () => operationalLogOf('pages').split('keys and certificate of the folder are in use').length;
    const put = async (file: string, text: string) => {
      const times = taken();
      await writeFile(join(folder, `${file}.next`), text, { mode: 0o600 });
      await rename(join(folder, `${file}.next`), join(folder, file));
      await eventually(
        async () => taken(),
        (it) => it > times,
      );
    };
    const [early, late] = [await visitor(), await visitor()];
    await early.signIn('mother');
    await put('digest.key', before);
    await put('seal.key', before + next);
    await put('seal.key', next + before);
    await late.signIn('mother');
    for (const { page } of [early, late]) {
      await page.goto('/');
      expect(await page.textContent('.masthead__account')).toContain('Erika Jördis');
    }
    const rows = await withClient(
      named(e2eSystem().databases, 'pages'),
      async (client) => (await client.query<{ id: string; sealed: string }>('select id, sealed from app.session')).rows,
    );
    const seal = new Seal(Buffer.from(next, 'base64'));
    expect(rows.some(({ id, sealed }) => seal.open(sealed, `einmal/pages-session/v1\n${id}\n`))).toBe(true);
  });

  it('gives the cookie to no script and to no other site, and keeps only a digest of it', async () => {
    const person = await visitor();
    await person.signIn('mother');
    const cookie = (await person.context.cookies()).find(({ name }) => name === 'einmal');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' });
    const [id = ''] = decodeURIComponent(cookie?.value ?? '').split('.');
    const rows = await withClient(named(e2eSystem().databases, 'pages'), async (client) =>
      JSON.stringify((await client.query('select * from app.session')).rows),
    );
    expect(rows).not.toContain(id);
    expect(rows).not.toContain('Erika');
  });

  it('cancelled at the provider, or with the answer of another browser, lets nobody in', async () => {
    const person = await visitor();
    await person.page.goto('/sign-in');
    await person.page.click('button[value=cancel]');
    expect(await person.page.getAttribute('[data-reason]', 'data-reason')).toBe('SIGN_IN_FAILED');
    await person.inspect('sign-in-failed');
    const other = await visitor();
    await other.page.goto('/sign-in');
    // The answer never reaches the browser that it is for.
    await other.page.route('**/sign-in/return?*', (route) => route.abort());
    const leaving = other.page.waitForRequest('**/sign-in/return?*');
    await other.chooseLogin('father').catch(() => undefined);
    const answer = (await leaving).url();
    await person.page.goto('/sign-in');
    await person.page.goto(answer);
    expect(await person.page.getAttribute('[data-reason]', 'data-reason')).toBe('SIGN_IN_FAILED');
    expect(await person.page.locator('.masthead__account').count()).toBe(0);
  });

  it('ends in every browser when the person signs out in one', async () => {
    const [one, other] = [await visitor(), await visitor()];
    await one.signIn('student');
    await other.signIn('student');
    await one.page.click('.masthead__account button');
    await one.page.waitForURL(`${pagesUrl}/`);
    await other.page.goto('/');
    for (const { page } of [one, other]) expect(await page.locator('.masthead__account').count()).toBe(0);
  });

  it.each([
    ['nobody used it for twenty minutes', "seen_at = now() - interval '21 minutes'"],
    ['its longest time is over, however busy it is', 'ends_at = now()'],
  ])('ends when %s', async (_title, change) => {
    const person = await visitor();
    await person.signIn('father');
    await withClient(named(e2eSystem().databases, 'pages'), (client) =>
      client.query(`update app.session set ${change}`),
    );
    await person.page.goto('/');
    expect(await person.page.locator('.masthead__account').count()).toBe(0);
  });
});

describe('the page about the own sign-in', () => {
  it('is for whoever is signed in, in every role', async () => {
    const person = await visitor();
    const refused = await person.page.goto('/account');
    expect(refused?.status()).toBe(403);
    expect(await person.page.getAttribute('[data-reason]', 'data-reason')).toBe('NOT_SIGNED_IN');
    await person.inspect('not-signed-in');
    await person.page.click('main .kern-btn--primary');
    await person.chooseLogin('officer-1', SUBSTANTIAL);
    await person.page.waitForURL(`${pagesUrl}/account`);
    expect(await person.page.textContent('main')).toMatch(/Datenschutzbeauftragte.*substanziell/s);
    await person.inspect('account');
  });
});

describe('a link from another site', () => {
  it('shows whoever is signed in nothing before they say that they want to see it (CSRF)', async () => {
    const person = await visitor();
    await person.signIn('officer-1', { level: SUBSTANTIAL, back: '/account' });
    const { page } = person;
    const body = `<a href="${pagesUrl}/oversight/reads">Gewinn</a>`;
    await person.context.route(`${ELSEWHERE}/*`, (route) => route.fulfill({ contentType: 'text/html', body }));
    const from = await logSize();
    await page.goto(`${ELSEWHERE}/`);
    await page.click('a');
    await page.waitForSelector('[data-reason="FROM_ELSEWHERE"]');
    await person.inspect('from-elsewhere');
    expect(await logSize()).toBe(from);
    await page.click('main .kern-btn--primary');
    await page.waitForSelector('tbody tr');
    expect(await logSize()).toBeGreaterThan(from);
  });
});

describe('a form', () => {
  it('without the token of the session, or from another origin, changes nothing (CSRF)', async () => {
    const person = await visitor();
    await person.signIn('mother', { level: SUBSTANTIAL });
    const cookie = `einmal=${await person.cookie('einmal')}`;
    const csrf = (await person.page.inputValue('input[name=csrf]')) ?? '';
    const refused = [
      await post('/sign-out', {}, { cookie, origin: pagesUrl }),
      await post('/sign-out', { csrf: 'x'.repeat(43) }, { cookie, origin: pagesUrl }),
      await post('/sign-out', { csrf }, { cookie, origin: ELSEWHERE }),
      await post('/sign-out', { csrf }, { cookie, origin: 'null' }),
      await post('/sign-out', { csrf }, { cookie }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    await person.page.reload();
    expect(await person.page.locator('.masthead__account').count()).toBe(1);
  });
});

describe('a link to elsewhere', () => {
  it.each([
    ELSEWHERE,
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/%09/elsewhere.example',
    'javascript:alert(1)',
    '/\t/elsewhere.example',
  ])('as in %j is not followed (open redirect)', async (then) => {
    const answer = await get(`/language/en?then=${encodeURIComponent(then)}`);
    expect(answer.status).toBe(303);
    const target = new URL(answer.headers.get('location') ?? '', pagesUrl);
    expect(target.origin).toBe(pagesUrl);
  });
});

describe('every answer', () => {
  it('may be framed by nobody, runs no script of its own and is kept nowhere (clickjacking)', async () => {
    for (const path of ['/', '/nothing-here', '/sign-in?then=/']) {
      const { headers } = await get(path);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
    const person = await visitor();
    await person.page.setContent(`<iframe src="${pagesUrl}/"></iframe>`);
    await person.page.waitForTimeout(300);
    expect(person.page.frames().some((frame) => frame.url().startsWith(`${pagesUrl}/`))).toBe(false);
  });

  it('shows markup in a name as text (XSS)', async () => {
    const person = await visitor();
    await person.signIn('markup');
    expect(await person.page.textContent('.masthead__account')).toContain('<img src=x onerror=alert(2)>');
    expect(person.complaints).toEqual([]);
  });

  it('runs nothing of what registers, services and officers wrote, even without the policy against scripts (XSS)', async () => {
    const { page } = await visitor();
    for (const { name, html, shown } of await plantedPages()) {
      await page.setContent(html, { waitUntil: 'domcontentloaded' });
      const seen = (await page.evaluate(`({
        ran: window.planted ?? 0,
        elements: document.querySelectorAll('img, script:not([src^="/assets/"]), [onerror]').length,
        text: document.body.textContent,
      })`)) as Readonly<{ ran: number; elements: number; text: string }>;
      expect({ name, ...seen, text: '' }).toEqual({ name, ran: 0, elements: 0, text: '' });
      expect(shown.filter((it) => !seen.text.includes(it))).toEqual([]);
    }
  });

  it('about what does not exist is a page with a reason', async () => {
    const person = await visitor();
    const answer = await person.page.goto('/nothing-here');
    expect(answer?.status()).toBe(404);
    expect(await person.page.getAttribute('[data-reason]', 'data-reason')).toBe('NOT_FOUND');
    await person.inspect('not-found');
  });

  it('link files that are sent compressed, and by a name of their content, so that the browser may keep them (RFC 8246)', async () => {
    const html = await (await get('/')).text();
    const linked = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(linked.length).toBeGreaterThan(2);
    const [, named = ''] = /^(\/assets\/[0-9a-f]{16})\//.exec(linked[0] ?? '') ?? [];
    const font = `${named}/kern/fonts/fira-sans/FiraSans-Regular.woff2`;
    for (const path of [...linked, `${named}/check.js`, font]) {
      const { status, headers } = await get(path);
      expect({ path, status, cached: headers.get('cache-control') }).toEqual({
        ...{ path, status: 200, cached: 'public, max-age=31536000, immutable' },
      });
      const isFont = path.endsWith('.woff2');
      expect({ path, encoding: headers.get('content-encoding') !== null }).toEqual({ path, encoding: !isFont });
    }
  });

  it('serve what another release linked while both run, to be asked for again each time, and nothing beside these files', async () => {
    const [, named = ''] = /"(\/assets\/[0-9a-f]{16})\//.exec(await (await get('/')).text()) ?? [];
    for (const path of ['/assets/0123456789abcdef/einmal.css', '/assets/einmal.css']) {
      const { status, headers } = await get(path);
      expect({ path, status, cached: headers.get('cache-control') }).toEqual({ path, status: 200, cached: 'no-cache' });
    }
    for (const path of [`${named}/nothing.css`, `${named}/..%2fpages-config.ts`, `${named}/kern/..%2fpackage.json`]) {
      const { status, headers } = await get(path);
      const isKept = headers.get('cache-control') !== 'no-store';
      expect({ path, isKept, isRefused: [403, 404].includes(status) }).toEqual({
        path,
        isKept: false,
        isRefused: true,
      });
    }
  });
});

it('the operational log of the pages names nobody', () => {
  const log = operationalLogOf('pages');
  for (const name of ['Erika', 'Mustermann', 'Björn', 'script']) expect(log).not.toContain(name);
});
