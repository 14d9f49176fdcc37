import { isoTime } from '../platform/clock.js';
import type { AskRegistersResponse__Output } from '../platform/rpc-types/einmal/broker/v1/AskRegistersResponse.js';
import type { CitizenServiceClient } from '../platform/rpc-types/einmal/broker/v1/CitizenService.js';
import type { GetOwnDiscrepancyResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetOwnDiscrepancyResponse.js';
import type { ListOwnDecisionsResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListOwnDecisionsResponse.js';
import type { OpenOwnEntryResponse__Output } from '../platform/rpc-types/einmal/broker/v1/OpenOwnEntryResponse.js';
import type { ProveConsistencyResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ProveConsistencyResponse.js';
import type { ReportOwnDiscrepancyResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ReportOwnDiscrepancyResponse.js';
import type { TransparencyServiceClient } from '../platform/rpc-types/einmal/broker/v1/TransparencyService.js';
import type { Trigger__Output } from '../platform/rpc-types/einmal/broker/v1/Trigger.js';
import type { WithdrawOwnDecisionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/WithdrawOwnDecisionResponse.js';
import { type Session, signSession } from '../tokens/session-token.js';
import type { Receipt } from '../verify/answer.js';
import type { NodeChannel } from './node-channel.js';
import type { PagesKeys } from './pages-keys.js';
import { toReceipt } from './prefill-answer.js';

/** A citizen in their session, with the subject token of a lookup of their own. */
export type Citizen = Omit<Session, 'subject'> & Readonly<{ subject: string }>;

/** One line of a register about the person. Times are ISO 8601, UTC; what it does not say is empty. */
export type RegisterLine = Readonly<{
  log_time: string;
  event: string;
  consumer: string;
  evidence_type: string;
  purpose: string;
  legal_basis: string;
  outcome: string;
  reason: string;
  attributes: readonly string[];
}>;

export type RegisterAnswer = Readonly<{
  register: string;
  state: 'entries' | 'no_entries' | 'unreachable' | 'not_asked';
  /** Only of a register that was not asked. */
  not_asked: '' | 'not_chosen' | 'number_not_permitted' | 'not_connected';
  entries: readonly RegisterLine[];
  reaches_back_to: string;
  /** Continues the list of this register; empty at its end. */
  next: string;
  elapsed_ms: number;
}>;

export type OwnEntry = Readonly<{
  receipt: Receipt;
  /** Whether the witnesses vouch for the tree that it is proved in. */
  witnessed: boolean;
  attributes: readonly string[];
  file_reference: string;
  representation: string;
  /** About how many of the attributes the person stated something themself. */
  own_statements: number;
}>;

export type DecisionState = 'active' | 'used' | 'withdrawn' | 'expired';

export type OwnDecision = Readonly<{
  trigger_id: string;
  log_index: number;
  kind: string;
  legal_basis: string;
  evidence_type: string;
  fields: readonly string[];
  purpose: string;
  requester: string;
  attester: string;
  state: DecisionState;
  revocable: boolean;
  decided_at: string;
  expires_at: string;
}>;

export type OwnStanding = Readonly<{
  register: string;
  attribute: string;
  state: 'received' | 'in_review' | 'corrected' | 'not_confirmed';
  accepted_at: string;
  changed_at: string;
  explanation: string;
}>;

export type ReportWish = Readonly<{ reportId: string; logIndex: number; attribute: string; remark: string }>;

/** What a person who is signed in asks the node about themself. Every call throws `RpcFailure` with the reason. */
export class CitizenCalls {
  readonly #citizen: () => CitizenServiceClient;
  readonly #transparency: () => TransparencyServiceClient;

  constructor(
    private readonly channel: NodeChannel,
    private readonly keys: PagesKeys,
  ) {
    this.#citizen = channel.open('CitizenService');
    this.#transparency = channel.open('TransparencyService');
  }

  async askRegisters(
    citizen: Citizen,
    {
      registers = [],
      size = 0,
      token = '',
    }: Readonly<{ registers?: readonly string[]; size?: number; token?: string }>,
  ): Promise<readonly RegisterAnswer[]> {
    const session_token = await this.session(citizen);
    const request = { session_token, registers: [...registers], page_size: size, page_token: token };
    const { answers = [] } = await this.channel.call<AskRegistersResponse__Output>((metadata, options, done) =>
      this.#citizen().AskRegisters(request, metadata, options, done),
    );
    return answers.map((answer) => ({
      register: answer.register ?? '',
      state: word(answer.state, 'REGISTER_ANSWER_STATE_') as RegisterAnswer['state'],
      not_asked: word(answer.not_asked, 'NOT_ASKED_REASON_').replace('unspecified', '') as RegisterAnswer['not_asked'],
      entries: (answer.entries ?? []).map(({ log_time, attributes = [], ...line }) => ({
        log_time: isoTime(log_time),
        event: line.event ?? '',
        consumer: line.consumer ?? '',
        evidence_type: line.evidence_type ?? '',
        purpose: line.purpose ?? '',
        legal_basis: line.legal_basis ?? '',
        outcome: line.outcome ?? '',
        reason: line.reason ?? '',
        attributes,
      })),
      reaches_back_to: isoTime(answer.reaches_back_to_time),
      next: answer.next_page_token ?? '',
      elapsed_ms: answer.elapsed_ms ?? 0,
    }));
  }

  async openEntry(citizen: Citizen, logIndex: number): Promise<OwnEntry> {
    const request = { session_token: await this.session(citizen), log_index: logIndex };
    const opened = await this.channel.call<OpenOwnEntryResponse__Output>((metadata, options, done) =>
      this.#citizen().OpenOwnEntry(request, metadata, options, done),
    );
    return {
      receipt: toReceipt(opened.receipt),
      witnessed: opened.witnessed ?? false,
      attributes: opened.attributes ?? [],
      file_reference: opened.file_reference ?? '',
      representation: opened.representation ?? '',
      own_statements: opened.own_statements ?? 0,
    };
  }

  async listDecisions(
    citizen: Citizen,
    { size = 0, token = '' }: Readonly<{ size?: number; token?: string }> = {},
  ): Promise<Readonly<{ decisions: readonly OwnDecision[]; next: string; isCut: boolean }>> {
    const request = { session_token: await this.session(citizen), page_size: size, page_token: token };
    const listed = await this.channel.call<ListOwnDecisionsResponse__Output>((metadata, options, done) =>
      this.#citizen().ListOwnDecisions(request, metadata, options, done),
    );
    const { decisions = [], next_page_token = '', older_left_out = false } = listed;
    const own = decisions.map(({ trigger, log_index, revocable }) => ({
      ...toDecision(trigger),
      log_index: Number(log_index ?? 0),
      revocable: revocable ?? false,
    }));
    return { decisions: own, next: next_page_token, isCut: older_left_out };
  }

  /** Where it stands after it. */
  async withdrawDecision(citizen: Citizen, logIndex: number): Promise<DecisionState> {
    const request = { session_token: await this.session(citizen), log_index: logIndex };
    const { trigger } = await this.channel.call<WithdrawOwnDecisionResponse__Output>((metadata, options, done) =>
      this.#citizen().WithdrawOwnDecision(request, metadata, options, done),
    );
    return toDecision(trigger).state;
  }

  /** @returns index of the entry by which the state is asked for */
  async reportDiscrepancy(citizen: Citizen, { reportId, logIndex, attribute, remark }: ReportWish): Promise<number> {
    const session_token = await this.session(citizen);
    const request = { session_token, request_id: reportId, log_index: logIndex, attribute, remark };
    const { log_index } = await this.channel.call<ReportOwnDiscrepancyResponse__Output>((metadata, options, done) =>
      this.#citizen().ReportOwnDiscrepancy(request, metadata, options, done),
    );
    return Number(log_index ?? 0);
  }

  async discrepancy(citizen: Citizen, logIndex: number): Promise<OwnStanding> {
    const request = { session_token: await this.session(citizen), log_index: logIndex };
    const standing = await this.channel.call<GetOwnDiscrepancyResponse__Output>((metadata, options, done) =>
      this.#citizen().GetOwnDiscrepancy(request, metadata, options, done),
    );
    return {
      register: standing.register ?? '',
      attribute: standing.attribute ?? '',
      state: word(standing.state, 'OWN_DISCREPANCY_STATE_') as OwnStanding['state'],
      accepted_at: isoTime(standing.accept_time),
      changed_at: isoTime(standing.change_time),
      explanation: standing.explanation ?? '',
    };
  }

  /** Hashes, base64, that prove how one tree of the log extends an earlier one; about nobody. */
  async proveConsistency(oldSize: number, newSize: number): Promise<readonly string[]> {
    const request = { old_size: oldSize, new_size: newSize };
    const { proof = [] } = await this.channel.call<ProveConsistencyResponse__Output>((metadata, options, done) =>
      this.#transparency().ProveConsistency(request, metadata, options, done),
    );
    return proof.map((it) => it.toString('base64'));
  }

  private session(citizen: Citizen): Promise<string> {
    const { client, node } = this.channel.profile;
    return signSession(citizen, { pages: client, issuer: node.issuer, key: this.keys.session, nowMs: Date.now() });
  }
}

function word(value: string | number | undefined, prefix: string): string {
  return String(value ?? '')
    .replace(prefix, '')
    .toLowerCase();
}

function toDecision(trigger: Trigger__Output | null | undefined): Omit<OwnDecision, 'log_index' | 'revocable'> {
  const { trigger_id = '', legal_basis = '', evidence_type = '', fields = [], purpose = '' } = trigger ?? {};
  const { requester = '', attester = '', kind, state, decide_time, expire_time } = trigger ?? {};
  return {
    ...{ trigger_id, legal_basis, evidence_type, fields, purpose, requester, attester },
    kind: word(kind, 'TRIGGER_KIND_'),
    state: word(state, 'STATE_') as DecisionState,
    decided_at: isoTime(decide_time),
    expires_at: isoTime(expire_time),
  };
}
