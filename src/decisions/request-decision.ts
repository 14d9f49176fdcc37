import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OnlineService } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import { invalid, refusal } from '../platform/fault.js';
import { canonicalDigest } from '../tokens/digest.js';
import { DecisionLinks } from './decision-links.js';
import { type AskedPerson, type DecisionRequest, isCompany } from './decision-request.js';
import { DecisionStore } from './decision-store.js';

/** As long as a person may take to read and sign in. */
const LIFETIME_MS = 1_800_000;

export type RequestedDecision = Readonly<{ id: string; link: string; expiresAt: number }>;

/** An online service wants a person to decide at the pages. The same again, unanswered, is the same request with a new link. */
export class RequestDecision extends Command<RequestedDecision> {
  constructor(
    readonly caller: Caller,
    readonly requestId: string,
    readonly service: string,
    readonly persons: readonly AskedPerson[],
    readonly returnUrl: string,
  ) {
    super();
  }
}

@CommandHandler(RequestDecision)
export class RequestDecisionHandler implements ICommandHandler<RequestDecision> {
  constructor(
    private readonly catalogue: CurrentCatalogue,
    private readonly links: DecisionLinks,
    private readonly requests: DecisionStore,
    private readonly clock: Clock,
  ) {}

  /** @throws Fault TRANSFER_NOT_PERMITTED, REQUEST_INVALID, REQUEST_ID_REUSED; CALL_NOT_ALLOWED where there are no pages */
  async execute({ caller, requestId, service: name, persons, returnUrl }: RequestDecision): Promise<RequestedDecision> {
    const { id: consumer, return_urls = [] } = caller.participant;
    const service = this.catalogue.lookup.service(name);
    if (service === undefined || service.consumer !== consumer) throw refusal('TRANSFER_NOT_PERMITTED');
    const decoder = new Decoder();
    if (!return_urls.includes(returnUrl)) decoder.refuse('return_url', 'must be one that the catalogue names');
    for (const [at, person] of persons.entries()) {
      const subject = service.subjects.find(({ role }) => role === person.role);
      if (subject === undefined) decoder.refuse(`subjects[${at}].role`, 'must be a role of the service');
      else demandAskable(decoder, `subjects[${at}]`, subject, person.key, persons);
    }
    const link = decoder.done(this.links).make();
    if (link === undefined) throw refusal('CALL_NOT_ALLOWED', { rule: 'this node has no pages' });
    const request = { id: randomUUID(), consumer, service: name, persons, returnUrl };
    const expiresAt = this.clock.now() + LIFETIME_MS;
    if (await this.requests.put({ ...request, expiresAt }, link.digest, requestId))
      return { id: request.id, link: link.link, expiresAt };
    const before = await this.again(requestId, request, link.digest);
    if (before === undefined) throw invalid([{ field: 'request_id', description: 'was used before' }]);
    return { ...before, link: link.link };
  }

  /** Whoever did not hear the answer asks the same again: for as long as it is open it gets a new link, and the old one ends. */
  private async again(
    requestId: string,
    { id: _, ...asked }: Omit<DecisionRequest, 'expiresAt'>,
    digest: string,
  ): Promise<Omit<RequestedDecision, 'link'> | undefined> {
    const before = await this.requests.byRequest(requestId, asked.consumer);
    if (before === undefined) return undefined;
    const { id, expiresAt, triggerIds: _ids, ...content } = before;
    if (canonicalDigest(content) !== canonicalDigest(asked)) return undefined;
    return (await this.requests.relink(id, digest)) ? { id, expiresAt } : undefined;
  }
}

type Role = OnlineService['subjects'][number];

function demandAskable(
  decoder: Decoder,
  path: string,
  { kind = 'natural', represented_by: decider }: Role,
  key: AskedPerson['key'],
  persons: readonly AskedPerson[],
): void {
  if (isCompany(key) !== (kind === 'legal')) decoder.refuse(path, `must be a ${kind} person`);
  else if (decider === undefined && key.set === 'name')
    decoder.refuse(`${path}.natural_person`, 'of whoever decides must be an address or a number');
  else if (isCompany(key) && !persons.some((it) => it.role === decider && it.key.set === 'address'))
    // Registers of companies know who represents them by name (HRV § 43); the decision is bound to it.
    decoder.refuse(path, 'needs whoever decides for it, by address');
}
