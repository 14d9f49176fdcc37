import { status } from '@grpc/grpc-js';
import { fromTimestamp, toTimestamp } from '../platform/clock.js';
import { RpcFailure, serverStream } from '../platform/grpc-client.js';
import type { RegisterLogEntry__Output } from '../platform/rpc-types/einmal/register/v1/RegisterLogEntry.js';
import type { RegisterServiceClient } from '../platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { StreamLogResponse__Output } from '../platform/rpc-types/einmal/register/v1/StreamLogResponse.js';
import { LINE_OUTCOMES, type RegisterLine } from './register-line.js';
import { type Period, RegisterLog, RegisterLogSilent } from './register-log.js';

/** For the whole stream, however long. */
const DEADLINE_MS = 3_600_000;
/** What an edge takes for a retrieval id, an identifier, and a reason. */
const TEXT = /^[A-Za-z0-9._-]{0,100}$/;

export class GrpcRegisterLog extends RegisterLog {
  constructor(private readonly clientOf: (register: string) => RegisterServiceClient) {
    super();
  }

  override async *lines(register: string, period: Period, signal: AbortSignal): AsyncGenerator<RegisterLine> {
    const request = { from_time: toTimestamp(period.fromMs), to_time: toTimestamp(period.toMs) };
    let last = 0;
    try {
      const client = this.clientOf(register);
      const stream = serverStream<StreamLogResponse__Output>(
        (metadata, options) => client.StreamLog(request, metadata, options),
        { deadline: Date.now() + DEADLINE_MS, signal },
      );
      for await (const { entry } of stream) {
        const line = toLine(entry, period, last);
        last = line.sequence;
        yield line;
      }
    } catch (error) {
      if (error instanceof RegisterLogSilent) throw error;
      throw new RegisterLogSilent(error instanceof RpcFailure ? (error.reason ?? status[error.code]) : 'FAULT', error);
    }
  }
}

/** @throws RegisterLogSilent for what is no line of this period behind the last one: it was not asked for */
function toLine(entry: RegisterLogEntry__Output | null | undefined, period: Period, last: number): RegisterLine {
  const [sequence, atMs] = [Number(entry?.sequence), fromTimestamp(entry?.log_time) ?? Number.NaN];
  const outcome = LINE_OUTCOMES.find((it) => it === entry?.outcome);
  const { retrieval_id = '', consumer = '', evidence_type = '', purpose = '', reason = '' } = entry ?? {};
  const texts = [retrieval_id, consumer, evidence_type, purpose, reason];
  const isInOrder = Number.isSafeInteger(sequence) && sequence > last;
  const isInPeriod = atMs >= period.fromMs && atMs < period.toMs;
  if (!isInOrder || !isInPeriod || outcome === undefined || !texts.every((text) => TEXT.test(text)))
    throw new RegisterLogSilent('MALFORMED_LINE');
  return {
    sequence,
    atMs,
    ref: retrieval_id || undefined,
    consumer: consumer || undefined,
    evidenceType: evidence_type || undefined,
    purpose: purpose || undefined,
    outcome,
    reason: reason || undefined,
  };
}
