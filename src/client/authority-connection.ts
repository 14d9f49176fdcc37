import { randomUUID } from 'node:crypto';
import type { Assurance } from '../catalogue/catalogue.js';
import type { CatalogueServiceClient } from '../platform/rpc-types/einmal/broker/v1/CatalogueService.js';
import type { ConsentServiceClient } from '../platform/rpc-types/einmal/broker/v1/ConsentService.js';
import type { EvidenceServiceClient } from '../platform/rpc-types/einmal/broker/v1/EvidenceService.js';
import type { GetKeyHistoryResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetKeyHistoryResponse.js';
import type { GrantTriggersResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GrantTriggersResponse.js';
import type { ListPermissionsResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListPermissionsResponse.js';
import type { OpenRecordResponse__Output } from '../platform/rpc-types/einmal/broker/v1/OpenRecordResponse.js';
import type { RetrieveEvidenceResponse__Output } from '../platform/rpc-types/einmal/broker/v1/RetrieveEvidenceResponse.js';
import type { TransparencyServiceClient } from '../platform/rpc-types/einmal/broker/v1/TransparencyService.js';
import { readSigningKey, type SigningKey } from '../tokens/jws.js';
import type { Asked, PrefillAnswer, Receipt, ReleasedEvidence } from '../verify/answer.js';
import type { Archive } from '../verify/archive.js';
import { type AnyApplicant, toSubject } from './applicant.js';
import { type IssuerKey, toArchive, toArchivedDecision, toIssuerKey } from './archive.js';
import { type AttestedDecision, ownDecision } from './attest-decisions.js';
import { attestTask } from './attest-task.js';
import { NodeChannel } from './node-channel.js';
import type { NodeProfile } from './node-profile.js';
import { type PermittedEvidence, permittedTask, toPermittedEvidence } from './permitted-evidence.js';
import { toPrefillAnswer, toReceipt } from './prefill-answer.js';
import { type Where, whereToWire } from './where.js';

const IDENTITY = 'identity';
const PAGE_SIZE = 1000;

/** One piece of evidence that an authority needs for a task of its own. */
export type TaskWish = Readonly<{
  purpose: string;
  evidenceType: string;
  /** Whom it is about; the role is a name of the authority's own. */
  subject: AnyApplicant;
  /** File in which it is needed. Goes to the log of the node, encrypted, and to nobody else. */
  fileReference: string;
  /** Who asks. Like the file reference. */
  actingOfficial: string;
  /** At which level the official is identified. */
  assurance: Assurance;
  /** Needed where the rules know several. */
  legalBasis?: string;
  /** Attributes asked for; all that may pass if absent. */
  fields?: readonly string[];
  deadlineMs?: number;
}> &
  Where;

/** Decided and handed in: may be asked for, and asked for again. */
export type DecidedTask = Readonly<{
  wish: TaskWish;
  norm: string;
  /** The last one is about the evidence: its receipt is what an archive needs. */
  decisions: readonly AttestedDecision[];
  /** Of the entry that records the decision with norm, file reference and official. */
  granted: Receipt;
  /** The same within five minutes gets the same answer. */
  requestId: string;
}>;

/** What came back, and what was asked: together they can be verified and archived. */
export type TaskAnswer = Readonly<{
  norm: string;
  answer: PrefillAnswer;
  asked: Asked;
  /** Of the entry that records the decision with norm, file reference and official. */
  granted: Receipt;
}>;

/** Reads the keys of the authority and prepares the connection; the first call opens it. */
export async function connectAuthority(profile: NodeProfile): Promise<AuthorityConnection> {
  const assertionKey = await readSigningKey(profile.keys, 'client-assertion');
  return new AuthorityConnection(profile, assertionKey, await readSigningKey(profile.keys, 'attestation'));
}

/** The node as an authority sees it. Every call throws `RpcFailure` with the reason, or `AccessRefused`. */
export class AuthorityConnection {
  readonly #channel: NodeChannel;
  readonly #catalogue: () => CatalogueServiceClient;
  readonly #consent: () => ConsentServiceClient;
  readonly #evidence: () => EvidenceServiceClient;
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
    this.#transparency = this.#channel.open('TransparencyService');
  }

  /** What the rules let this authority have. */
  async listPermitted(): Promise<readonly PermittedEvidence[]> {
    const permitted: PermittedEvidence[] = [];
    let page_token = '';
    do {
      const request = { page_size: PAGE_SIZE, page_token };
      const { permissions = [], next_page_token = '' } = await this.#channel.call<ListPermissionsResponse__Output>(
        (metadata, options, done) => this.#catalogue().ListPermissions(request, metadata, options, done),
      );
      permitted.push(...permissions.map(toPermittedEvidence));
      page_token = next_page_token;
    } while (page_token !== '');
    return permitted;
  }

  /** Decides and asks at once. @throws TaskNotPermitted before anything is sent */
  async retrieve(wish: TaskWish): Promise<TaskAnswer> {
    return this.ask(await this.decide(wish));
  }

  /**
   * Decides on one piece of evidence in a task of the authority itself: norm, file reference and official stand for the
   * decision that in other cases is the citizen's. It is used up by the first `ask`.
   * @throws TaskNotPermitted before anything is sent
   */
  async decide(wish: TaskWish): Promise<DecidedTask> {
    const permitted = await this.listPermitted();
    const task = permittedTask(permitted, wish);
    const { client, node } = this.profile;
    const by = { attester: client, node: node.participant, key: this.attestationKey, nowMs: Date.now() };
    const { subject: applicant, assurance } = wish;
    const decision = await attestTask(task, { applicant, assurance, fields: wish.fields ?? task.fields }, by);
    const lookups = await this.lookups(permitted, wish, by);
    const decisions = [...lookups, decision];
    const { receipt: granted } = await this.#channel.call<GrantTriggersResponse__Output>((metadata, options, done) =>
      this.#consent().GrantTriggers(
        {
          request_id: randomUUID(),
          decisions: decisions.map(({ attestation, commitment_salt }) => ({
            attestation,
            commitment_salt: Buffer.from(commitment_salt, 'base64url'),
            file_reference: wish.fileReference,
            acting_official: wish.actingOfficial,
          })),
        },
        metadata,
        options,
        done,
      ),
    );
    return { wish, norm: task.norm, decisions, granted: toReceipt(granted), requestId: randomUUID() };
  }

  /** Where the connection broke: the same again, which gets the first answer or, where none was made, a first one. */
  async ask({ wish, norm, decisions, granted, requestId }: DecidedTask): Promise<TaskAnswer> {
    const ids = decisions.map(({ trigger_id }) => trigger_id);
    const request = {
      request_id: requestId,
      purpose: wish.purpose,
      subjects: [toSubject(wish.subject)],
      needs: [
        {
          evidence_type: wish.evidenceType,
          subject_role: wish.subject.role,
          trigger_id: ids.at(-1) ?? '',
          ...(wish.fields === undefined ? {} : { fields: [...wish.fields] }),
          ...whereToWire(wish),
        },
      ],
      identity_trigger_ids: ids.slice(0, -1),
    };
    const retrieved = await this.#channel.call<RetrieveEvidenceResponse__Output>(
      (metadata, options, done) => this.#evidence().RetrieveEvidence(request, metadata, options, done),
      wish.deadlineMs,
    );
    const asked: Asked = { consumer: this.profile.client, decisions: decisions.map(ownDecision) };
    return { norm, answer: toPrefillAnswer(retrieved), asked, granted };
  }

  /** Decisions on looking the person up; a company is found by its own key. */
  private async lookups(
    permitted: readonly PermittedEvidence[],
    { purpose, subject: applicant, assurance }: TaskWish,
    by: Parameters<typeof attestTask>[2],
  ): Promise<readonly AttestedDecision[]> {
    if ('company' in applicant) return [];
    const lookup = permittedTask(permitted, { purpose, evidenceType: IDENTITY });
    return [await attestTask(lookup, { applicant, assurance, fields: lookup.fields }, by)];
  }

  /**
   * Everything that it takes to verify the answer in years, as one document. To be written when the answer has come: a key
   * that the register has exchanged since is not told any more. `log` is the verifier key of the log, got on another way.
   * @throws ArchiveIncomplete
   */
  async archive({ answer, granted }: TaskAnswer, log: string): Promise<Archive> {
    const opened = await this.#channel.call<OpenRecordResponse__Output>((metadata, options, done) =>
      this.#transparency().OpenRecord(
        { log_index: granted.log_index, reason: `archive of exchange ${answer.exchange_id}` },
        metadata,
        options,
        done,
      ),
    );
    const decision = toArchivedDecision(granted, opened);
    const keys = await Promise.all(answer.evidence.map((piece) => this.issuerKey(piece)));
    return toArchive(answer, this.profile.client, log, (piece) => ({
      decision,
      issuer_key: toIssuerKey(keys[answer.evidence.indexOf(piece)] ?? { jwk: {}, receipts: [] }),
    }));
  }

  /** By the thumbprint that the log recorded: the node could name another key, but none that fits. */
  private async issuerKey({ register, receipt }: ReleasedEvidence): Promise<IssuerKey> {
    const thumbprint = String(receipt.opening.caller.key_thumbprint);
    const { jwk = '', receipts = [] } = await this.#channel.call<GetKeyHistoryResponse__Output>(
      (metadata, options, done) =>
        this.#transparency().GetKeyHistory({ register, thumbprint }, metadata, options, done),
    );
    return { jwk: jwk === '' ? {} : JSON.parse(jwk), receipts: receipts.map(toReceipt) };
  }

  close(): void {
    this.#channel.close();
  }
}
