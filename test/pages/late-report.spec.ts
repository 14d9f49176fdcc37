import { status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import type { PagesConnection } from '../../src/client/pages-connection.js';
import { CasesPage } from '../../src/pages/oversight/cases.page.js';
import { htmlOf } from '../../src/pages/shell/html.js';
import type { View } from '../../src/pages/view.js';
import type { SignedInVisit } from '../../src/pages/visit.js';
import { toTimestamp } from '../../src/platform/clock.js';
import { RpcFailure } from '../../src/platform/grpc-client.js';
import { FixedClock } from '../audit/log-keys.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const HOUR_MS = 3_600_000;
const { current: catalogue } = await aFederation();
const visit = {
  ...{ language: 'de', path: '/oversight/cases/7' },
  account: { signedIn: { role: 'officer' }, name: 'O', person: undefined, csrf: 'token' },
} as unknown as SignedInVisit;
const sent = {
  ...{ state: 'reported', note: 'Gemeldet unter BfDI-78', persons: '1200', records: '' },
  ...{ contact: 'Am Markt 1', consequences: '', measures: '', delay: '' },
};

function pageWhoseNode(refuses: RpcFailure): CasesPage {
  const oversight = {
    case: async () => ({ case: { entry: { log_index: '7' }, due_time: toTimestamp(NOW - HOUR_MS) } }),
    recordStep: () => Promise.reject(refuses),
  };
  return new CasesPage({ oversight } as unknown as PagesConnection, catalogue, new FixedClock(NOW));
}

describe('a late report without a reason of the delay (GDPR Art. 33 (1))', () => {
  it('comes back with the fault beside its field and with everything that the officer wrote', async () => {
    const violations = [{ field: 'report.delay', description: 'is required' }];
    const missing = new RpcFailure(status.INVALID_ARGUMENT, 'REQUEST_INVALID', undefined, violations);
    const view = (await pageWhoseNode(missing).record(visit, '7', sent)) as View;
    expect(view.status).toBe(400);
    const html = htmlOf(view, visit);
    for (const value of ['Gemeldet unter BfDI-78', '1200', 'Am Markt 1']) expect(html).toContain(`value="${value}"`);
    expect(html).toMatch(/<option value="reported" selected>|<option selected value="reported">/);
    expect(html).toMatch(/<details open/);
    expect(html).toMatch(/<input[^>]*name="delay"[^>]*aria-invalid="true"[^>]*aria-describedby="h-delay e-delay"/);
    expect(html).toContain('id="e-delay"');
    // Still nobody stated it: sent again it is a change.
    expect(html).toMatch(/name="filled_persons" value(="")?[ /]/);
  });

  it('is no answer to another refusal', async () => {
    const refused = new RpcFailure(status.PERMISSION_DENIED, 'CALL_NOT_ALLOWED', undefined);
    await expect(pageWhoseNode(refused).record(visit, '7', sent)).rejects.toBe(refused);
  });

  it('is told before: its field says that it is needed', async () => {
    const page = pageWhoseNode(new RpcFailure(status.INTERNAL, undefined, undefined));
    expect(htmlOf(await page.show(visit, '7', {}), visit)).toContain('Pflichtfeld für eine Meldung');
  });
});
