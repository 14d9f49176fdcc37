import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '../../catalogue/catalogue.js';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import type { PersonKey } from '../../client/applicant.js';
import { PagesConnection, type SignedIn } from '../../client/pages-connection.js';
import { Clock } from '../../platform/clock.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import { PageFault } from '../page-fault.js';
import { LOOKED_UP_ROLE, showLookupText, shownLookupText } from './shown-lookup.js';

/** A subject token lives ten minutes at the node; it is not used in its last. */
export const SUBJECT_TOKEN_USED_MS = 540_000;

/** A reload of a page that is refused looks nobody up. */
const REFUSED_FOR_MS = 300_000;

/** Somebody who signed in, found in the directory; both for their session alone. */
export type FoundPerson = Readonly<{ signedIn: SignedIn; attested: PersonKey; subjectToken: string }>;

/** Nobody is looked up by a text that they were not shown: the page that was asked for shows it. */
export class LookupNotShown extends Error {
  override readonly name = 'LookupNotShown';

  constructor(readonly text: string) {
    super('the text of the lookup was not shown');
  }
}

/**
 * Finds whoever signed in by their attested attributes, once per session and purpose: each lookup is logged at both sides. That nobody was found is
 * kept for some minutes.
 */
@Injectable()
export class OwnLookup {
  constructor(
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
    private readonly clock: Clock,
  ) {}

  /** The text by which somebody is looked up, for the page that leads there. */
  show(request: FastifyRequest, service: string, language: Language): string {
    return showLookupText(request, this.catalogue.lookup, service, language);
  }

  /**
   * @param service of the catalogue, for what the person is looked up
   * @throws LookupNotShown in a session that was not shown its text; PageFault NOT_SIGNED_IN, NOT_AVAILABLE_TO_YOU where too little was
   * attested; RpcFailure SUBJECT_NOT_AVAILABLE
   */
  async find(request: FastifyRequest, service: string): Promise<FoundPerson> {
    const { session } = request;
    const { account } = session;
    if (account === undefined) throw new PageFault('NOT_SIGNED_IN');
    const { signedIn, person: attested } = account;
    if (attested === undefined) throw new PageFault('NOT_AVAILABLE_TO_YOU');
    const held = session.lookup;
    const { certificate } = this.node;
    if (held?.service === service && held.certificate === certificate && held.endsAt > this.clock.now())
      return { signedIn, attested, subjectToken: held.subjectToken };
    const { refused } = session;
    if (refused?.service === service && refused.endsAt > this.clock.now()) throw new PageFault('NOT_AVAILABLE_TO_YOU');
    const textHash = shownLookupText(request, this.catalogue.lookup, service) ?? this.demandShown(request, service);
    const endsAt = this.clock.now() + SUBJECT_TOKEN_USED_MS;
    try {
      const applicant = { role: LOOKED_UP_ROLE, person: attested };
      const subjectToken = await this.node.lookUp(service, applicant, signedIn, { textHash });
      session.lookup = { service, subjectToken, certificate, endsAt };
      return { signedIn, attested, subjectToken };
    } catch (error) {
      if (error instanceof RpcFailure && error.reason === 'SUBJECT_NOT_AVAILABLE')
        session.refused = { service, endsAt: this.clock.now() + REFUSED_FOR_MS };
      throw error;
    }
  }

  private demandShown(request: FastifyRequest, service: string): never {
    // What was sent is gone: the page that it was sent from shows the text.
    if (request.method === 'POST') throw new PageFault('FORM_NOT_VALID');
    throw new LookupNotShown(this.show(request, service, request.visit?.language ?? 'de'));
  }
}
