import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '../../catalogue/catalogue.js';
import type { Citizen } from '../../client/citizen-calls.js';
import { RpcFailure } from '../../platform/grpc-client.js';
import { OwnLookup } from '../session/own-lookup.js';

const SERVICE = 'datenauskunft';

/**
 * Who is signed in, as the node knows them: by a lookup from attested attributes, which is on record and kept in the session
 * alone. BundID gives no identification number, and the lookup gives pages none. They see one in one case: where an online service asks
 * for a decision by it, who is asked gets it back to be committed to (`OpenDecision`); it is kept nowhere.
 */
@Injectable()
export class Citizens {
  constructor(private readonly lookup: OwnLookup) {}

  /** The text by which they are looked up, for the page that leads there. */
  show(request: FastifyRequest, language: Language): string {
    return this.lookup.show(request, SERVICE, language);
  }

  /** @throws PageFault NOT_AVAILABLE_TO_YOU where nobody, several or somebody blocked was found: one refusal */
  async of(request: FastifyRequest): Promise<Citizen> {
    const { signedIn, subjectToken } = await this.lookup.find(request, SERVICE);
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
