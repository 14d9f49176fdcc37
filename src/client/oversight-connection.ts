import type { CallOptions, Metadata, requestCallback } from '@grpc/grpc-js';
import { toTimestamp } from '../platform/clock.js';
import type { BreachReport } from '../platform/rpc-types/einmal/broker/v1/BreachReport.js';
import type { CommitSampleResponse__Output } from '../platform/rpc-types/einmal/broker/v1/CommitSampleResponse.js';
import type { DrawSampleResponse__Output } from '../platform/rpc-types/einmal/broker/v1/DrawSampleResponse.js';
import type { ExplainQuestionResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ExplainQuestionResponse.js';
import type { FindEntriesResponse__Output } from '../platform/rpc-types/einmal/broker/v1/FindEntriesResponse.js';
import type { GetCaseResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetCaseResponse.js';
import type { GetOverviewResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetOverviewResponse.js';
import type { GetSampleResponse__Output } from '../platform/rpc-types/einmal/broker/v1/GetSampleResponse.js';
import type { InspectEntryResponse__Output } from '../platform/rpc-types/einmal/broker/v1/InspectEntryResponse.js';
import type { ListCasesResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListCasesResponse.js';
import type { ListProcessingUseResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListProcessingUseResponse.js';
import type { ListReadsResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListReadsResponse.js';
import type { ListSamplesResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListSamplesResponse.js';
import type { ListSavedFiltersResponse__Output } from '../platform/rpc-types/einmal/broker/v1/ListSavedFiltersResponse.js';
import type { OversightServiceClient } from '../platform/rpc-types/einmal/broker/v1/OversightService.js';
import type { Session } from '../tokens/session-token.js';
import type { NodeChannel } from './node-channel.js';

/** Somebody who inspects, signed in at the pages. */
type Inspector = Omit<Session, 'subject'>;

/** Clear columns that entries must have; what is absent matches everything. Times in milliseconds since 1970. */
export type EntryWish = Readonly<{
  fromMs?: number;
  toMs?: number;
  consumer?: string;
  register?: string;
  purpose?: string;
  legal_basis?: string;
  outcome?: string;
  reason?: string;
  exchange_id?: string;
  event?: string;
}>;

/** Who asks what of whom, for what and on which basis. */
export type TransferWish = Readonly<
  Record<'consumer' | 'register' | 'evidence_type' | 'purpose' | 'legal_basis', string>
>;

/** Which part of what was drawn; absent: everything from the beginning, without proofs. */
export type SamplePart = Readonly<{ counted_only?: boolean; with_proofs?: boolean; page_token?: string }>;

type Part = Readonly<{ size?: number; token?: string }>;
type Method = Exclude<keyof OversightServiceClient, keyof import('@grpc/grpc-js').Client>;
type Start = (
  request: object,
  metadata: Metadata,
  options: CallOptions,
  done: requestCallback<unknown>,
) => ReturnType<OversightServiceClient['GetOverview']>;

/** Not made once more where the connection breaks: each is an entry of its own, and nothing in it says that it is the same. */
const ONCE: ReadonlySet<Method> = new Set([
  'BeginPersonSearch',
  'RecordCaseStep',
  'CommitSample',
  'DrawSample',
  'RecordSampleFinding',
]);

/** The node as officers and auditors inspect it through pages. Every call throws `RpcFailure` with the reason, or `AccessRefused`. */
export class OversightConnection {
  readonly #client: () => OversightServiceClient;

  constructor(
    private readonly channel: NodeChannel,
    private readonly sign: (session: Session) => Promise<string>,
  ) {
    this.#client = channel.open('OversightService');
  }

  overview(who: Inspector, fromMs: number | undefined): Promise<GetOverviewResponse__Output> {
    return this.ask('GetOverview', who, fromMs === undefined ? {} : { from_time: toTimestamp(fromMs) });
  }

  findEntries(who: Inspector, wish: EntryWish, { size = 100, token = '' }: Part): Promise<FindEntriesResponse__Output> {
    return this.ask('FindEntries', who, { ...toFilter(wish), page_size: size, page_token: token });
  }

  /** With a reason and a file reference also the protected half, for an officer. */
  inspect(who: Inspector, index: number, grounds: object = {}): Promise<InspectEntryResponse__Output> {
    return this.ask('InspectEntry', who, { log_index: index, ...grounds });
  }

  /** Before somebody is looked up: why, and under which file reference. */
  beginPersonSearch(who: Inspector, grounds: Readonly<{ reason: string; fileReference: string }>): Promise<unknown> {
    const { reason, fileReference: file_reference } = grounds;
    return this.ask('BeginPersonSearch', who, { reason, file_reference });
  }

  reads(who: Inspector, token: string): Promise<ListReadsResponse__Output> {
    return this.ask('ListReads', who, { page_size: 100, page_token: token });
  }

  /** Of the last year, by consumer and purpose. */
  processingUse(who: Inspector): Promise<ListProcessingUseResponse__Output> {
    return this.ask('ListProcessingUse', who, {});
  }

  cases(who: Inspector, events: readonly string[], token: string): Promise<ListCasesResponse__Output> {
    return this.ask('ListCases', who, { events, page_size: 100, page_token: token });
  }

  case(who: Inspector, index: number, token = ''): Promise<GetCaseResponse__Output> {
    return this.ask('GetCase', who, { log_index: index, page_size: 100, page_token: token });
  }

  recordStep(
    who: Inspector,
    index: number,
    step: Readonly<{ state: string; note: string; report?: BreachReport }>,
  ): Promise<unknown> {
    return this.ask('RecordCaseStep', who, { log_index: index, ...step });
  }

  commitSample(
    who: Inspector,
    wish: Readonly<{ nonceHash: Buffer; fromMs: number; toMs: number; size: number }>,
  ): Promise<CommitSampleResponse__Output> {
    const period = { from_time: toTimestamp(wish.fromMs), to_time: toTimestamp(wish.toMs) };
    return this.ask('CommitSample', who, { nonce_hash: wish.nonceHash, ...period, size: wish.size });
  }

  samples(who: Inspector, token: string): Promise<ListSamplesResponse__Output> {
    return this.ask('ListSamples', who, { page_size: 100, page_token: token });
  }

  sample(who: Inspector, index: number, part: SamplePart): Promise<GetSampleResponse__Output> {
    return this.ask('GetSample', who, { log_index: index, page_size: 200, ...part });
  }

  drawSample(who: Inspector, index: number, nonce: Buffer): Promise<DrawSampleResponse__Output> {
    return this.ask('DrawSample', who, { log_index: index, nonce });
  }

  recordFinding(
    who: Inspector,
    found: Readonly<{ sample_index: number; log_index: number; finding: string; note: string }>,
  ) {
    return this.ask('RecordSampleFinding', who, found);
  }

  explain(who: Inspector, question: TransferWish): Promise<ExplainQuestionResponse__Output> {
    return this.ask('ExplainQuestion', who, question);
  }

  savedFilters(who: Inspector): Promise<ListSavedFiltersResponse__Output> {
    return this.ask('ListSavedFilters', who, {});
  }

  saveFilter(who: Inspector, name: string, wish: EntryWish): Promise<unknown> {
    return this.ask('SaveFilter', who, { filter: { name, ...toFilter(wish) } });
  }

  deleteFilter(who: Inspector, name: string): Promise<unknown> {
    return this.ask('DeleteSavedFilter', who, { name });
  }

  private async ask<Response>(method: Method, who: Inspector, request: object): Promise<Response> {
    const session_token = await this.sign({ ...who, subject: undefined });
    const asked = { ...request, session_token };
    return this.channel.call<Response>(
      (metadata, options, done) => {
        const client = this.#client();
        // The overloads of a generated client differ by request and answer alone.
        const start = client[method].bind(client) as unknown as Start;
        return start(asked, metadata, options, done as requestCallback<unknown>);
      },
      undefined,
      { isOnce: ONCE.has(method) },
    );
  }
}

function toFilter({ fromMs, toMs, event, reason, ...equal }: EntryWish): object {
  return {
    filter: {
      ...equal,
      ...(fromMs !== undefined && { from_time: toTimestamp(fromMs) }),
      ...(toMs !== undefined && { to_time: toTimestamp(toMs) }),
      ...(reason !== undefined && { reason: `ERROR_REASON_${reason}` }),
    },
    events: event === undefined ? [] : [event],
  };
}
