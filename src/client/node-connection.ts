import { randomUUID } from 'node:crypto';
import type { CatalogueServiceClient } from '../platform/rpc-types/einmal/broker/v1/CatalogueService.js';
import type { ConsentServiceClient } from '../platform/rpc-types/einmal/broker/v1/ConsentService.js';
import type { DecideReleaseResponse__Output } from '../platform/rpc-types/einmal/broker/v1/DecideReleaseResponse.js';
import type { EvidenceServiceClient } from '../platform/rpc-types/einmal/broker/v1/EvidenceService.js';
import type { GetDecisionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetDecisionResponse.js';
import type { GetDeferredEvidenceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetDeferredEvidenceResponse.js';
import type { GrantTriggersResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GrantTriggersResponse.js';
import type { IssueReceiptResponse__Output } from '../platform/rpc-types/einmal/broker/v1/IssueReceiptResponse.js';
import type { PrefillFormRequest } from '../platform/rpc-types/einmal/broker/v1/PrefillFormRequest.js';
import type { PrefillServiceClient } from '../platform/rpc-types/einmal/broker/v1/PrefillService.js';
import type { PreviewEvidenceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/PreviewEvidenceResponse.js';
import type { RequestDecisionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/RequestDecisionResponse.js';
import type { RetrieveEvidenceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/RetrieveEvidenceResponse.js';
import type { StreamPrefillResponse__Output } from '../platform/rpc-types/einmal/broker/v1/StreamPrefillResponse.js';
import type { TransparencyServiceClient } from '../platform/rpc-types/einmal/broker/v1/TransparencyService.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';
import { attestRelease, type ReleaseDecision } from '../tokens/release-attestation.js';
import type { PrefillAnswer, Receipt } from '../verify/answer.js';
import { type AnyApplicant, toSubject } from './applicant.js';
import { type AttestedDecision, attestDecisions, type PersonDecides } from './attest-decisions.js';
import { NodeChannel } from './node-channel.js';
import type { NodeProfile } from './node-profile.js';
import { type PrefillPart, toDecidedAnswer, toPrefillAnswer, toPrefillPart, toReceipt } from './prefill-answer.js';
import { type ServiceDescription, toServiceDescription } from './service-description.js';
import { type Where, whereToWire } from './where.js';

/** A receipt token (JWS) and the proof for the same tree: the document that `einmal verify receipt` takes. */
export type SignedReceipt = Readonly<{ receipt_token: string; receipt: Receipt }>;

/** As an answer to a prefill; `receipt` and `release_salt` only where something has come. */
export type DeferredAnswer = Omit<PrefillAnswer, 'receipt' | 'release_salt'> &
  Partial<Pick<PrefillAnswer, 'receipt' | 'release_salt'>>;

/** One held piece of evidence, readable, with German titles. */
export type PreviewItem = Readonly<{
  held_id: string;
  evidence_type: string;
  subject_role: string;
  register: string;
  attributes: readonly Readonly<{ attribute: string; title: string; value: string }>[];
}>;

export type PrefillWish = Readonly<{
  service: string;
  applicants: readonly AnyApplicant[];
  /** Triggers that `grantTriggers` returned. */
  triggerIds: readonly string[];
  /** The same id again within five minutes gets the same answer. */
  requestId?: string;
  deadlineMs?: number;
}> &
  Where;

/** Evidence that was decided on, without a form. */
export type RetrieveWish = Readonly<{
  applicants: readonly AnyApplicant[];
  /** Granted before. */
  decisions: readonly AttestedDecision[];
  /** Official region key of the applicant's municipality, 12 digits. */
  ars?: string;
  /** The same id again within five minutes gets the same answer. */
  requestId?: string;
  deadlineMs?: number;
}>;

export type DecisionWish = Readonly<{ service: string; applicants: readonly AnyApplicant[]; returnUrl: string }>;

export type DecidedAtPages = Readonly<{
  decided: boolean;
  triggerIds: readonly string[];
  /** The exchange id is appended to it, where the answer to a prefill waits for the person. */
  previewLink: string;
}>;

const IDENTITY = 'identity';

/** Reads the keys of the online service and prepares the connection; the first call opens it. */
export async function connectToNode(profile: NodeProfile): Promise<NodeConnection> {
  const assertionKey = await readSigningKey(profile.keys, 'client-assertion');
  return new NodeConnection(profile, assertionKey, await readSigningKey(profile.keys, 'attestation'));
}

/** The node as an online service sees it. Every call throws `RpcFailure` with the reason, or `AccessRefused`. */
export class NodeConnection {
  readonly #channel: NodeChannel;
  readonly #catalogue: () => CatalogueServiceClient;
  readonly #consent: () => ConsentServiceClient;
  readonly #evidence: () => EvidenceServiceClient;
  readonly #prefill: () => PrefillServiceClient;
  readonly #transparency: () => TransparencyServiceClient;

  constructor(
    readonly profile: NodeProfile,
    assertionKey: SigningKey,
    private readonly attestationKey: SigningKey,
  ) {
    this.#channel = new NodeChannel(profile, assertionKey);
    this.#catalogue = this.#channel.open('CatalogueService');
    this.#consent = this.#channel.open('ConsentService');
    this.#evidence = this.#channel.open('EvidenceService');
    this.#prefill = this.#channel.open('PrefillService');
    this.#transparency = this.#channel.open('TransparencyService');
  }

  async describeService(service: string): Promise<ServiceDescription> {
    return toServiceDescription(
      await this.#channel.call((metadata, options, done) =>
        this.#catalogue().DescribeService({ service }, metadata, options, done),
      ),
    );
  }

  /** Signs what the person decided; nothing is sent yet. */
  attest(
    service: ServiceDescription,
    applicants: readonly AnyApplicant[],
    person: PersonDecides,
  ): Promise<readonly AttestedDecision[]> {
    const { client, node } = this.profile;
    const by = { attester: client, node: node.participant, key: this.attestationKey, nowMs: Date.now() };
    return attestDecisions(service, applicants, person, by);
  }

  /** Gives the signed decisions to the node, which logs each; returns the ids by which they are used. */
  async grantTriggers(
    decisions: readonly AttestedDecision[],
  ): Promise<Readonly<{ triggerIds: readonly string[]; receipt: Receipt }>> {
    const request = {
      request_id: randomUUID(),
      decisions: decisions.map(({ attestation, commitment_salt }) => ({
        attestation,
        commitment_salt: Buffer.from(commitment_salt, 'base64url'),
      })),
    };
    const { triggers = [], receipt } = await this.#channel.call<GrantTriggersResponse__Output>(
      (metadata, options, done) => this.#consent().GrantTriggers(request, metadata, options, done),
    );
    return { triggerIds: triggers.map(({ trigger_id = '' }) => trigger_id), receipt: toReceipt(receipt) };
  }

  async prefill(wish: PrefillWish): Promise<PrefillAnswer> {
    const request = toPrefillRequest(wish);
    return toPrefillAnswer(
      await this.#channel.call(
        (metadata, options, done) => this.#prefill().PrefillForm(request, metadata, options, done),
        wish.deadlineMs,
      ),
    );
  }

  /**
   * The same field by field, each when its register has answered; a later field of the same id and role takes the place of
   * an earlier one. The last part is the whole answer: it is what gets verified. Who leaves the loop, or aborts, cancels it.
   */
  async *streamPrefill(wish: PrefillWish, signal?: AbortSignal): AsyncGenerator<PrefillPart> {
    const request = toPrefillRequest(wish);
    const { deadlineMs } = wish;
    const parts = this.#channel.stream<StreamPrefillResponse__Output>(
      (metadata, options) => this.#prefill().StreamPrefill({ request }, metadata, options),
      { deadlineMs, signal },
    );
    for await (const part of parts) yield* toPrefillPart(part);
  }

  /** Signed evidence; encrypted where this service holds its decryption key itself. */
  async retrieve({ applicants, decisions, ars, requestId, deadlineMs }: RetrieveWish): Promise<PrefillAnswer> {
    const isLookup = ({ decision }: AttestedDecision) => decision.evidence_type === IDENTITY;
    const request = {
      request_id: requestId ?? randomUUID(),
      purpose: decisions[0]?.decision.purpose ?? '',
      subjects: applicants.map(toSubject),
      needs: decisions
        .filter((it) => !isLookup(it))
        .map(({ trigger_id, decision }) => ({
          evidence_type: decision.evidence_type,
          subject_role: decision.subject.role,
          trigger_id,
          ...(ars === undefined ? {} : { ars }),
        })),
      identity_trigger_ids: decisions.filter(isLookup).map(({ trigger_id }) => trigger_id),
    };
    return toPrefillAnswer(
      await this.#channel.call<RetrieveEvidenceResponse__Output>(
        (metadata, options, done) => this.#evidence().RetrieveEvidence(request, metadata, options, done),
        deadlineMs,
      ),
    );
  }

  /** What the node holds for the person to see before this service gets it (EGovG § 5 Abs. 5). */
  async preview(exchangeId: string): Promise<readonly PreviewItem[]> {
    const { items = [] } = await this.#channel.call<PreviewEvidenceResponse__Output>((metadata, options, done) =>
      this.#evidence().PreviewEvidence({ exchange_id: exchangeId }, metadata, options, done),
    );
    return items.map(({ held_id = '', evidence_type = '', subject_role = '', register = '', attributes = [] }) => ({
      held_id,
      evidence_type,
      subject_role,
      register,
      attributes: attributes.map(({ attribute = '', title = '', value = '' }) => ({ attribute, title, value })),
    }));
  }

  /** Asks a person, given by address or number, to decide at the pages; they return to a URL that the catalogue names. */
  async requestDecision(wish: DecisionWish): Promise<Readonly<{ decisionId: string; link: string }>> {
    const request = {
      request_id: randomUUID(),
      service: wish.service,
      return_url: wish.returnUrl,
      subjects: wish.applicants.map(toSubject),
    };
    const { decision_id = '', link = '' } = await this.#channel.call<RequestDecisionResponse__Output>(
      (metadata, options, done) => this.#consent().RequestDecision(request, metadata, options, done),
    );
    return { decisionId: decision_id, link };
  }

  /** What the person decided there: the triggers they gave, none where they bring all evidence themselves. */
  async getDecision(decisionId: string): Promise<DecidedAtPages> {
    const {
      decided = false,
      triggers = [],
      preview_link = '',
    } = await this.#channel.call<GetDecisionResponse__Output>((metadata, options, done) =>
      this.#consent().GetDecision({ decision_id: decisionId }, metadata, options, done),
    );
    return { decided, triggerIds: triggers.map(({ trigger_id = '' }) => trigger_id), previewLink: preview_link };
  }

  /** Fetches what the person released at the pages; `PREVIEW_REQUIRED` where they have not decided yet. */
  async fetchReleased(exchangeId: string): Promise<PrefillAnswer> {
    const request = { request_id: randomUUID(), exchange_id: exchangeId };
    const answer = await this.#channel.call<DecideReleaseResponse__Output>((metadata, options, done) =>
      this.#evidence().DecideRelease(request, metadata, options, done),
    );
    return toDecidedAnswer(answer, exchangeId);
  }

  /** Signs what the person decided after the preview, piece by piece, and fetches what they released. */
  async decideRelease(exchangeId: string, decisions: readonly ReleaseDecision[]): Promise<PrefillAnswer> {
    const { client, node } = this.profile;
    const by = { attester: client, node: node.participant, key: this.attestationKey, nowMs: Date.now() };
    const attestation = await attestRelease(exchangeId, decisions, by);
    const request = { request_id: randomUUID(), exchange_id: exchangeId, attestation };
    const answer = await this.#channel.call<DecideReleaseResponse__Output>((metadata, options, done) =>
      this.#evidence().DecideRelease(request, metadata, options, done),
    );
    return toDecidedAnswer(answer, exchangeId);
  }

  /** What became of evidence that a register had later; without receipt where nothing has come yet. Fetched, it is gone there. */
  async fetchDeferred(exchangeId: string, requestId: string = randomUUID()): Promise<DeferredAnswer> {
    const request = { request_id: requestId, exchange_id: exchangeId };
    const answer = await this.#channel.call<GetDeferredEvidenceResponse__Output>((metadata, options, done) =>
      this.#evidence().GetDeferredEvidence(request, metadata, options, done),
    );
    const { receipt, release_salt, ...rest } = toPrefillAnswer({ ...answer, exchange_id: exchangeId });
    return answer.receipt ? { ...rest, receipt, release_salt } : rest;
  }

  /** Has the node sign a receipt for one of the own entries, for an archive that keeps signed tokens. */
  async issueReceipt(logIndex: number): Promise<SignedReceipt> {
    const { receipt_token = '', receipt } = await this.#channel.call<IssueReceiptResponse__Output>(
      (metadata, options, done) => this.#transparency().IssueReceipt({ log_index: logIndex }, metadata, options, done),
    );
    return { receipt_token, receipt: toReceipt(receipt) };
  }

  close(): void {
    this.#channel.close();
  }
}

function toPrefillRequest(wish: PrefillWish): PrefillFormRequest {
  return {
    request_id: wish.requestId ?? randomUUID(),
    service: wish.service,
    subjects: wish.applicants.map(toSubject),
    trigger_ids: [...wish.triggerIds],
    ...whereToWire(wish),
  };
}
