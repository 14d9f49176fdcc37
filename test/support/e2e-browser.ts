import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { e2eSystem } from './e2e-system.js';
import { Keyboard } from './keyboard.js';
import { expectWithinBudget } from './page-budget.js';

const SCREENSHOTS = join(fileURLToPath(new URL('../..', import.meta.url)), 'data', 'screenshots');
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const HIGH = 'http://eidas.europa.eu/LoA/high';
export const LOW = 'http://eidas.europa.eu/LoA/low';
export const SUBSTANTIAL = 'http://eidas.europa.eu/LoA/substantial';

/** One Chromium for the tests of a file; each visitor has an own profile in it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.EINMAL_TEST_CHROMIUM;
  if (executablePath === undefined) throw new Error('there is no Chromium: run the e2e project');
  // Its own recommended arguments switch off what is tested here; the sandbox does not work as root.
  return chromium.launch({ executablePath, args: ['--no-sandbox'], headless: true });
}

/** Somebody at a browser. What the browser complains about, and every request to another host, is remembered. */
export class Visitor {
  readonly complaints: string[] = [];
  readonly keyboard: Keyboard;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    this.keyboard = new Keyboard(page);
  }

  static async at(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: e2eSystem().pagesUrl, locale: 'de-DE', ...options });
    const page = await context.newPage();
    const visitor = new Visitor(context, page);
    // A page that is refused on purpose is told by its status; everything else is a fault.
    page.on('console', (message) => {
      if (!/^Failed to load resource: the server responded with a status of (4|503)/.test(message.text()))
        visitor.complaints.push(message.text());
    });
    page.on('pageerror', (error) => visitor.complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      visitor.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await context.route(
      ({ hostname, protocol }) => hostname !== 'localhost' && protocol.startsWith('http'),
      (route) => {
        visitor.complaints.push(`asked ${route.request().url()}`);
        return route.abort();
      },
    );
    return visitor;
  }

  /** Signs in at the simulated identity provider and comes back. */
  async signIn(login: string, { level = HIGH, back = '/' } = {}): Promise<void> {
    await this.page.goto(`/sign-in?then=${encodeURIComponent(back)}`);
    await this.chooseLogin(login, level);
    const { pagesUrl } = e2eSystem();
    await this.page.waitForURL(({ origin, pathname }) => origin === pagesUrl && !pathname.startsWith('/sign-in'));
    await this.goOnToLookup();
  }

  /** Where the page first shows by which text its visitor is looked up. */
  async goOnToLookup(): Promise<void> {
    const shown = this.page.locator('[data-lookup] a');
    if ((await shown.count()) === 0) return;
    await shown.click();
    await this.page.waitForSelector('main:not(:has([data-lookup]))');
  }

  /** The texts on the page of which it says that they are signed, word for word. */
  signedTexts(): Promise<readonly string[]> {
    return this.page.$$eval('[data-signed]', (shown) => shown.map((it) => it.textContent ?? ''));
  }

  /** On the page of the simulator. */
  async chooseLogin(login: string, level = HIGH): Promise<void> {
    await this.page.check(`input[name=login][value="${login}"]`);
    await this.page.check(`input[name=level][value="${level}"]`);
    await this.page.click('button[value=enter]');
  }

  async picture(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.evaluate('document.fonts.ready');
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  }

  /** What every page is held to, and a picture to look at. */
  async inspect(name: string): Promise<void> {
    // First: for the picture the window grows, and everything moves.
    await expectWithinBudget(this.page);
    await this.picture(name);
    await this.expectAccessible();
  }

  /** The same without a picture. */
  async expectSound(): Promise<void> {
    await expectWithinBudget(this.page);
    await this.expectAccessible();
  }

  /** WCAG 2.2 AA, as far as axe knows it. */
  async expectAccessible(): Promise<void> {
    // What holds is not asked for in full, and without frames no second page puts results together: both only take time.
    const { violations } = await new AxeBuilder({ page: this.page })
      .options({ resultTypes: ['violations'] })
      .withTags(WCAG_2_2_AA)
      .setLegacyMode()
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    expect(this.complaints).toEqual([]);
  }

  /** Nothing needs to be scrolled sideways (WCAG 1.4.10); what sticks out is named. */
  async expectReflow(): Promise<void> {
    const [wide, seen, out] = (await this.page.evaluate(`[
      document.documentElement.scrollWidth,
      window.innerWidth,
      [...document.querySelectorAll('main *')]
        .filter((it) => it.getBoundingClientRect().right > window.innerWidth + 1)
        .map((it) => it.outerHTML.slice(0, 120)),
    ]`)) as [number, number, readonly string[]];
    expect({ isWider: wide > seen, out: wide > seen ? out : [] }).toEqual({ isWider: false, out: [] });
  }

  /** On paper nothing can be pressed, scrolled to, or opened. */
  async expectOnPaper(): Promise<void> {
    await this.expectReflow();
    const [cut, pressed, torn] = (await this.page.evaluate(`(() => {
      const shown = [...document.querySelectorAll('body *')].filter((it) => it.checkVisibility());
      const isCut = (it) => {
        const { overflowX, overflowY } = getComputedStyle(it);
        return (overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1)
          || (overflowY !== 'visible' && it.scrollHeight > it.clientHeight + 1);
      };
      const named = (it) => it.outerHTML.slice(0, 120);
      const isTorn = (it) => {
        const words = it.firstChild instanceof Text ? [...it.textContent.matchAll(/\\p{L}+/gu)] : [];
        return words.some(({ 0: word, index }) => {
          const range = document.createRange();
          range.setStart(it.firstChild, index);
          range.setEnd(it.firstChild, index + word.length);
          return range.getClientRects().length > 1;
        });
      };
      return [
        shown.filter((it) => it.closest('main') && !it.closest('.kern-sr-only') && isCut(it)).map(named),
        shown.filter((it) => it.matches('nav, .kern-btn, .filters, .skip-link')).map(named),
        shown.filter((it) => it.matches('th') && isTorn(it)).map((it) => it.textContent),
      ];
    })()`)) as [readonly string[], readonly string[], readonly string[]];
    expect({ cut, pressed, torn }).toEqual({ cut: [], pressed: [], torn: [] });
    expect(await this.page.locator('main h1').isVisible()).toBe(true);
  }

  async cookie(name: string): Promise<string | undefined> {
    return (await this.context.cookies()).find((it) => it.name === name)?.value;
  }
}
