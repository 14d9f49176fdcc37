import { connect, createSecureContext } from 'node:tls';
import { ChannelCredentials, Client, Metadata } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { readTlsIdentity, type TlsIdentity } from '../../src/platform/tls.js';
import { signClientAssertion } from '../../src/tokens/access-token.js';
import { type Consumer, consumer, peerOf } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { expectLoggedRefusal, expectNoConnection, expectRefusal } from '../support/e2e-refusal.js';
import { developmentAuthority, e2eSystem, named, operationalLogOf } from '../support/e2e-system.js';
import { askForToken, tokenForm } from '../support/e2e-token-endpoint.js';
import { NodeWire } from '../support/e2e-wire.js';

const METHOD = 'CatalogueService/DescribeService';
const REQUEST = { service: 'kindergeld' };
const DAY_MS = 86_400_000;
const wish = { commonName: 'familienkasse-online', participant: 'familienkasse-online' };

let familienkasse: Consumer;

beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

/** The call with this identity and with a token that is valid for the real one. */
async function callAs(tls: TlsIdentity): Promise<unknown> {
  const wire = new NodeWire(peerOf(familienkasse.profile), tls);
  try {
    return await wire.call(METHOD, REQUEST, { ...(await familienkasse.sent()), deadline: Date.now() + 3000 });
  } finally {
    wire.close();
  }
}

