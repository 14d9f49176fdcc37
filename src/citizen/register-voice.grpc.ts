import { status } from '@grpc/grpc-js';
import type { AuditReceipt } from '../audit/log-store.js';
import { fromTimestamp, toTimestamp, type WireTimestamp } from '../platform/clock.js';
import { refusal } from '../platform/fault.js';
import { RpcFailure, unary } from '../platform/grpc-client.js';
import type { GetDiscrepancyResponse__Output } from '../platform/rpc-types/einmal/register/v1/GetDiscrepancyResponse.js';
import type { ListSubjectEntriesResponse__Output } from '../platform/rpc-types/einmal/register/v1/ListSubjectEntriesResponse.js';
import type { RegisterLogEntry__Output } from '../platform/rpc-types/einmal/register/v1/RegisterLogEntry.js';
import type { RegisterServiceClient } from '../platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { ReportDiscrepancyResponse__Output } from '../platform/rpc-types/einmal/register/v1/ReportDiscrepancyResponse.js';
import type { RegisterInquiry } from '../tokens/register-inquiry.js';
import {
  REPORT_STATES,
  type RegisterLine,
  type RegisterLines,
  RegisterSilent,
  RegisterVoice,
  type Report,
  type ReportStanding,
} from './register-voice.js';

/** What an edge takes for an identifier, an outcome, a reason: nothing else of a line is shown to anybody. */
const WORD = /^[A-Za-z0-9._-]{0,100}$/;
const MAX_ATTRIBUTES = 128;
const MAX_POSITION = 200;
const MAX_EXPLANATION = 1000;
const FORBIDDEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
/** The last moment of google.protobuf.Timestamp. */
const LAST_MOMENT_MS = 253_402_300_799_999;

export class GrpcRegisterVoice extends RegisterVoice {
  constructor(private readonly clientOf: (register: string) => RegisterServiceClient) {
    super();
  }

  override async lines(
    _receipt: AuditReceipt,
    inquiry: RegisterInquiry,
    token: string,
    deadline: number,
  ): Promise<RegisterLines> {
    const { person, nonce, issued_at, ...stated } = inquiry;
    const { salt, family_name, idnr } = person.commitment;
    const request = {
      ...stated,
      session_token: token,
      person: {
        idnr: person.idnr,
        birth_date: person.birth_date,
        commitment: {
          salt: Buffer.from(salt, 'base64url'),
          ...(family_name === null ? {} : { family_name }),
          ...(idnr === null ? {} : { idnr }),
        },
      },
      nonce: Buffer.from(nonce, 'base64url'),
      issue_time: toTimestamp(issued_at),
    };
    return heard(async () => {
      const client = this.clientOf(inquiry.register);
      const answer = await unary<ListSubjectEntriesResponse__Output>(
        (m, o, done) => client.ListSubjectEntries(request, m, o, done),
        { deadline },
      );
      return toLines(answer, inquiry.page_size);
    });
  }

  override async report(_receipt: AuditReceipt, register: string, report: Report, deadline: number): Promise<void> {
    const { reportId, evidenceId, retrievalId, reporter, ...said } = report;
    const request = {
      ...said,
      report_id: reportId,
      evidence_id: evidenceId,
      retrieval_id: retrievalId,
      reporter: reporter === 'subject' ? 'DISCREPANCY_REPORTER_SUBJECT' : 'DISCREPANCY_REPORTER_CONSUMER',
    } as const;
    await heard(() =>
      unary<ReportDiscrepancyResponse__Output>(
        (m, o, done) => this.clientOf(register).ReportDiscrepancy(request, m, o, done),
        { deadline },
      ),
    );
  }

  override standing(register: string, reportId: string, deadline: number): Promise<ReportStanding> {
    return heard(async () =>
      toStanding(
        await unary<GetDiscrepancyResponse__Output>(
          (m, o, done) => this.clientOf(register).GetDiscrepancy({ report_id: reportId }, m, o, done),
          { deadline },
        ),
      ),
    );
  }
}

async function heard<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RegisterSilent) throw error;
    if (error instanceof RpcFailure && error.reason === 'NOT_FOUND') throw refusal('NOT_FOUND');
    throw new RegisterSilent(error instanceof RpcFailure ? (error.reason ?? status[error.code]) : 'FAULT', error);
  }
}

function toLines(answer: ListSubjectEntriesResponse__Output, limit: number): RegisterLines {
  const { entries = [], next_page_token: nextPageToken = '' } = answer;
  if (entries.length > limit || nextPageToken.length > MAX_POSITION) throw new RegisterSilent('MALFORMED_LIST');
  return { lines: entries.map(toLine), reachesBackTo: momentOf(answer.reaches_back_to_time), nextPageToken };
}

/** @throws RegisterSilent for what is no line: a register must not put a text of its own before the person */
function toLine(entry: RegisterLogEntry__Output): RegisterLine {
  const at = momentOf(entry.log_time);
  const { event = '', consumer = '', evidence_type: evidenceType = '', purpose = '' } = entry;
  const { legal_basis: legalBasis = '', outcome = '', reason = '', attributes = [] } = entry;
  const words = [event, consumer, evidenceType, purpose, legalBasis, outcome, reason, ...attributes];
  if (at === undefined || attributes.length > MAX_ATTRIBUTES || !words.every((it) => WORD.test(it)))
    throw new RegisterSilent('MALFORMED_LINE');
  return { at, event, consumer, evidenceType, purpose, legalBasis, outcome, reason, attributes };
}

function toStanding(answer: GetDiscrepancyResponse__Output): ReportStanding {
  const name = (answer.state ?? '').replace('DISCREPANCY_STATE_', '').toLowerCase().replace('_', '-');
  const state = REPORT_STATES.find((it) => it === name);
  const { explanation = '' } = answer;
  const isText = explanation.length <= MAX_EXPLANATION && !FORBIDDEN.test(explanation);
  if (state === undefined || !isText) throw new RegisterSilent('MALFORMED_STANDING');
  return {
    state,
    acceptedAt: momentOf(answer.accept_time),
    changedAt: momentOf(answer.change_time),
    explanation,
  };
}

/** Milliseconds since the epoch. @throws RegisterSilent for what is no moment */
function momentOf(given: WireTimestamp | null | undefined): number | undefined {
  const ms = fromTimestamp(given);
  if (ms !== undefined && !(ms >= 0 && ms <= LAST_MOMENT_MS)) throw new RegisterSilent('MALFORMED_TIME');
  return ms;
}
