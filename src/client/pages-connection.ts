import { randomUUID } from 'node:crypto';
import type { CatalogueServiceClient } from '../platform/rpc-types/einmal/broker/v1/CatalogueService.js';
import type { ConsentServiceClient } from '../platform/rpc-types/einmal/broker/v1/ConsentService.js';
import type { DescribeServiceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/DescribeServiceResponse.js';
import type { GetLogStatusResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetLogStatusResponse.js';
import type { GrantTriggersResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GrantTriggersResponse.js';
import type { IdentityServiceClient } from '../platform/rpc-types/einmal/broker/v1/IdentityService.js';
import type { ListSubjectEntriesResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListSubjectEntriesResponse.js';
import type { ResolveIdentityResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ResolveIdentityResponse.js';
import type { TransparencyServiceClient } from '../platform/rpc-types/einmal/broker/v1/TransparencyService.js';
import type { TlsIdentity } from '../platform/tls.js';
import type { DelayedNotice } from '../tokens/attestation.js';
import { type Session, signSession } from '../tokens/session-token.js';
import { type Applicant, toSubject } from './applicant.js';
import { attestLookup, type Representing } from './attest-lookup.js';
import { CitizenCalls } from './citizen-calls.js';
import { GovernanceConnection } from './governance-connection.js';
import { type ListedEntries, toListedEntries } from './listed-entries.js';
import { NodeChannel } from './node-channel.js';
import type { NodeProfile } from './node-profile.js';
import { OversightConnection } from './oversight-connection.js';
import { PagesDecisions } from './pages-decisions.js';
import { type PagesKeys, readPagesKeys } from './pages-keys.js';
import { toServiceDescription } from './service-description.js';

/** Somebody who is signed in at the pages; whom they are in the registers is not part of it. */
export type SignedIn = Omit<Session, 'subject'>;

type LookupGrounds = Readonly<{
  /** Of the text that whoever decides on the lookup was shown (`textHash` of `tokens`). */
  textHash: string;
  fileReference?: string | undefined;
  delayedNotice?: DelayedNotice | undefined;
  representative?: Representing & Readonly<{ subjectToken: string }>;
}>;

export type SearchWish = Readonly<{ subjectToken: string; reason: string; fileReference: string }>;

/** A part of a list: at most `size` entries, from where `token` of the part before says. */
export type Part = Readonly<{ size?: number; token?: string }>;

/** Reads the keys of the pages and prepares the connection; the first call opens it. */
export async function connectPages(profile: NodeProfile): Promise<PagesConnection> {
  return new PagesConnection(profile, await readPagesKeys(profile.keys));
}

/** The node as pages see it. Every call throws `RpcFailure` with the reason, or `AccessRefused`. */
export class PagesConnection {
  readonly #channel: NodeChannel;
  readonly #keys: PagesKeys;
  readonly #catalogue: () => CatalogueServiceClient;
  readonly #consent: () => ConsentServiceClient;
  readonly #identity: () => IdentityServiceClient;
  readonly #transparency: () => TransparencyServiceClient;
  /** What persons decide at the pages. */
  readonly decisions: PagesDecisions;
  /** For officers and auditors. */
  readonly oversight: OversightConnection;
  /** Changes of the catalogue, for administrators and those who control them. */
  readonly governance: GovernanceConnection;
  /** What a citizen asks about themself. */
  readonly citizen: CitizenCalls;

  constructor(
    readonly profile: NodeProfile,
    keys: PagesKeys,
  ) {
    this.#keys = { ...keys };
    this.#channel = new NodeChannel(profile, keys.assertion);
    this.#catalogue = this.#channel.open('CatalogueService');
    this.#consent = this.#channel.open('ConsentService');
    this.#identity = this.#channel.open('IdentityService');
    this.#transparency = this.#channel.open('TransparencyService');
    this.decisions = new PagesDecisions(this.#channel, this.#keys);
    this.oversight = new OversightConnection(this.#channel, (session) => this.sign(session));
    this.governance = new GovernanceConnection(this.#channel, (session) => this.sign(session));
    this.citizen = new CitizenCalls(this.#channel, this.#keys);
  }

  /** `x5t#S256` of the certificate that the node knows the pages by; subject tokens are of one (design 5). */
  get certificate(): string {
    return this.#channel.certificate;
  }

  /** From the next call on. */
  rotate({ tls, ...keys }: Partial<PagesKeys & Readonly<{ tls: TlsIdentity }>>): void {
    Object.assign(this.#keys, keys);
    if (keys.assertion !== undefined) this.#channel.rotate({ assertionKey: keys.assertion });
    if (tls !== undefined) this.#channel.rotate({ tls });
  }

  /**
   * Looks a person up for somebody who is signed in, by attributes that are attested or stated; logged at both sides. The
   * subject token lives ten minutes and belongs into the session, nowhere else. An officer names the file reference, and by which
   * norm the person is told of it later, if they are.
   */
  lookUp(
    service: string,
    applicant: Applicant,
    by: SignedIn,
    grounds: Omit<LookupGrounds, 'representative'>,
  ): Promise<string> {
    return this.resolve(service, applicant, by, grounds);
  }

  /**
   * Looks somebody up for whom whoever is signed in decides. @throws RpcFailure SUBJECT_NOT_AVAILABLE also where the directory does not
   * confirm that they may
   */
  lookUpRepresented(
    service: string,
    applicant: Applicant,
    by: SignedIn,
    grounds: Required<Pick<LookupGrounds, 'textHash' | 'representative'>>,
  ): Promise<string> {
    return this.resolve(service, applicant, by, grounds);
  }

  private async resolve(
    service: string,
    applicant: Applicant,
    { actor, assurance }: SignedIn,
    { textHash, fileReference, delayedNotice, representative }: LookupGrounds,
  ): Promise<string> {
    const { client, node } = this.profile;
    const described = await this.#channel.call<DescribeServiceResponse__Output>((metadata, options, done) =>
      this.#catalogue().DescribeService({ service }, metadata, options, done),
    );
    const by = { actor, assurance, attester: client, node: node.participant, key: this.#keys.attestation };
    const { attestation, commitmentSalt, isTask } = await attestLookup(toServiceDescription(described), applicant, {
      ...by,
      nowMs: Date.now(),
      textHash,
      delayedNotice,
      representing: representative,
    });
    const grounds = isTask ? { file_reference: fileReference ?? '', acting_official: actor } : {};
    const granting = {
      request_id: randomUUID(),
      decisions: [{ attestation, commitment_salt: commitmentSalt, ...grounds }],
    };
    const { triggers = [] } = await this.#channel.call<GrantTriggersResponse__Output>((metadata, options, done) =>
      this.#consent().GrantTriggers(granting, metadata, options, done),
    );
    const resolving = {
      request_id: randomUUID(),
      service,
      subjects: [
        ...(representative
          ? [{ role: representative.role, natural_person: { subject_token: representative.subjectToken } }]
          : []),
        toSubject(applicant),
      ],
      trigger_ids: triggers.map(({ trigger_id = '' }) => trigger_id),
    };
    const { subjects = [] } = await this.#channel.call<ResolveIdentityResponse__Output>((metadata, options, done) =>
      this.#identity().ResolveIdentity(resolving, metadata, options, done),
    );
    return subjects[0]?.subject_token ?? '';
  }

  /** What the log holds about the person who is signed in. */
  listOwnEntries(person: SignedIn, subjectToken: string, part: Part = {}): Promise<ListedEntries> {
    return this.list({ ...person, subject: subjectToken }, {}, part);
  }

  /** What the log holds about a person whom an officer searches for; the person finds the search in their own list. */
  searchEntries(officer: SignedIn, wish: SearchWish, part: Part = {}): Promise<ListedEntries> {
    const { subjectToken: subject_token, reason, fileReference: file_reference } = wish;
    return this.list({ ...officer, subject: undefined }, { subject_token, reason, file_reference }, part);
  }

  /** What witnesses say of the log. Names nobody and is no entry: anybody may read it. */
  logStatus(): Promise<GetLogStatusResponse__Output> {
    return this.#channel.call<GetLogStatusResponse__Output>((metadata, options, done) =>
      this.#transparency().GetLogStatus({}, metadata, options, done),
    );
  }

  close(): void {
    this.#channel.close();
  }

  private async list(session: Session, grounds: object, { size = 0, token = '' }: Part): Promise<ListedEntries> {
    const session_token = await this.sign(session);
    const request = { ...grounds, session_token, page_size: size, page_token: token };
    return toListedEntries(
      await this.#channel.call<ListSubjectEntriesResponse__Output>((metadata, options, done) =>
        this.#transparency().ListSubjectEntries(request, metadata, options, done),
      ),
    );
  }

  private sign(session: Session): Promise<string> {
    const { client, node } = this.profile;
    return signSession(session, { pages: client, issuer: node.issuer, key: this.#keys.session, nowMs: Date.now() });
  }
}