/** The call over a channel with these credentials. */
function callOver(credentials: ChannelCredentials): Promise<unknown> {
  const client = new Client(e2eSystem().endpoints.grpc, credentials, { 'grpc.use_local_subchannel_pool': 1 });
  return new Promise((resolve, reject) => {
    const same = (bytes: Buffer) => bytes;
    const path = `/einmal.broker.v1.${METHOD}`;
    const options = { deadline: Date.now() + 3000 };
    client.makeUnaryRequest(path, same, same, Buffer.alloc(0), new Metadata(), options, (error, answer) => {
      client.close();
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}

describe('a certificate', () => {
  it('of a participant of the catalogue is accepted: the control of this table', async () => {
    await expect(callAs(familienkasse.tls)).resolves.toMatchObject({ service: 'kindergeld' });
  });

  it('of the right authority and with the right name is nobody if the catalogue does not name it', async () => {
    const stranger = await issueLeaf(developmentAuthority(), wish);
    const before = operationalLogOf('node').length;
    const { entries } = await logged(() => expectRefusal(callAs(stranger), { reason: 'CALLER_UNKNOWN' }));
    // Before anybody is authenticated there is no participant whose log it could be.
    expect(entries).toEqual([]);
    const line: unknown = JSON.parse(operationalLogOf('node').slice(before).trim());
    expect(line).toMatchObject({ level: 'warn', security: 'grpc', reason: 'CALLER_UNKNOWN' });
  });

  const refusedInTls: readonly (readonly [title: string, issue: () => Promise<TlsIdentity>])[] = [
    [
      'that has expired',
      () =>
        issueLeaf(developmentAuthority(), {
          ...wish,
          notBefore: new Date(Date.now() - 2 * DAY_MS),
          notAfter: new Date(Date.now() - DAY_MS),
        }),
    ],
    [
      'that is not valid yet',
      () => issueLeaf(developmentAuthority(), { ...wish, notBefore: new Date(Date.now() + DAY_MS) }),
    ],
    [
      'of a foreign authority with the same name',
      async () => {
        const foreign = await issueLeaf(await createAuthority('Einmal development authority'), wish);
        return { ...foreign, ca: familienkasse.tls.ca };
      },
    ],
    [
      'of a participant that signed it itself',
      async () => {
        const { certificatePem, keyPem } = await createAuthority('familienkasse-online');
        return { ca: familienkasse.tls.ca, cert: certificatePem, key: keyPem };
      },
    ],
  ];
  it.each(refusedInTls)('%s is refused in the handshake', async (_title, issue) => {
    const { entries } = await logged(async () => expectNoConnection(callAs(await issue())));
    expect(entries).toEqual([]);
  });

  it('is a must', async () => {
    const credentials = ChannelCredentials.createSsl(Buffer.from(familienkasse.tls.ca));
    await expectNoConnection(callOver(credentials));
  });

  it('of another kind of participant gives no access by itself', async () => {
    const register = readTlsIdentity(named(e2eSystem().keys, 'melderegister-bremen'));
    await expectLoggedRefusal('melderegister-bremen', () => callAs(register), { reason: 'ACCESS_TOKEN_INVALID' });
  });
});

describe('TLS 1.2', () => {
  it('is refused with a certificate that is accepted otherwise', async () => {
    const older = createSecureContext({ ...familienkasse.tls, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    await expectNoConnection(callOver(ChannelCredentials.createFromSecureContext(older)));
    await expect(callOver(ChannelCredentials.createInsecure())).rejects.toMatchObject({ code: 14 });
  });

  it.each(['grpc', 'http'] as const)('is refused on the port of %s by the protocol version', async (port) => {
    const [, number] = /:(\d+)$/.exec(e2eSystem().endpoints[port]) ?? [];
    const handshake = new Promise((resolve, reject) => {
      const socket = connect({
        ...familienkasse.tls,
        port: Number(number),
        host: 'localhost',
        maxVersion: 'TLSv1.2',
        ALPNProtocols: ['h2', 'http/1.1'],
      });
      socket.on('secureConnect', () => resolve(socket.getProtocol())).on('error', reject);
      socket.on('close', () => socket.destroy());
    });
    await expect(handshake).rejects.toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
  });
});

describe('the token endpoint (RFC 7523bis, RFC 8705)', () => {
  const assertion = (change: Partial<Parameters<typeof signClientAssertion>[0]> = {}) =>
    signClientAssertion({
      client: familienkasse.id,
      issuer: familienkasse.profile.node.issuer,
      key: familienkasse.keys.assertion,
      nowMs: Date.now(),
      ...change,
    });

  it('gives one token for one assertion: a repeated one is refused', async () => {
    const form = tokenForm(await assertion());
    await expect(askForToken(familienkasse.tls, form)).resolves.toMatchObject({ status: 200 });
    await expect(askForToken(familienkasse.tls, form)).resolves.toEqual({ status: 401, error: 'invalid_client' });
  });

  it('gives one token where the same assertion comes ten times at once', async () => {
    const form = tokenForm(await assertion());
    const answers = await Promise.all(Array.from({ length: 10 }, () => askForToken(familienkasse.tls, form)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  // More than two wrong ones in a row would lock the participant of all these tests.
  afterEach(async () => {
    await askForToken(familienkasse.tls, tokenForm(await assertion()));
  });

  const refused: readonly (readonly [title: string, make: () => Promise<string>])[] = [
    ['of another participant', () => assertion({ client: 'elterngeld-online' })],
    ['for another audience', () => assertion({ issuer: 'https://elsewhere.example' })],
    [
      'for the token endpoint instead of the issuer',
      () => assertion({ issuer: `${familienkasse.profile.node.issuer}/oauth2/token` }),
    ],
    ['signed with a key for another use', () => assertion({ key: familienkasse.keys.attestation })],
    ['that has expired', () => assertion({ nowMs: Date.now() - 120_000 })],
    ['from the future', () => assertion({ nowMs: Date.now() + 120_000 })],
    ['that is none', async () => 'not.a.token'],
  ];
  it.each(refused)('refuses an assertion %s, without saying why', async (_title, make) => {
    const { value, entries } = await logged(async () => askForToken(familienkasse.tls, tokenForm(await make())));
    expect(value).toEqual({ status: 401, error: 'invalid_client' });
    expect(entries).toMatchObject([{ event: 'refused', consumer: familienkasse.id, reason: 'invalid_client' }]);
    expect(operationalLogOf('node').trimEnd().split('\n').at(-1)).toContain('"security":"token-endpoint"');
  });

  it('refuses who shows no certificate, or one that nobody knows', async () => {
    const stranger = await issueLeaf(developmentAuthority(), wish);
    for (const tls of [{ ca: familienkasse.tls.ca }, stranger])
      await expect(askForToken(tls, tokenForm(await assertion()))).resolves.toEqual({
        status: 401,
        error: 'invalid_client',
      });
  });

  it.each([
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ grant_type: 'client_credentials', client_secret: 'synthetic' }, 'invalid_request'],
  ])('knows no other way in: %j', async (form, error) => {
    await expect(askForToken(familienkasse.tls, form)).resolves.toEqual({ status: 400, error });
  });
});
