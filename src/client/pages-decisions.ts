import { isoTime } from '../platform/clock.js';
import type { AnswerDecisionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/AnswerDecisionResponse.js';
import type { AttestReleaseResponse__Output } from '../platform/rpc-types/einmal/broker/v1/AttestReleaseResponse.js';
import type { ConsentServiceClient } from '../platform/rpc-types/einmal/broker/v1/ConsentService.js';
import type { EvidenceServiceClient } from '../platform/rpc-types/einmal/broker/v1/EvidenceService.js';
import type { LegalPerson__Output } from '../platform/rpc-types/einmal/broker/v1/LegalPerson.js';
import type { OpenDecisionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/OpenDecisionResponse.js';
import type { PreviewEvidenceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/PreviewEvidenceResponse.js';
import type { Subject__Output } from '../platform/rpc-types/einmal/broker/v1/Subject.js';
import { COMPANY_REGISTERS } from '../tokens/company-key.js';
import type { OwnStatement } from '../tokens/own-statement.js';
import { attestRelease, type ReleaseDecision } from '../tokens/release-attestation.js';
import { type Session, signSession } from '../tokens/session-token.js';
import type { AnyApplicant, CompanyApplicant, PersonKey } from './applicant.js';
import { type AttestedDecision, attestDecisions, type PersonDecides } from './attest-decisions.js';
import type { NodeChannel } from './node-channel.js';
import type { PreviewItem } from './node-connection.js';
import type { PagesKeys } from './pages-keys.js';
import type { ServiceDescription } from './service-description.js';

/** What is asked behind a link, as anybody may see who has it. */
export type AskedDecision = Readonly<{
  service: string;
  consumer: string;
  roles: readonly string[];
  /** ISO 8601, UTC. */
  expires_at: string;
  decided: boolean;
}>;

/** What only the person sees who is asked. */
export type OwnDecision = AskedDecision &
  Readonly<{ deciderRole: string; applicants: readonly AnyApplicant[]; returnUrl: string }>;

/** The person as they signed in, and as the lookup of their session found them. */
export type Found = Readonly<{ signedIn: Omit<Session, 'subject'>; attested: PersonKey; subjectToken: string }>;

/** One set of decisions for a link; none where the person brings all evidence. */
export type AttestedAnswer = Readonly<{
  decisions: readonly Readonly<Pick<AttestedDecision, 'attestation' | 'commitment_salt'>>[];
  represented: readonly Represented[];
}>;

/** Somebody who is decided for, as a lookup found them represented. */
export type Represented = Readonly<{ role: string; subjectToken: string }>;

const DECIDED: Readonly<Record<string, ReleaseDecision['decision']>> = {
  HELD_DECISION_RELEASED: 'RELEASE',
  HELD_DECISION_REFUSED: 'REFUSE',
};

export type HeldForPerson = Readonly<{
  consumer: string;
  purpose: string;
  /** ISO 8601, UTC. */
  expires_at: string;
  /** `decided`: what the person decided here before; then there are no attributes. */
  items: readonly (PreviewItem & Readonly<{ waits: boolean; decided?: ReleaseDecision['decision'] | undefined }>)[];
}>;

/** Deciding at the pages, as the node offers it to them. Every call throws `RpcFailure` with the reason, or `AccessRefused`. */
export class PagesDecisions {
  readonly #consent: () => ConsentServiceClient;
  readonly #evidence: () => EvidenceServiceClient;

  constructor(
    private readonly channel: NodeChannel,
    private readonly keys: PagesKeys,
  ) {
    this.#consent = channel.open('ConsentService');
    this.#evidence = channel.open('EvidenceService');
  }

  async open(secret: string): Promise<AskedDecision> {
    return toAsked(
      await this.channel.call<OpenDecisionResponse__Output>((metadata, options, done) =>
        this.#consent().OpenDecision({ secret }, metadata, options, done),
      ),
    );
  }

  /** The same for whoever signed in. @throws RpcFailure SUBJECT_NOT_AVAILABLE for whoever is not asked */
  async openFor(secret: string, found: Found): Promise<OwnDecision> {
    const request = { secret, ...(await this.before(found)) };
    const answer = await this.channel.call<OpenDecisionResponse__Output>((metadata, options, done) =>
      this.#consent().OpenDecision(request, metadata, options, done),
    );
    const { decider_role = '', subjects = [], return_url = '' } = answer;
    return {
      ...toAsked(answer),
      deciderRole: decider_role,
      applicants: subjects.flatMap(toApplicant),
      returnUrl: return_url,
    };
  }

  /** What the person chose, attested: given to the node until it says that it has it. */
  async attest(
    service: ServiceDescription,
    applicants: readonly AnyApplicant[],
    person: PersonDecides,
  ): Promise<AttestedAnswer['decisions']> {
    const { client, node } = this.channel.profile;
    const by = { attester: client, node: node.participant, key: this.keys.attestation, nowMs: Date.now() };
    const decided = await attestDecisions(service, applicants, person, by);
    return decided.map(({ attestation, commitment_salt }) => ({ attestation, commitment_salt }));
  }

  /** The very same may be given again; another answer to a link that was answered is NOT_FOUND. */
  async answer(secret: string, found: Found, answer: AttestedAnswer): Promise<void> {
    const decisions = answer.decisions.map(({ attestation, commitment_salt }) => ({
      attestation,
      commitment_salt: Buffer.from(commitment_salt, 'base64url'),
    }));
    const represented = answer.represented.map(({ role, subjectToken }) => ({
      role,
      natural_person: { subject_token: subjectToken },
    }));
    const request = { secret, ...(await this.before(found)), decisions, represented };
    await this.channel.call<AnswerDecisionResponse__Output>((metadata, options, done) =>
      this.#consent().AnswerDecision(request, metadata, options, done),
    );
  }

  /** What is held for the person. @throws RpcFailure NOT_FOUND for what is not theirs */
  async preview(exchangeId: string, { signedIn, subjectToken }: Omit<Found, 'attested'>): Promise<HeldForPerson> {
    const request = { exchange_id: exchangeId, session_token: await this.sessionToken(signedIn, subjectToken) };
    const answer = await this.channel.call<PreviewEvidenceResponse__Output>((metadata, options, done) =>
      this.#evidence().PreviewEvidence(request, metadata, options, done),
    );
    const { consumer = '', purpose = '', expire_time, items = [] } = answer;
    return {
      consumer,
      purpose,
      expires_at: isoTime(expire_time),
      items: items.map(({ attributes = [], ...it }) => ({
        held_id: it.held_id ?? '',
        evidence_type: it.evidence_type ?? '',
        subject_role: it.subject_role ?? '',
        register: it.register ?? '',
        waits: it.waits ?? false,
        decided: DECIDED[it.decision ?? 'HELD_DECISION_UNSPECIFIED'],
        attributes: attributes.map(({ attribute = '', title = '', value = '' }) => ({ attribute, title, value })),
      })),
    };
  }

  /** Attests what the person released and refused, and what they state themself about it; the consumer fetches it. */
  async release(
    exchangeId: string,
    { signedIn, subjectToken }: Omit<Found, 'attested'>,
    decisions: readonly ReleaseDecision[],
    statements: readonly OwnStatement[] = [],
  ): Promise<void> {
    const { client, node } = this.channel.profile;
    const by = { attester: client, node: node.participant, key: this.keys.attestation, nowMs: Date.now() };
    const request = {
      exchange_id: exchangeId,
      session_token: await this.sessionToken(signedIn, subjectToken),
      attestation: await attestRelease(exchangeId, decisions, by, statements),
      own_statements: statements.map(({ salt, ...it }) => ({ ...it, salt: Buffer.from(salt, 'base64url') })),
    };
    await this.channel.call<AttestReleaseResponse__Output>((metadata, options, done) =>
      this.#evidence().AttestRelease(request, metadata, options, done),
    );
  }

  private async before({ signedIn, attested, subjectToken }: Found) {
    if (!('town' in attested)) throw new Error('pages attest an address');
    return { session_token: await this.sessionToken(signedIn, subjectToken), attested };
  }

  private sessionToken(signedIn: Found['signedIn'], subject: string): Promise<string> {
    const { client, node } = this.channel.profile;
    const by = { pages: client, issuer: node.issuer, key: this.keys.session, nowMs: Date.now() };
    return signSession({ ...signedIn, subject }, by);
  }
}

function toAsked(wire: OpenDecisionResponse__Output): AskedDecision {
  const { service = '', consumer = '', roles = [], expire_time, decided = false } = wire;
  return { service, consumer, roles, expires_at: isoTime(expire_time), decided };
}

function toApplicant({
  role = '',
  natural_person: person,
  legal_person: company,
}: Subject__Output): readonly AnyApplicant[] {
  if (company) return toCompany(role, company);
  const { address_key: address, name_key: name, idnr_key: number } = person ?? {};
  if (address) {
    const { family_name = '', town = '', postcode = '', birth_date = '' } = address;
    return [{ role, person: { family_name, town, postcode, birth_date } }];
  }
  if (name) {
    const { family_name = '', given_names = '', birth_date = '' } = name;
    return [{ role, person: { family_name, given_names, birth_date } }];
  }
  if (number) return [{ role, person: { idnr: number.idnr ?? '', birth_date: number.birth_date ?? '' } }];
  return [];
}

function toCompany(
  role: string,
  { business_number, register_number_key: entry }: LegalPerson__Output,
): readonly CompanyApplicant[] {
  if (business_number) return [{ role, company: { set: 'business-number', business_number } }];
  const kind = COMPANY_REGISTERS.find((it) => it === entry?.kind);
  if (!entry || kind === undefined) return [];
  return [{ role, company: { set: 'register-number', kind, court: entry.court ?? '', number: entry.number ?? '' } }];
}
