import { status as code } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import type { ArgumentsHost } from '@nestjs/common';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { FaultFilter } from '../../src/pages/fault.filter.js';
import { LANGUAGES } from '../../src/pages/language.js';
import { toTimestamp } from '../../src/platform/clock.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';
import { SilentLog } from '../support/silent-log.js';

const { current } = await aFederation();
const ISSUER = 'https://node.example';
const WITNESS = 'melderegister-bremen';
const DISPUTED = {
  stopped: true,
  disputes: [
    {
      ...{ kind: 'LOG_DISPUTE_KIND_FORKED', witness: WITNESS, tree_size: '1234', proven: true },
      reported_time: toTimestamp(NOW),
    },
  ],
};

type Sent = Readonly<{ status: number; html: string }>;

/** The page that somebody gets whose call the node refuses. */
function pageFor(role: string | undefined, refuses: RpcFailure, logStatus: () => Promise<object>, language = 'de') {
  const node = { logStatus, profile: { node: { issuer: ISSUER } } } as unknown as PagesConnection;
  const filter = new FaultFilter(node, current, new SilentLog());
  return new Promise<Sent>((resolve) => {
    let status = 0;
    const reply = {
      status(given: number) {
        status = given;
        return reply;
      },
      header: () => reply,
      send: (html: string) => resolve({ status, html }),
    };
    const account = role && { signedIn: { role, assurance: 'substantial' }, name: 'O', csrf: 'token' };
    const request = { method: 'GET', url: '/oversight', cookies: { language }, session: { account } };
    const host = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }) };
    filter.catch(refuses, host as unknown as ArgumentsHost);
  });
}
const STOPPED = new RpcFailure(code.UNAVAILABLE, 'LOG_DISPUTED', undefined);
const disputed = async () => DISPUTED;

describe('a node that a dispute has stopped (ADR 146)', () => {
  it.each(['officer', 'auditor'])('tells an %s who disputes the log, since when and what to do', async (role) => {
    const { status, html } = await pageFor(role, STOPPED, disputed);
    expect(status).toBe(503);
    expect(html).toContain('data-reason="NODE_STOPPED"');
    const { lookup } = current;
    for (const told of [
      lookup.participant(WITNESS)!.title.de,
      '1.234',
      'durch Unterschriften des Protokolls bewiesen',
      'einmal audit recover',
      'Art. 33 DSGVO',
      `${ISSUER}/log/status`,
    ])
      expect(html).toContain(told);
  });

  it.each(['citizen', 'administrator', undefined])(
    'tells others that it has stopped, and no more: %s',
    async (role) => {
      let asked = 0;
      const { html } = await pageFor(role, STOPPED, () => {
        asked++;
        return disputed();
      });
      expect(html).toContain('data-reason="NODE_STOPPED"');
      expect(html).not.toContain('audit recover');
      expect(asked).toBe(0);
    },
  );

  it.each(LANGUAGES)('has its page also where the state cannot be had: %s', async (language) => {
    const away = () => Promise.reject(new RpcFailure(code.UNAVAILABLE, undefined, undefined));
    const { status, html } = await pageFor('officer', STOPPED, away, language);
    expect([status, html.includes('data-reason="NODE_STOPPED"')]).toEqual([503, true]);
  });

  it('is not what every outage is', async () => {
    const { html } = await pageFor(
      'officer',
      new RpcFailure(code.UNAVAILABLE, 'STORE_UNAVAILABLE', undefined),
      disputed,
    );
    expect(html).toContain('data-reason="NODE_UNAVAILABLE"');
    expect(html).not.toContain('audit recover');
  });
});
