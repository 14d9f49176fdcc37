import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** Of what the Tab key stops at. */
const SEEN = { isVisible: true, isOnScreen: true, isInOrder: true };
/** The Tab key stops at each part of these, and each time the browser names the whole. */
const OF_PARTS = 'input:is([type=date], [type=datetime-local], [type=time])';
const PARTS_MOST = 9;
const PRESSES_MOST = 400;
const OPTIONS_MOST = 100;
const LOOKS_MOST = 60;
const FRAME_MS = 17;

type Stop = Readonly<typeof SEEN & { what: string; isThere: boolean; isNew: boolean; isOut: boolean }>;

/**
 * Somebody without a mouse: goes on with the Tab key, from where they are, and presses, chooses and writes. Each stop on the
 * way is seen, on the screen, and stands behind the one before (WCAG 2.1.1, 2.4.3, 2.4.7).
 */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** @throws where the way ends before it gets there: it is not reached, or stands before what is focused */
  async to(selector: string): Promise<void> {
    if ((await this.stop(selector)).isThere) return;
    for (let presses = 0; presses < PRESSES_MOST; presses += 1) {
      const { isThere, isOut } = await this.next(selector);
      if (isThere) return;
      if (isOut) break;
    }
    throw new Error(`the Tab key does not get to ${selector}`);
  }

  /** A link, a button, a summary. */
  async press(selector: string): Promise<void> {
    await this.to(selector);
    await this.page.keyboard.press('Enter');
  }

  /** Instead of what stood there. */
  async write(selector: string, text: string): Promise<void> {
    await this.to(selector);
    await this.page.keyboard.press('Control+A');
    if (text === '') await this.page.keyboard.press('Delete');
    else await this.page.keyboard.type(text);
  }

  /** What was copied elsewhere. */
  async paste(selector: string, text: string): Promise<void> {
    await this.to(selector);
    await this.page.keyboard.insertText(text);
  }

  /** In a list that stays closed, as a browser on Linux and Windows has it. */
  async pick(selector: string, value: string): Promise<void> {
    await this.to(selector);
    await this.page.keyboard.press('Home');
    await this.until(value, 'ArrowDown');
  }

  /** One of several radio buttons: the Tab key stops at one of them, arrows go on to the others. */
  async choose(name: string, value: string): Promise<void> {
    await this.to(`input[name="${name}"]`);
    await this.page.keyboard.press('Space');
    await this.until(value, 'ArrowDown');
    expect(await this.focused('it.checked')).toBe(true);
  }

  /** A check box: the other way round. */
  async toggle(selector: string): Promise<void> {
    await this.to(selector);
    await this.page.keyboard.press('Space');
  }

  /** @param local date and time as the input has them, with seconds where it takes seconds. The browser's own parts are those of en-US */
  async date(selector: string, local: string): Promise<void> {
    await this.to(selector);
    const [, year = '', month = '', day = '', hour, minute = '', second = ''] =
      /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(local) ?? [];
    await this.page.keyboard.type(`${month}${day}${year}`);
    if (hour !== undefined) {
      // A year may have more digits.
      await this.page.keyboard.press('ArrowRight');
      const twelve = String(Number(hour) % 12 || 12).padStart(2, '0');
      await this.page.keyboard.type(`${twelve}${minute}${second}${Number(hour) < 12 ? 'A' : 'P'}`);
    }
    expect(await this.focused('it.value')).toBe(local);
  }

  /** Through the whole page and out of it again (WCAG 2.1.2); everything that can be used is met, each once. */
  async throughAll(): Promise<void> {
    // From the top, also where a page began at what it wants read first.
    await this.page.evaluate(`(() => {
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute('tabindex');
      delete window.lastFocused;
      getSelection().removeAllRanges();
    })()`);
    const [all, withParts] = (await this.page.evaluate(`(() => {
      const seen = (selector) => [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility());
      const single = seen('a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary, [tabindex="0"]');
      const groups = new Set(seen('input[type=radio]').map((it) => it.name));
      return [single.length + groups.size, seen(${JSON.stringify(OF_PARTS)}).length];
    })()`)) as [number, number];
    let stops = 0;
    for (let presses = 0; presses <= all + withParts * PARTS_MOST; presses += 1) {
      const { isOut, isNew } = await this.next('body');
      if (isOut) break;
      if (isNew) stops += 1;
    }
    expect(stops).toBe(all);
    expect(await this.focused('it.tagName')).toBe('BODY');
  }

  /** Where a page begins for whoever opens it: at its very first stop, or at what the page wants read first. */
  async expectAt(selector: string): Promise<void> {
    if (await this.soon(`it.matches(${JSON.stringify(selector)})`)) return;
    expect(await this.focused('it.outerHTML.slice(0, 120)')).toBe(selector);
  }

  private async until(value: string, key: string): Promise<void> {
    for (let presses = 0; presses < OPTIONS_MOST; presses += 1) {
      if ((await this.focused('it.value')) === value) return;
      await this.page.keyboard.press(key);
    }
    throw new Error(`there is no ${value}`);
  }

  private focused(expression: string): Promise<unknown> {
    return this.page.evaluate(`((it) => ${expression})(document.activeElement)`);
  }

  private async next(selector: string): Promise<Stop> {
    await this.page.keyboard.press('Tab');
    const stop = await this.stop(selector);
    expect(stop).toEqual({ ...stop, ...SEEN });
    return stop;
  }

  private async stop(selector: string): Promise<Stop> {
    const stop = (await this.page.evaluate(`(() => {
      const now = document.activeElement;
      const last = window.lastFocused;
      window.lastFocused = now;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(now);
      const isOut = now === document.body;
      return {
        what: now.outerHTML.slice(0, 120),
        isVisible: isOut || (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none',
        isInOrder: !last || isOut || last === document.body
          || (now === last ? now.matches(${JSON.stringify(OF_PARTS)}) : Boolean(last.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING)),
        isThere: now.matches(${JSON.stringify(selector)}),
        isNew: now !== last,
        isOut,
      };
    })()`)) as Omit<Stop, 'isOnScreen'>;
    return { ...stop, isOnScreen: stop.isOut || (await this.comesIntoSight()) };
  }

  /** A browser scrolls to what is focused, and focuses what wants it, in one of its next frames. */
  private comesIntoSight(): Promise<boolean> {
    return this.soon(
      '(({ bottom, top, width }) => bottom > 0 && top < innerHeight && width > 0)(it.getBoundingClientRect())',
    );
  }

  private async soon(isSo: string): Promise<boolean> {
    for (let looks = 0; looks < LOOKS_MOST; looks += 1) {
      if (await this.focused(isSo)) return true;
      await sleep(FRAME_MS);
    }
    return false;
  }
}
