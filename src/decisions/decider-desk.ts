import { SessionDesk } from '../access/session-desk.js';
import type { Assurance, Representation } from '../catalogue/catalogue.js';
import { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { openSubject } from '../identity/subject-token.js';
import type { Caller } from '../platform/caller.js';
import { Clock } from '../platform/clock.js';
import { Fault, refusal } from '../platform/fault.js';
import { Seal } from '../platform/secrets.js';
import { representationOf } from '../tokens/attestation.js';
import { linkDigest } from './decision-links.js';
import { type AskedPerson, type Attested, decidedRoles, deciderRole, isLookedUpBy } from './decision-request.js';
import { DecisionStore, type StoredRequest } from './decision-store.js';

/** For what pages look up whoever decides; what was looked up for anything else decides nothing (GDPR Art. 5 (1) b). */
const PURPOSE = 'entscheidung';

/** Who signed in at the pages, and what they are asked. */
export type Decider = Readonly<{
  request: StoredRequest;
  role: string;
  persons: readonly AskedPerson[];
  idnr: string;
  /** At which they signed in. */
  assurance: Assurance;
  /** Their pseudonym at these pages. */
  actor: string;
}>;

/** What pages say about the person who is before them: their session, and the attributes that were attested. */
export type BeforePages = Readonly<{ caller: Caller; sessionToken: string; attested: Omit<Attested, 'idnr'> }>;

/** Finds what a link asks, and whether it asks whoever signed in. */
export class DeciderDesk {
  constructor(
    private readonly sessions: SessionDesk,
    private readonly requests: DecisionStore,
    private readonly catalogue: CurrentCatalogue,
    private readonly seal: Seal,
    private readonly clock: Clock,
  ) {}

  /** For whoever has the link. @throws Fault CALL_NOT_ALLOWED for others than pages; NOT_FOUND for no link, and for one that has expired */
  async asked(caller: Caller, secret: string): Promise<StoredRequest> {
    const request = await this.behind(caller, secret);
    if (request === undefined) throw new Fault('NOT_FOUND', { isOfStranger: true });
    return request;
  }

  /** @throws Fault NOT_FOUND, SESSION_*, SUBJECT_NOT_AVAILABLE for whoever is not asked, whatever the reason */
  async decider(secret: string, before: BeforePages): Promise<Decider> {
    const request = await this.behind(before.caller, secret);
    if (request === undefined) throw refusal('NOT_FOUND');
    const signedIn = await this.signedIn(before);
    const service = this.catalogue.lookup.service(request.service);
    const role = service && deciderRole(request, service, { ...before.attested, idnr: signedIn.idnr });
    if (service === undefined || role === undefined) throw refusal('SUBJECT_NOT_AVAILABLE');
    return { request, role, persons: decidedRoles(request, service, role), ...signedIn };
  }

  /** The citizen whose session it is. @throws Fault SESSION_*, SUBJECT_NOT_AVAILABLE */
  async signedIn({
    caller,
    sessionToken,
  }: Omit<BeforePages, 'attested'>): Promise<Pick<Decider, 'idnr' | 'assurance' | 'actor'>> {
    const { role, actor, subject, assurance } = await this.sessions.accept(caller, sessionToken);
    const bound = { consumer: caller.participant.id, certificate: caller.thumbprint, nowMs: this.clock.now() };
    const person = role === 'citizen' && subject !== undefined ? openSubject(this.seal, subject, bound) : undefined;
    if (person === undefined || person.representative !== null) throw refusal('SUBJECT_NOT_AVAILABLE');
    const { attester, decider, acting, purpose } = person.decided;
    if (attester !== caller.participant.id || decider !== actor || acting !== 'SELF' || purpose !== PURPOSE)
      throw refusal('SUBJECT_NOT_AVAILABLE');
    return { idnr: person.idnr, assurance, actor };
  }

  /**
   * That the directory has confirmed for this decision that the decider represents somebody: by the subject token of the lookup that
   * the person themself had made for it. @throws Fault SUBJECT_NOT_AVAILABLE
   */
  demandRepresenting(
    { caller }: Pick<BeforePages, 'caller'>,
    { idnr, actor }: Pick<Decider, 'idnr' | 'actor'>,
    { key }: AskedPerson,
    proof: Readonly<{ by: Representation; subjectToken: string | undefined }>,
  ): void {
    const bound = { consumer: caller.participant.id, certificate: caller.thumbprint, nowMs: this.clock.now() };
    const found = openSubject(this.seal, proof.subjectToken ?? '', bound);
    const isProven =
      found !== undefined &&
      found.representative === idnr &&
      representationOf(found.decided) === proof.by &&
      found.decided.attester === caller.participant.id &&
      found.decided.decider === actor &&
      found.decided.purpose === PURPOSE &&
      isLookedUpBy(key, found.opening);
    if (!isProven) throw refusal('SUBJECT_NOT_AVAILABLE');
  }

  private behind({ participant }: Caller, secret: string): Promise<StoredRequest | undefined> {
    if (participant.kind !== 'pages') throw refusal('CALL_NOT_ALLOWED');
    return this.requests.byLink(linkDigest(secret));
  }
}
