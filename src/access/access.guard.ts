import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { ServerCall } from '../platform/call.js';
import { callerOf } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault } from '../platform/fault.js';
import { verifyAccessToken } from '../tokens/access-token.js';
import { TokenFault } from '../tokens/jws.js';
import { CallerLock } from './caller-lock.js';
import { NodeIdentity } from './node-identity.js';

const MAX_HEADER_BYTES = 8192;

/** Second on every gRPC call of the node: an access token of this issuer, for this participant, bound to this certificate (RFC 8705 § 3). */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly node: NodeIdentity,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
    private readonly lock: CallerLock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'rpc') return true;
    const call = context.getArgByIndex<ServerCall>(2);
    const caller = callerOf(call);
    const [header] = call.metadata.get('authorization');
    const token = typeof header === 'string' && header.startsWith('Bearer ') ? header.slice(7) : '';
    if (token === '' || token.length > MAX_HEADER_BYTES) throw new Fault('ACCESS_TOKEN_INVALID');
    try {
      const { client } = await verifyAccessToken(token, {
        issuer: this.node.issuer,
        keys: await this.catalogue.verificationKeys(this.node.participant, 'access-token'),
        nowMs: this.clock.now(),
        certificate: caller.thumbprint,
      });
      if (client !== caller.participant.id) throw new TokenFault('BINDING');
    } catch (error) {
      if (error instanceof TokenFault) throw new Fault('ACCESS_TOKEN_INVALID', { cause: error });
      throw error;
    }
    await this.lock.demandUnlocked(caller.participant.id);
    return true;
  }
}
