import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { PersonKey } from '../../client/applicant.js';
import { PagesConnection, type SignedIn } from '../../client/pages-connection.js';
import { Clock } from '../../platform/clock.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import { PageFault } from '../page-fault.js';

/** A subject token lives ten minutes at the node; it is not used in its last. */
const LIFETIME_MS = 540_000;

/** A reload of a page that is refused looks nobody up. */
const REFUSED_FOR_MS = 300_000;

/** Somebody who signed in, found in the directory; both for their session alone. */
export type FoundPerson = Readonly<{ signedIn: SignedIn; attested: PersonKey; subjectToken: string }>;

/**
 * Finds whoever signed in by their attested attributes, once per session and purpose: each lookup is logged at both sides. That nobody was found is
 * kept for some minutes.
 */
@Injectable()
export class OwnLookup {
  constructor(
    private readonly node: PagesConnection,
    private readonly clock: Clock,
  ) {}

  /**
   * @param service of the catalogue, for what the person is looked up
   * @throws PageFault NOT_SIGNED_IN, NOT_AVAILABLE_TO_YOU where too little was attested; RpcFailure SUBJECT_NOT_AVAILABLE
   */
  async find({ session }: FastifyRequest, service: string): Promise<FoundPerson> {
    const { account } = session;
    if (account === undefined) throw new PageFault('NOT_SIGNED_IN');
    const { signedIn, person: attested } = account;
    if (attested === undefined) throw new PageFault('NOT_AVAILABLE_TO_YOU');
    const held = session.lookup;
    if (held?.service === service && held.endsAt > this.clock.now())
      return { signedIn, attested, subjectToken: held.subjectToken };
    const { refused } = session;
    if (refused?.service === service && refused.endsAt > this.clock.now()) throw new PageFault('NOT_AVAILABLE_TO_YOU');
    const endsAt = this.clock.now() + LIFETIME_MS;
    try {
      const subjectToken = await this.node.lookUp(service, { role: 'person', person: attested }, signedIn);
      session.lookup = { service, subjectToken, endsAt };
      return { signedIn, attested, subjectToken };
    } catch (error) {
      if (error instanceof RpcFailure && error.reason === 'SUBJECT_NOT_AVAILABLE')
        session.refused = { service, endsAt: this.clock.now() + REFUSED_FOR_MS };
      throw error;
    }
  }
}
