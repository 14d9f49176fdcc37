import type { FastifyRequest } from 'fastify';
import type { Citizen } from '../../client/citizen-calls.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { Clock } from '../../platform/clock.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import { PageFault } from '../page-fault.js';

const SERVICE = 'datenauskunft';
const ROLE = 'person';
/** Less than the node lets it live (ten minutes), so that a page is ready before it ends. */
const LOOKUP_LASTS_MS = 540_000;

/**
 * Who is signed in, as the node knows them: by a lookup from attested attributes, which is on record and kept in the session
 * alone. BundID gives no identification number, and these pages never see one.
 */
export class Citizens {
  constructor(
    private readonly node: PagesConnection,
    private readonly clock: Clock,
  ) {}

  /** @throws PageFault NOT_AVAILABLE_TO_YOU where nobody, several or somebody blocked was found: one refusal */
  async of({ session }: FastifyRequest): Promise<Citizen> {
    const { account, lookup } = session;
    if (account === undefined) throw new PageFault('NOT_SIGNED_IN');
    const { signedIn, person } = account;
    const now = this.clock.now();
    if (lookup?.service === SERVICE && lookup.endsAt > now) return { ...signedIn, subject: lookup.subjectToken };
    if (person === undefined) throw new PageFault('NOT_AVAILABLE_TO_YOU');
    const subjectToken = await this.node.lookUp(SERVICE, { role: ROLE, person }, signedIn);
    session.lookup = { service: SERVICE, subjectToken, endsAt: now + LOOKUP_LASTS_MS };
    return { ...signedIn, subject: subjectToken };
  }

  /** With a lookup that holds: what was withdrawn, or was made by a node that has other keys now, is made anew once. */
  async with<T>(request: FastifyRequest, ask: (citizen: Citizen) => Promise<T>): Promise<T> {
    const citizen = await this.of(request);
    try {
      return await ask(citizen);
    } catch (error) {
      const isStale = error instanceof RpcFailure && STALE.some((reason) => reason === error.reason);
      if (!isStale) throw error;
      delete request.session.lookup;
      return ask(await this.of(request));
    }
  }
}

const STALE = ['SUBJECT_TOKEN_INVALID', 'TRIGGER_WITHDRAWN'] as const;
