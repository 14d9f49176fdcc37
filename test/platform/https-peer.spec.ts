import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { HttpsPeer, PeerUnreachable } from '../../src/platform/https-peer.js';
import { type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';

let server: Server;
let own: TlsIdentity;
let address: string;
let certificate: string;
const peers: HttpsPeer[] = [];
/** Sockets that the server has seen. */
let connections = 0;

beforeAll(async () => {
  const authority = await createAuthority('test authority');
  const [served, issued] = await Promise.all(
    ['witness', 'node'].map((participant) => issueLeaf(authority, { commonName: participant, participant })),
  );
  own = issued!;
  certificate = thumbprintOfPem(served!.cert);
  server = createServer({ ...served!, requestCert: true, minVersion: 'TLSv1.3' }, (request, response) => {
    if (request.url === '/silent') return;
    if (request.url === '/half') return void response.write('the beginning');
    if (request.url === '/endless') return void response.end('x'.repeat(1_000_001));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(request.url === '/moved' ? 302 : 200, { 'content-type': 'text/plain', location: '/' });
      response.end(`${request.method} ${Buffer.concat(chunks)}`);
    });
  });
  server.on('secureConnection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  address = `localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  for (const it of peers) it.close();
  server.closeAllConnections();
  server.close();
});

function peer(deviation: Partial<{ address: string; certificates: readonly string[] }> = {}): HttpsPeer {
  const known = { address, serverName: 'localhost', certificates: [certificate], ...deviation };
  const made = new HttpsPeer(known, own);
  peers.push(made);
  return made;
}

const timeoutMs = 5000;

describe('HTTPS to a participant', () => {
  it('sends a body by POST and none by GET, over one connection, and follows nothing', async () => {
    const asked = peer();
    const before = connections;
    expect(await asked.ask({ path: '/', timeoutMs })).toEqual({ status: 200, type: 'text/plain', text: 'GET ' });
    expect(await asked.ask({ path: '/', timeoutMs, body: 'größer' })).toMatchObject({ text: 'POST größer' });
    expect(await asked.ask({ path: '/moved', timeoutMs })).toMatchObject({ status: 302 });
    expect(connections - before).toBe(1);
  });

  it('shows another certificate from the next question on, and asks no one by a certificate that is named no more', async () => {
    let certificates = [certificate];
    const asked = new HttpsPeer(() => ({ address, serverName: 'localhost', certificates }), own);
    peers.push(asked);
    const before = connections;
    await asked.ask({ path: '/', timeoutMs });
    asked.rotate(own);
    await asked.ask({ path: '/', timeoutMs });
    expect(connections - before).toBe(2);
    certificates = [thumbprintOfPem(own.cert)];
    await expect(asked.ask({ path: '/', timeoutMs })).rejects.toThrow(PeerUnreachable);
  });

  it('takes no other participant of the same authority for it', async () => {
    await expect(peer({ certificates: [thumbprintOfPem(own.cert)] }).ask({ path: '/', timeoutMs })).rejects.toThrow(
      PeerUnreachable,
    );
  });

  it.each(['/silent', '/half'])('waits for %s no longer than it may', async (path) => {
    await expect(peer().ask({ path, timeoutMs: 300 })).rejects.toThrow(PeerUnreachable);
  });

  it('reads no answer without end', async () => {
    await expect(peer().ask({ path: '/endless', timeoutMs })).rejects.toThrow(PeerUnreachable);
  });

  it('says so where nobody listens', async () => {
    await expect(peer({ address: 'localhost:1' }).ask({ path: '/', timeoutMs })).rejects.toThrow(PeerUnreachable);
  });
});
