import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { ListedEntries } from '../../src/client/listed-entries.js';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import type { Citizens } from '../../src/pages/tracker/citizens.js';
import { DataPage } from '../../src/pages/tracker/data.page.js';
import { ExportPage } from '../../src/pages/tracker/export.page.js';
import { FixedClock } from '../audit/log-keys.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const { current } = await aFederation();
const REGISTER = 'melderegister-bremen';
const nothing: ListedEntries = { entries: [], next: '', reaches_back_to: '' };

/** Who asked the registers, and through what. */
function pages() {
  let asked = 0;
  const citizens = {
    with: async () => {
      asked += 1;
      return { log: nothing, registers: [] };
    },
  } as unknown as Citizens;
  const node = {} as PagesConnection;
  const data = new DataPage(citizens, node, current);
  const file = new ExportPage(citizens, node, current, new FixedClock(NOW));
  const visit = { language: 'de', path: '/data/result', account: undefined } as const;
  const show = (site: string | undefined) => {
    const request = { headers: { ...(site !== undefined && { 'sec-fetch-site': site }) } } as unknown as FastifyRequest;
    return Promise.all([
      data.show(request, visit, REGISTER, undefined),
      file.json(request, visit, REGISTER),
      file.pdf(request, visit, REGISTER),
    ]);
  };
  return { show, asked: () => asked };
}

describe('pages on which registers are asked', () => {
  it('ask nobody for another site: whoever comes from there is asked first what they want (CSRF)', async () => {
    const { show, asked } = pages();
    expect(await show('cross-site')).toEqual(Array(3).fill({ redirectTo: '/data' }));
    expect(asked()).toBe(0);
  });

  it.each(['same-origin', 'none', undefined])(
    'ask for whoever comes from these pages or by the address bar: %s',
    async (site) => {
      const { show, asked } = pages();
      expect(await show(site)).not.toContainEqual({ redirectTo: '/data' });
      expect(asked()).toBe(3);
    },
  );
});
