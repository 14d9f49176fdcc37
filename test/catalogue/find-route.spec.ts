import type { Metadata } from '@grpc/grpc-js';
import { expect, it } from '@jest/globals';
import { CatalogueRpc } from '../../src/catalogue/catalogue.rpc.js';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import type { ServerCall } from '../../src/platform/call.js';
import { identifyCaller } from '../../src/platform/caller.js';
import { FixedClock } from '../audit/log-keys.js';

const current = new CurrentCatalogue(loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' }));

/** As the entry guard leaves it for a call of this participant. */
function aCallOf(id: string): ServerCall {
  const participant = current.lookup.participant(id);
  const call = { getAuthContext: () => ({ sslPeerCertificate: { raw: Buffer.from(id) } }) } as unknown as ServerCall;
  identifyCaller(call, { participantOf: () => participant });
  return call;
}

it.each([
  ['2026-07-26T22:30:00Z', '2026-07-27', 'melderegister-bremen'],
  ['2026-07-26T21:30:00Z', '2026-07-27', 'needs key_date'],
  ['2026-11-23T23:30:00Z', '2026-11-24', 'melderegister-bremen'],
])('a route is asked for on the day that it is in Germany: at %s on %s', (now, key_date, to) => {
  const rpc = new CatalogueRpc(current, new FixedClock(Date.parse(now)));
  const asked = { evidence_type: 'meldedaten', ars: '040110000000', register_number: '', key_date };
  const found = rpc.findRoute(asked, {} as Metadata, aCallOf('familienkasse-online'));
  expect(found.register ?? `needs ${found.needs_parameter}`).toBe(to);
});
