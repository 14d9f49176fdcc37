import { describe, expect, it } from '@jest/globals';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { AccessRefused } from '../../src/client/access-tokens.js';
import { FaultFilter } from '../../src/pages/fault.filter.js';
import { OperationalLog } from '../../src/platform/operational-log.js';

class Silent extends OperationalLog {
  override info(): void {}
  override warn(): void {}
  override error(): void {}
}

/** Reason on the page that somebody sees instead, and its status. */
function shownFor(error: unknown): readonly [status: number, reason: string | undefined] {
  let shown: readonly [number, string | undefined] = [0, undefined];
  const reply = {
    status: (status: number) => ({
      header: () => ({
        send: (html: string) => {
          shown = [status, /data-reason="(\w+)"/.exec(html)?.[1]];
        },
      }),
    }),
  };
  new FaultFilter(new Silent()).catch(error, new ExecutionContextHost([{ method: 'GET', url: '/data' }, reply]));
  return shown;
}

describe('a page that the node gives no access token for', () => {
  it('says that it cannot be reached now where the node has failed', () => {
    expect(shownFor(new AccessRefused(500, 'no_token'))).toEqual([503, 'NODE_UNAVAILABLE']);
  });

  it('is a fault of ours where the node does not know the pages', () => {
    expect(shownFor(new AccessRefused(401, 'invalid_client'))).toEqual([500, 'INTERNAL']);
  });
});
