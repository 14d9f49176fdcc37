import { Metadata } from '@grpc/grpc-js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { AccessGuard } from '../../src/access/access.guard.js';
import { CallerLock } from '../../src/access/caller-lock.js';
import { IssueAccessToken, IssueAccessTokenHandler } from '../../src/access/issue-access-token.js';
import { NodeIdentity } from '../../src/access/node-identity.js';
import { TokenHttp } from '../../src/access/token.http.js';
import { AuditLog } from '../../src/audit/audit-log.js';
import { SecurityLog } from '../../src/audit/security-log.js';
import type { ServerCall } from '../../src/platform/call.js';
import { type Caller, identifyCaller } from '../../src/platform/caller.js';
import { OperationalLog } from '../../src/platform/operational-log.js';
import { thumbprint } from '../../src/platform/tls.js';
import { issueAccessToken, signClientAssertion } from '../../src/tokens/access-token.js';
import { signToken } from '../../src/tokens/jws.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';
import { aFederation } from '../register-edge/federation.js';
import { CONSUMER, NOW } from '../support/builders.js';
import { MemoryAssertionStore } from './memory-assertion-store.js';
import { MemoryIdentificationStore } from './memory-identification-store.js';

const ISSUER = 'https://node.example';
const certificate = Buffer.from('the certificate of the consumer');
const federation = await aFederation((catalogue) => ({
  ...catalogue,
  keys: catalogue.keys.map((it) =>
    it.participant === CONSUMER ? { ...it, certificates: [thumbprint(certificate)] } : it,
  ),
}));
const identity = new NodeIdentity(
  'node',
  ISSUER,
  federation.nodeCertificate,
  federation.key('node', 'access-token'),
  federation.key('node', 'trigger'),
);
const consumer: Caller = {
  participant: federation.current.lookup.participant(CONSUMER)!,
  thumbprint: thumbprint(certificate),
};
const assertionKey = federation.key(CONSUMER, 'client-assertion');

let clock: FixedClock;
let lock: CallerLock;
let handler: IssueAccessTokenHandler;
beforeEach(() => {
  clock = new FixedClock(NOW);
  lock = aLock();
  handler = new IssueAccessTokenHandler(identity, federation.current, new MemoryAssertionStore(clock), lock, clock);
});

const assertion = (deviation: Partial<Parameters<typeof signClientAssertion>[0]> = {}) =>
  signClientAssertion({ client: CONSUMER, issuer: ISSUER, key: assertionKey, nowMs: NOW, ...deviation });
const askToken = async (text: string, caller = consumer) =>
  handler.execute(new IssueAccessToken(caller, text, undefined));

