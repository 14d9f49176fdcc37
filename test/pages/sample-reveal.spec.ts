import { createHash } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { SamplesPage } from '../../src/pages/oversight/samples.page.js';
import { PAGE_REASONS, pageReasonOf } from '../../src/pages/page-fault.js';
import { htmlOf } from '../../src/pages/shell/html.js';
import type { View } from '../../src/pages/view.js';
import type { SignedInVisit } from '../../src/pages/visit.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';

const nonce = Buffer.alloc(32, 7);
const HEX = nonce.toString('hex');
const nonce_hash = createHash('sha256').update(nonce).digest();
const visit = {
  ...{ language: 'de', path: '/oversight/samples/7' },
  account: { signedIn: { role: 'officer' }, name: 'O', person: undefined, csrf: 'token' },
} as unknown as SignedInVisit;

type State = 'WAITING' | 'FIXED' | 'DRAWN' | 'UNSPECIFIED';

/** The page with a session that holds the nonce, before a node that says this and is told what `told` holds. */
function spotCheck(state: State, answer: (sample: object) => Promise<unknown> = async (sample) => ({ sample })) {
  const told: string[] = [];
  const sample = {
    ...{ log_index: '7', first_index: '0', end_index: '5', nonce_hash },
    state: `SAMPLE_STATE_${state}`,
  };
  const oversight = {
    sample: async () => ({ sample }),
    drawSample: (_who: unknown, _index: number, given: Buffer) => {
      told.push(given.toString('hex'));
      return answer({ ...sample, state: 'SAMPLE_STATE_DRAWN' });
    },
  };
  const request = { session: { nonces: { [nonce_hash.toString('hex')]: HEX } } } as unknown as FastifyRequest;
  const page = new SamplesPage({ oversight } as unknown as PagesConnection);
  return { page, request, told, draw: () => page.draw(visit, request, '7', { nonce: HEX }) };
}
const heldOf = ({ session }: FastifyRequest) => Object.values(session.nonces ?? {});

describe('the nonce of a sample at the pages (IDNrG § 8, ADR 139)', () => {
  it.each(['WAITING', 'UNSPECIFIED'] as const)(
    'is not told to a node that does not say that what it draws by is fixed (%s), whoever sends the form',
    async (state) => {
      const { told, request, draw } = spotCheck(state);
      const view = (await draw()) as View;
      expect(view.status).toBe(409);
      expect(told).toEqual([]);
      expect(heldOf(request)).toEqual([HEX]);
      expect(htmlOf(view, visit)).toMatch(/role="alert".*haben wir dem Knoten nicht gesagt/s);
    },
  );

  it('is shown to be kept while witnesses have to sign, and nothing asks for it', async () => {
    const { page, request } = spotCheck('WAITING');
    const html = htmlOf(await page.work(visit, request, '7'), visit);
    expect(html).toContain(`<code>${HEX}</code>`);
    expect(html).not.toContain('action="/oversight/samples/7/draw"');
    expect(html).toContain('wartet auf die Unterschriften der Zeugen');
  });

  it('is told once it is fixed by what it draws, and then held no longer', async () => {
    const { page, told, request, draw } = spotCheck('FIXED');
    const html = htmlOf(await page.work(visit, request, '7'), visit);
    expect(html).toContain('action="/oversight/samples/7/draw"');
    expect(html).not.toContain(`<code>${HEX}</code>`);
    expect(await draw()).toEqual({ redirectTo: '/oversight/samples/7' });
    expect(told).toEqual([HEX]);
    expect(heldOf(request)).toEqual([]);
  });

  it('is not told again where the sample is drawn', async () => {
    const { told, request, draw } = spotCheck('DRAWN');
    expect(await draw()).toEqual({ redirectTo: '/oversight/samples/7' });
    expect([told, heldOf(request)]).toEqual([[], []]);
  });

  it('is not held any more where it turns out that the sample is drawn', async () => {
    const { page, request } = spotCheck('DRAWN');
    await page.work(visit, request, '7');
    expect(heldOf(request)).toEqual([]);
  });

  it.each([
    ['cannot be reached', status.UNAVAILABLE, undefined, 503],
    ['sees that witnesses have not signed', status.UNAVAILABLE, 'LOG_NOT_WITNESSED', 503],
    ['fails', status.INTERNAL, 'INTERNAL', 500],
  ] as const)('is kept for another time where the node %s', async (_what, code, reason, shown) => {
    const failure = new RpcFailure(code, reason, undefined);
    const { request, draw } = spotCheck('FIXED', () => Promise.reject(failure));
    await expect(draw()).rejects.toBe(failure);
    expect(PAGE_REASONS[pageReasonOf(failure)]).toBe(shown);
    expect(heldOf(request)).toEqual([HEX]);
  });
});
