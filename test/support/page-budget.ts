import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/**
 * What a page may cost whoever opens it, at most. Bytes and elements are the same on every machine; times are so wide that
 * only a fault exceeds them. `docs/pages.md` has the same table in words, and a test
 * holds it to this one.
 */
export const PAGE_BUDGET = {
  /** HTML, style sheets, scripts and pictures as transferred, without fonts. */
  kilobytes: 100,
  requests: 12,
  elements: 2000,
  /** Of elements within each other. */
  depth: 20,
  /** Of one element. */
  children: 100,
  /** Cumulative layout shift before any input. */
  layout_shift: 0.1,
  /** From the first byte of the answer to the first contentful paint. */
  paint_ms: 3000,
  longest_task_ms: 1500,
} as const;

const REPORTED_AFTER_MS = 300;
/** Pages that list all of what a person decided or what happened with their data. */
const LONG_LISTS = /^\/(decisions|data\/result)$/;
export const OF_LONG_LISTS = { elements: 10_000, children: 500 };

/** What no page has, and how many of them it has. */
const NONE = {
  'script that holds up the page': 'script[src]:not([type=module], [defer], [async])',
  'script or style within the page': 'script:not([src]), style, [style]',
  'picture without a size': 'img:not([width][height]), svg:not([viewBox])',
} as const;

type Figures = Readonly<Record<keyof typeof PAGE_BUDGET, number>>;
type Measured = Readonly<{
  figures: Figures;
  found: Readonly<Record<string, number>>;
  moved: readonly string[];
  uncompressed: readonly string[];
  elsewhere: readonly string[];
}>;

/** Of the page as it was loaded: asked before anything changes the size of its window. */
export async function expectWithinBudget(page: Page): Promise<void> {
  let { figures, ...rest } = await measured(page);
  if (figures.layout_shift > PAGE_BUDGET.layout_shift) {
    // Of what was pressed just now a browser tells a few frames later.
    await sleep(REPORTED_AFTER_MS);
    ({ figures, ...rest } = await measured(page));
  }
  const budget = { ...PAGE_BUDGET, ...(LONG_LISTS.test(new URL(page.url()).pathname) && OF_LONG_LISTS) };
  const over = Object.entries(budget).filter(([name, most]) => figures[name as keyof Figures] > most);
  expect({
    over: over.map(([name, most]) => `${name}: ${figures[name as keyof Figures]} of ${most}`),
    moved: over.some(([name]) => name === 'layout_shift') ? rest.moved : [],
    found: Object.entries(rest.found).filter(([, count]) => count > 0),
    uncompressed: rest.uncompressed,
    elsewhere: rest.elsewhere,
  }).toEqual({ over: [], moved: [], found: [], uncompressed: [], elsewhere: [] });
}

function measured(page: Page): Promise<Measured> {
  return page.evaluate(`(() => {
    const timings = (type) => performance.getEntriesByType(type);
    const observed = (type) => {
      const observer = new PerformanceObserver(() => undefined);
      observer.observe({ type, buffered: true });
      const records = observer.takeRecords();
      observer.disconnect();
      return records;
    };
    const [document_] = timings('navigation');
    const loaded = [document_, ...timings('resource').filter(({ name }) => !name.startsWith('data:'))];
    const isFont = ({ name }) => name.endsWith('.woff2');
    const sum = (values) => values.reduce((all, it) => all + it, 0);
    const most = (values) => values.reduce((all, it) => Math.max(all, it), 0);
    const all = [...document.querySelectorAll('*')];
    const depthOf = (it) => (it.parentElement ? 1 + depthOf(it.parentElement) : 1);
    const pressedAt = Math.min(...observed('first-input').map(({ startTime }) => startTime));
    const shifts = observed('layout-shift').filter((it) => !it.hadRecentInput && it.startTime < pressedAt);
    const paint = timings('paint').find(({ name }) => name === 'first-contentful-paint');
    return {
      figures: {
        kilobytes: Math.ceil(sum(loaded.filter((it) => !isFont(it)).map((it) => it.encodedBodySize)) / 1000),
        requests: loaded.length,
        elements: all.length,
        depth: most(all.map(depthOf)),
        children: most(all.map((it) => it.childElementCount)),
        layout_shift: sum(shifts.map(({ value }) => value)),
        paint_ms: Math.ceil(paint ? paint.startTime - document_.responseStart : 0),
        longest_task_ms: Math.ceil(most(observed('longtask').map(({ duration }) => duration))),
      },
      found: Object.fromEntries(Object.entries(${JSON.stringify(NONE)}).map(([name, selector]) => [name, document.querySelectorAll(selector).length])),
      moved: shifts.map(({ value, startTime, sources }) =>
        [value, startTime, ...sources.map(({ node, previousRect, currentRect }) => [node?.outerHTML?.slice(0, 60), previousRect.y, currentRect.y].join(' '))].join(' | ')),
      // Of what is long enough for it; what a browser kept has its size too.
      uncompressed: loaded
        .filter((it) => !isFont(it) && it.decodedBodySize > 16_000 && it.encodedBodySize > 0.8 * it.decodedBodySize)
        .map(({ name }) => new URL(name).pathname),
      elsewhere: loaded.map(({ name }) => new URL(name).origin).filter((it) => it !== location.origin),
    };
  })()`);
}