describe('the token endpoint (RFC 7523bis, RFC 8705)', () => {
  it('gives a token of ten minutes, bound to participant and certificate', async () => {
    const answer = await askToken(await assertion());
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    expect(decodeProtectedHeader(answer!.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(decodeJwt(answer!.access_token)).toMatchObject({
      iss: ISSUER,
      client_id: CONSUMER,
      cnf: { 'x5t#S256': consumer.thumbprint },
      exp: NOW / 1000 + 600,
    });
  });

  it('takes an assertion once', async () => {
    const text = await assertion();
    expect(await askToken(text)).toBeDefined();
    expect(await askToken(text)).toBeUndefined();
  });

  it('takes an assertion once also where two arrive together', async () => {
    const text = await assertion();
    const answers = await Promise.all([askToken(text), askToken(text)]);
    expect(answers.filter((it) => it !== undefined)).toHaveLength(1);
  });

  const signed = async (claims: object, typ = 'client-authentication+jwt', lifetimeS = 60) =>
    (
      await signToken(
        { iss: CONSUMER, sub: CONSUMER, aud: ISSUER, ...claims },
        { typ, key: assertionKey, nowMs: NOW, lifetimeS },
      )
    ).token;

  it.each([
    ['for the token endpoint and not the issuer (RFC 7523bis)', () => signed({ aud: `${ISSUER}/oauth2/token` })],
    ['for a list with the issuer in it (RFC 7523bis)', () => signed({ aud: [ISSUER] })],
    ['of the old type (RFC 7523bis)', () => signed({}, 'JWT')],
    [
      'of another client',
      () => assertion({ client: 'elterngeld-online', key: federation.key('elterngeld-online', 'client-assertion') }),
    ],
    ['in the name of another client', () => signed({ sub: 'elterngeld-online' })],
    [
      'signed with the key for attestations: one key, one use',
      () => assertion({ key: federation.key(CONSUMER, 'attestation') }),
    ],
    ['that lives longer than five minutes', () => signed({}, undefined, 301)],
    ['that has expired', () => assertion({ nowMs: NOW - 60_000 })],
    ['that is none', async () => 'none'],
  ])('answers nothing to an assertion %s', async (_rule, made) => {
    expect(await askToken(await made())).toBeUndefined();
  });

  it('lets a failing database be a failure: nobody was refused', async () => {
    const failing = new MemoryAssertionStore();
    failing.useOnce = () => Promise.reject(new Error('down'));
    const broken = new IssueAccessTokenHandler(identity, federation.current, failing, lock, clock);
    await expect(broken.execute(new IssueAccessToken(consumer, await assertion(), undefined))).rejects.toThrow('down');
  });
});

class Lines extends OperationalLog {
  readonly lines: string[] = [];
  override info(details: object, message: string): void {
    this.lines.push(JSON.stringify({ ...details, message }));
  }
  override warn = this.info;
  override error = this.info;
}

function anAudit(): AuditLog {
  return new AuditLog(new MemoryLogStore(logSigner, new MemoryKeyVault(), clock));
}

function aLock(): CallerLock {
  return new CallerLock(identity, federation.current, new MemoryIdentificationStore(), anAudit(), clock);
}

function securityLog(log: OperationalLog): SecurityLog {
  return new SecurityLog('node', anAudit(), log, clock);
}

describe('the token endpoint over HTTP (RFC 6749 § 5)', () => {
  const form = async (deviation: object = {}) => ({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(),
    ...deviation,
  });

  async function post(body: unknown, socket: object = {}) {
    const log = new Lines();
    const commands = { execute: (command: IssueAccessToken) => handler.execute(command) } as unknown as CommandBus;
    const http = new TokenHttp(commands, federation.current, identity, securityLog(log), anAudit());
    const raw = { socket: { authorized: true, getPeerCertificate: () => ({ raw: certificate }), ...socket } };
    let code = 200;
    const reply = { status: (it: number) => (code = it) };
    const answer = await http.token({ raw } as unknown as FastifyRequest, reply as unknown as FastifyReply, body);
    return { code, answer, log };
  }

  it('answers the client of the connection', async () => {
    expect(await post(await form())).toMatchObject({ code: 200, answer: { token_type: 'Bearer' } });
  });

  it.each([
    ['another grant', { grant_type: 'password' }, {}, 400, 'unsupported_grant_type'],
    ['another kind of assertion', { client_assertion_type: 'saml' }, {}, 400, 'invalid_request'],
    ['no assertion', { client_assertion: undefined }, {}, 400, 'invalid_request'],
    ['two assertions', { client_assertion: ['a', 'b'] }, {}, 400, 'invalid_request'],
    ['an assertion too large to be one', { client_assertion: 'x'.repeat(8193) }, {}, 401, 'invalid_client'],
    ['a wrong assertion', { client_assertion: 'x' }, {}, 401, 'invalid_client'],
    ['a connection without accepted certificate', {}, { authorized: false }, 401, 'invalid_client'],
    [
      'a certificate of nobody',
      {},
      { getPeerCertificate: () => ({ raw: Buffer.from('other') }) },
      401,
      'invalid_client',
    ],
  ])(
    'refuses %s, says so to the security log, and keeps the assertion out of it',
    async (_rule, fields, socket, code, error) => {
      const { log, ...answered } = await post(await form(fields), socket);
      expect(answered).toEqual({ code, answer: { error } });
      const message = 'refused before authentication';
      expect(log.lines).toEqual([JSON.stringify({ security: 'token-endpoint', reason: error, message })]);
    },
  );

  it.each([null, undefined, 'text', 7, []])('refuses the body %p', async (body) => {
    expect(await post(body)).toMatchObject({ code: 400 });
  });

  it('publishes issuer and public keys, and no private half (RFC 8414 § 2)', () => {
    const http = new TokenHttp({} as CommandBus, federation.current, identity, securityLog(new Lines()), anAudit());
    expect(http.metadata()).toMatchObject({ issuer: ISSUER, tls_client_certificate_bound_access_tokens: true });
    const { keys } = http.jwks() as { keys: Record<string, unknown>[] };
    expect(keys.map(({ kid }) => kid)).toEqual(['node-access-token', 'node-trigger', 'node-receipt']);
    for (const key of keys) expect(key).not.toHaveProperty('d');
  });
});

describe('the access guard (RFC 9068, RFC 8705 § 3)', () => {
  const grant = (
    deviation: { client?: string; certificate?: string; issuer?: string; nowMs?: number; key?: 'trigger' } = {},
  ) =>
    issueAccessToken(
      { client: deviation.client ?? CONSUMER, certificate: deviation.certificate ?? consumer.thumbprint },
      {
        issuer: deviation.issuer ?? ISSUER,
        key: federation.key('node', deviation.key ?? 'access-token'),
        nowMs: deviation.nowMs ?? NOW,
      },
    ).then(({ token }) => token);

  function callWith(authorization: string | undefined): ServerCall {
    const metadata = new Metadata();
    if (authorization !== undefined) metadata.set('authorization', authorization);
    const call = { metadata, getAuthContext: () => ({ sslPeerCertificate: { raw: certificate } }) };
    return call as unknown as ServerCall;
  }

  function decide(authorization: string | undefined, isIdentified = true) {
    const call = callWith(authorization);
    if (isIdentified) identifyCaller(call, federation.current);
    const context = { getType: () => 'rpc', getArgByIndex: () => call } as unknown as ExecutionContext;
    return new AccessGuard(identity, federation.current, clock, lock).canActivate(context);
  }

  it('lets in whoever shows a token of this issuer with its own certificate', async () => {
    await expect(decide(`Bearer ${await grant()}`)).resolves.toBe(true);
  });

  it.each([
    ['no token', async () => undefined],
    ['an empty token', async () => 'Bearer '],
    ['another scheme', async () => `Basic ${await grant()}`],
    ['a token too large to be one', async () => `Bearer ${'x'.repeat(8193)}`],
    ['what is no token', async () => 'Bearer x'],
    ['a token of another client', async () => `Bearer ${await grant({ client: 'elterngeld-online' })}`],
    ['a stolen token', async () => `Bearer ${await grant({ certificate: 'another' })}`],
    ['a token of another issuer', async () => `Bearer ${await grant({ issuer: 'https://other.example' })}`],
    ['an expired token', async () => `Bearer ${await grant({ nowMs: NOW - 600_000 })}`],
    ['a token signed with another key of the node', async () => `Bearer ${await grant({ key: 'trigger' })}`],
    ['the assertion itself', async () => `Bearer ${await assertion()}`],
  ])('refuses %s', async (_rule, header) => {
    await expect(decide(await header())).rejects.toMatchObject({ reason: 'ACCESS_TOKEN_INVALID' });
  });

  it('refuses whoever the entry guard has not identified', async () => {
    await expect(decide(`Bearer ${await grant()}`, false)).rejects.toMatchObject({ reason: 'CALLER_UNKNOWN' });
  });

  it('leaves HTTP alone: each endpoint there decides itself', async () => {
    const context = { getType: () => 'http' } as unknown as ExecutionContext;
    await expect(new AccessGuard(identity, federation.current, clock, lock).canActivate(context)).resolves.toBe(true);
  });
});
