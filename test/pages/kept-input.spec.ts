import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { askedService, versionOf } from '../../src/pages/decide/asked-service.js';
import { DecidePage } from '../../src/pages/decide/decide.page.js';
import type { OwnLookup } from '../../src/pages/session/own-lookup.js';
import { htmlOf } from '../../src/pages/shell/html.js';
import type { Citizens } from '../../src/pages/tracker/citizens.js';
import { EntryPage } from '../../src/pages/tracker/entry.page.js';
import type { View } from '../../src/pages/view.js';
import type { SignedInVisit } from '../../src/pages/visit.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';
import { aFederation } from '../register-edge/federation.js';

const { current } = await aFederation();
const visit: SignedInVisit = {
  ...{ language: 'de', path: '/' },
  account: {
    signedIn: { id: 's', role: 'citizen', assurance: 'high', actor: 'a', signedInAt: 0 },
    ...{ name: '', person: undefined, csrf: 'csrf' },
  },
};
const request = { session: {}, headers: {} } as unknown as FastifyRequest;
const shown = async (answer: Promise<unknown>) => {
  const view = (await answer) as View;
  return { status: view.status, html: htmlOf(view, visit) };
};
const checkedIn = (html: string) =>
  [...html.matchAll(/<input[^>]*>/g)].flatMap(([it]) =>
    / checked/.test(it) ? (/ id="([^"]*)"/.exec(it) ?? [])[1] : [],
  );

describe('a decision in which something is left open (WCAG 3.3.7)', () => {
  const service = current.lookup.service('bafoeg')!;
  const asked = {
    ...{ service: 'bafoeg', consumer: service.consumer, expires_at: '2026-11-01T00:00:00.000Z', decided: false },
    ...{ roles: ['student', 'representative'], deciderRole: 'representative', returnUrl: '', applicants: [] },
  };
  const node = { decisions: { openFor: async () => asked } } as unknown as PagesConnection;
  const lookup = { find: async () => ({ subjectToken: 't' }) } as unknown as OwnLookup;
  const send = (form: object) => {
    const version = versionOf(current.lookup, askedService(current.lookup, service));
    const sent = { version, language: 'de', ...form };
    return shown(new DecidePage(node, current, lookup).decide(visit, request, 's'.repeat(43), sent));
  };

  it('comes back as it was sent, also what was taken back', async () => {
    const { status: code, html } = await send({ 'choice:meldedaten:student': 'bring', 'capacity:student': 'care' });
    expect(code).toBe(400);
    expect(checkedIn(html)).toEqual(['choice:meldedaten:student:bring', 'capacity:student:care']);
    expect(checkedIn((await send({ preview: 'WANTED' })).html)).toEqual(['preview']);
  });

  it('comes back with one answer for every piece, where that was pressed', async () => {
    const checked = checkedIn((await send({ all: 'fetch' })).html);
    expect(checked.length).toBeGreaterThan(1);
    expect(checked.filter((it) => !it?.endsWith(':fetch'))).toEqual([]);
  });
});

describe('a report to the register (IDNrG § 10)', () => {
  let reported: string[];
  let refused: boolean;
  beforeEach(() => {
    reported = [];
    refused = false;
  });
  const opening = { caller: { event: 'retrieval.closed', outcome: 'released', evidence_type: 'meldedaten' } };
  const own = {
    ...{ attributes: ['family_name', 'town'], file_reference: '', representation: '', own_statements: 0 },
    receipt: { log_index: 7, opening },
  };
  const node = {
    citizen: {
      openEntry: async () => own,
      reportDiscrepancy: async (_: unknown, { remark }: { remark: string }) => {
        if (refused) throw new RpcFailure(status.INVALID_ARGUMENT, 'REQUEST_INVALID', undefined);
        reported.push(remark);
        return 8;
      },
    },
  } as unknown as PagesConnection;
  const citizens = { with: async (_: unknown, ask: (it: object) => unknown) => ask({}) } as unknown as Citizens;
  const report = randomUUID();
  const send = (remark: string) =>
    new EntryPage(citizens, node, current).report(request, visit, '7', { report, attribute: 'town', remark });

  it('may have 1000 characters as browsers count them: a line break is one, though it is sent as two', async () => {
    await expect(send(`${'ab\r\n'.repeat(333)}c`)).resolves.toEqual({ redirectTo: '/data/report/8' });
    expect(reported).toEqual([`${'ab\n'.repeat(333)}c`]);
  });

  it.each([
    ['too long', 'x'.repeat(1001), false],
    ['empty', ' \r\n ', false],
    ['of characters that no register takes', 'tab\tulator', true],
  ])('that is %s comes back as it was written, the same report still', async (_case, remark, isRefused) => {
    refused = isRefused;
    const { status: code, html } = await shown(send(remark));
    expect(code).toBe(400);
    expect(html).toContain('role="alert"');
    expect(html).toContain(`>${remark.replaceAll('\r\n', '\n')}</textarea>`);
    expect(html).toContain(`name="report" value="${report}"`);
    expect(html).toMatch(/<option (selected value="town"|value="town" selected)/);
    expect(reported).toEqual([]);
  });
});
