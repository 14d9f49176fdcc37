import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import { receiptToWire } from '../audit/receipt.wire.js';
import type { ServerCall } from '../platform/call.js';
import { toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { CommitSampleRequest__Output } from '../platform/rpc-types/einmal/broker/v1/CommitSampleRequest.js';
import type { CommitSampleResponse } from '../platform/rpc-types/einmal/broker/v1/CommitSampleResponse.js';
import type { DrawSampleRequest__Output } from '../platform/rpc-types/einmal/broker/v1/DrawSampleRequest.js';
import type { DrawSampleResponse } from '../platform/rpc-types/einmal/broker/v1/DrawSampleResponse.js';
import type { GetSampleRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetSampleRequest.js';
import type { GetSampleResponse } from '../platform/rpc-types/einmal/broker/v1/GetSampleResponse.js';
import type { ListSamplesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListSamplesRequest.js';
import type { ListSamplesResponse } from '../platform/rpc-types/einmal/broker/v1/ListSamplesResponse.js';
import type { RecordSampleFindingRequest__Output } from '../platform/rpc-types/einmal/broker/v1/RecordSampleFindingRequest.js';
import type { RecordSampleFindingResponse } from '../platform/rpc-types/einmal/broker/v1/RecordSampleFindingResponse.js';
import type { Sample } from '../platform/rpc-types/einmal/broker/v1/Sample.js';
import type { SampleCommitment } from '../platform/rpc-types/einmal/broker/v1/SampleCommitment.js';
import { canonicalBytes } from '../tokens/digest.js';
import { decodeText } from '../transparency/decode-entries.js';
import { CommitSample } from './commit-sample.js';
import { decodeIndex, decodeNote, decodePage, visitOf } from './decode-oversight.js';
import { DrawSample } from './draw-sample.js';
import { GetSample } from './get-sample.js';
import { ListSamples } from './list-samples.js';
import { RecordSampleFinding, SAMPLE_FINDINGS } from './record-sample-finding.js';
import type { OpenedEntry } from './sample-proofs.js';
import type { SampleState, ShownSample } from './sample-witness.js';

const MAX_SIZE = 200;
const NONCE_BYTES = 32;

/** Random samples for spot checks (IDNrG § 8). */
@Controller()
export class SamplesRpc {
  constructor(private readonly commands: CommandBus) {}

  @GrpcMethod('OversightService', 'CommitSample')
  async commitSample(
    request: CommitSampleRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<CommitSampleResponse> {
    const decoder = new Decoder();
    const nonceHash = decoder.bytes('nonce_hash', request.nonce_hash, NONCE_BYTES);
    const fromMs = decoder.moment('from_time', request.from_time);
    const toMs = decoder.moment('to_time', request.to_time);
    if (toMs <= fromMs) decoder.refuse('to_time', 'must be after from_time');
    const size = request.size ?? 0;
    if (size < 1 || size > MAX_SIZE) decoder.refuse('size', `must be 1 to ${MAX_SIZE}`);
    const visit = visitOf(decoder, request, call);
    const command = new CommitSample(visit, Buffer.from(nonceHash, 'base64url'), { fromMs, toMs }, size);
    return { log_index: await this.commands.execute(decoder.done(command)) };
  }

  @GrpcMethod('OversightService', 'ListSamples')
  async listSamples(
    request: ListSamplesRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListSamplesResponse> {
    const decoder = new Decoder();
    const limit = decodePage(decoder, request.page_size);
    const command = new ListSamples(visitOf(decoder, request, call), limit, request.page_token ?? '');
    const { samples, nextPageToken } = await this.commands.execute(decoder.done(command));
    return { samples: samples.map(sampleToWire), next_page_token: nextPageToken };
  }

  @GrpcMethod('OversightService', 'GetSample')
  async getSample(
    request: GetSampleRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<GetSampleResponse> {
    const decoder = new Decoder();
    const index = decodeIndex(decoder, 'log_index', request.log_index);
    const wish = {
      isCountedOnly: request.counted_only ?? false,
      isProved: request.with_proofs ?? false,
      limit: decodePage(decoder, request.page_size),
      pageToken: request.page_token ?? '',
    };
    const command = new GetSample(visitOf(decoder, request, call), index, wish);
    const { sample, items, nextPageToken, grounds } = await this.commands.execute(decoder.done(command));
    return {
      sample: sampleToWire(sample),
      items: items.map(({ logIndex, isCounted, finding, note, place, receipt }) => ({
        ...{ log_index: logIndex, counted: isCounted, finding, note, place },
        ...(receipt && { receipt: receiptToWire(receipt) }),
      })),
      next_page_token: nextPageToken,
      ...(grounds && {
        commitment: openedToWire(grounds.commitment),
        fixing: openedToWire(grounds.fixing),
        reveal: openedToWire(grounds.reveal),
      }),
    };
  }

  @GrpcMethod('OversightService', 'DrawSample')
  async drawSample(
    request: DrawSampleRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<DrawSampleResponse> {
    const decoder = new Decoder();
    const nonce = Buffer.from(decoder.bytes('nonce', request.nonce, NONCE_BYTES), 'base64url');
    const index = decodeIndex(decoder, 'log_index', request.log_index);
    const command = decoder.done(new DrawSample(visitOf(decoder, request, call), index, nonce));
    return { sample: sampleToWire({ ...(await this.commands.execute(command)), state: 'drawn' }) };
  }

  @GrpcMethod('OversightService', 'RecordSampleFinding')
  async recordSampleFinding(
    request: RecordSampleFindingRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<RecordSampleFindingResponse> {
    const decoder = new Decoder();
    const finding = SAMPLE_FINDINGS.find((it) => it === request.finding);
    if (finding === undefined) decoder.refuse('finding', `must be one of ${SAMPLE_FINDINGS.join(', ')}`);
    const note = decodeText(decoder, 'note', request.note, false);
    if (finding === 'objection') decodeNote(decoder, 'note', note);
    const found = {
      sample: decodeIndex(decoder, 'sample_index', request.sample_index),
      entry: decodeIndex(decoder, 'log_index', request.log_index),
      finding: finding ?? 'objection',
      note,
    };
    const command = decoder.done(new RecordSampleFinding(visitOf(decoder, request, call), found));
    return { log_index: await this.commands.execute(command) };
  }
}

function openedToWire({ receipt, hidden }: OpenedEntry): SampleCommitment {
  return {
    receipt: receiptToWire(receipt),
    protected_salt: hidden.salt,
    protected_part: canonicalBytes(hidden.part).toString(),
  };
}

function sampleToWire(sample: ShownSample): Sample {
  return {
    log_index: sample.logIndex,
    nonce_hash: sample.nonceHash,
    first_index: sample.firstIndex,
    end_index: sample.endIndex,
    size: sample.size,
    actor: sample.actor,
    commit_time: toTimestamp(sample.committedAtMs),
    ...(sample.nonce && { nonce: sample.nonce }),
    checkpoint: sample.checkpoint ?? '',
    state: `SAMPLE_STATE_${sample.state.toUpperCase() as Uppercase<SampleState>}`,
  };
}
