import { describe, expect, it } from '@jest/globals';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { AccessRefused } from '../../src/client/access-tokens.js';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { FaultFilter } from '../../src/pages/fault.filter.js';
import { OperationalLog } from '../../src/platform/operational-log.js';

class Silent extends OperationalLog {
  override info(): void {}
  override warn(): void {}
  override error(): void {}
}

const nothing: unknown = undefined;

/** Reason on the page that somebody sees instead, and its status. */
async function shownFor(error: unknown): Promise<readonly [status: number, reason: string | undefined]> {
  const { promise, resolve } = Promise.withResolvers<readonly [number, string | undefined]>();
  const reply = {
    status: (status: number) => ({
      header: () => ({
        send: (html: string) => {
          resolve([status, /data-reason="(\w+)"/.exec(html)?.[1]]);
        },
      }),
    }),
  };
  const host = new ExecutionContextHost([{ method: 'GET', url: '/data' }, reply]);
  // Neither is asked: nobody is signed in.
  new FaultFilter(nothing as PagesConnection, nothing as CurrentCatalogue, new Silent()).catch(error, host);
  return promise;
}

describe('a page that the node gives no access token for', () => {
  it('says that it cannot be reached now where the node has failed', async () => {
    expect(await shownFor(new AccessRefused(500, 'no_token'))).toEqual([503, 'NODE_UNAVAILABLE']);
  });

  it('is a fault of ours where the node does not know the pages', async () => {
    expect(await shownFor(new AccessRefused(401, 'invalid_client'))).toEqual([500, 'INTERNAL']);
  });
});
