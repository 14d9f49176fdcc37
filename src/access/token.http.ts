import type { TLSSocket } from 'node:tls';
import { Body, Controller, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditLog } from '../audit/audit-log.js';
import { SecurityLog } from '../audit/security-log.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { Fault } from '../platform/fault.js';
import { thumbprint } from '../platform/tls.js';
import { IssueAccessToken } from './issue-access-token.js';
import { NodeIdentity } from './node-identity.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const MAX_ASSERTION_BYTES = 8192;

/** RFC 6749 § 5.2. */
type RefusalCode = 'unsupported_grant_type' | 'invalid_request' | 'invalid_client' | 'unauthorized_client';

/** Token endpoint and public keys of the node. */
@Controller()
export class TokenHttp {
  constructor(
    private readonly commands: CommandBus,
    private readonly catalogue: CurrentCatalogue,
    private readonly node: NodeIdentity,
    private readonly security: SecurityLog,
    private readonly audit: AuditLog,
  ) {}

  @Post('oauth2/token')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async token(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() form: unknown,
  ): Promise<object> {
    const caller = this.callerOf(request);
    const fields = typeof form === 'object' && form !== null ? (form as Record<string, unknown>) : {};
    const { grant_type, client_assertion_type, client_assertion, unlock } = fields;
    if (grant_type !== 'client_credentials') return this.refuse(reply, 400, 'unsupported_grant_type');
    if (client_assertion_type !== ASSERTION_TYPE || typeof client_assertion !== 'string')
      return this.refuse(reply, 400, 'invalid_request');
    if (caller === undefined || client_assertion.length > MAX_ASSERTION_BYTES)
      return this.refuse(reply, 401, 'invalid_client');
    const statement = typeof unlock === 'string' ? unlock : undefined;
    try {
      const answer = await this.commands.execute(new IssueAccessToken(caller, client_assertion, statement));
      return answer ?? this.refuse(reply, 401, 'invalid_client');
    } catch (error) {
      if (error instanceof Fault && error.reason === 'CALLER_LOCKED') return this.refuseLocked(reply, caller, error);
      throw error;
    }
  }

  /** RFC 8414 § 3. */
  @Get('.well-known/oauth-authorization-server')
  metadata(): object {
    return {
      issuer: this.node.issuer,
      token_endpoint: `${this.node.issuer}/oauth2/token`,
      jwks_uri: `${this.node.issuer}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      tls_client_certificate_bound_access_tokens: true,
    };
  }

  @Get('.well-known/jwks.json')
  jwks(): object {
    const keys = (['access-token', 'trigger', 'receipt', 'notice'] as const).flatMap((use) =>
      this.catalogue.lookup.keys(this.node.participant, use),
    );
    return { keys: keys.map(({ jwk, kid, alg }) => ({ ...jwk, kid, alg, use: 'sig' })) };
  }

  private callerOf(request: FastifyRequest): Caller | undefined {
    const socket = request.raw.socket as TLSSocket;
    if (!socket.authorized) return undefined;
    const peer = thumbprint(socket.getPeerCertificate().raw);
    const participant = this.catalogue.participantOf(peer);
    return participant === undefined ? undefined : { participant, thumbprint: peer };
  }

  /** RFC 6749 § 5.2: an authenticated client that may not use the grant. Whoever holds its certificate learns which lock. */
  private async refuseLocked(reply: FastifyReply, { participant }: Caller, fault: Fault): Promise<object> {
    const { reason, metadata } = fault;
    await this.audit.refused({
      caller: { consumer: participant.id, reason },
      protected: { note: metadata.lock ?? '' },
    });
    return { ...this.refuse(reply, 400, 'unauthorized_client'), error_description: reason, lock: metadata.lock };
  }

  private refuse(reply: FastifyReply, code: 400 | 401, error: RefusalCode): object {
    this.security.refused('token-endpoint', error);
    reply.status(code);
    return { error };
  }
}
