import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { GrpcMethod } from '@nestjs/microservices';
import type { BreachStatement } from '../audit/record.js';
import type { ServerCall } from '../platform/call.js';
import { toTimestamp } from '../platform/clock.js';
import { Decoder } from '../platform/decode.js';
import type { BreachReport__Output } from '../platform/rpc-types/einmal/broker/v1/BreachReport.js';
import type { GetCaseRequest__Output } from '../platform/rpc-types/einmal/broker/v1/GetCaseRequest.js';
import type { GetCaseResponse } from '../platform/rpc-types/einmal/broker/v1/GetCaseResponse.js';
import type { ListCasesRequest__Output } from '../platform/rpc-types/einmal/broker/v1/ListCasesRequest.js';
import type { ListCasesResponse } from '../platform/rpc-types/einmal/broker/v1/ListCasesResponse.js';
import type { OversightCase as WireCase } from '../platform/rpc-types/einmal/broker/v1/OversightCase.js';
import type { RecordCaseStepRequest__Output } from '../platform/rpc-types/einmal/broker/v1/RecordCaseStepRequest.js';
import type { RecordCaseStepResponse } from '../platform/rpc-types/einmal/broker/v1/RecordCaseStepResponse.js';
import { decodeText } from '../transparency/decode-entries.js';
import { entryToWire } from '../transparency/entry.wire.js';
import { decodeEvents, decodeIndex, decodeNote, decodePage, visitOf } from './decode-oversight.js';
import { GetCase } from './get-case.js';
import { ListCases } from './list-cases.js';
import { CASE_EVENTS, type CaseState, type OversightCase, STEP_STATES, type StepState } from './oversight-case.js';
import { RecordCaseStep } from './record-case-step.js';

/** Incidents, findings and anomalies as cases (GDPR Art. 33). */
@Controller()
export class CasesRpc {
  constructor(private readonly commands: CommandBus) {}

  @GrpcMethod('OversightService', 'ListCases')
  async listCases(
    request: ListCasesRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<ListCasesResponse> {
    const decoder = new Decoder();
    const events = decodeEvents(decoder, request.events, CASE_EVENTS);
    const limit = decodePage(decoder, request.page_size);
    const command = new ListCases(visitOf(decoder, request, call), events, limit, request.page_token ?? '');
    const { cases, nextPageToken } = await this.commands.execute(decoder.done(command));
    return { cases: cases.map(caseToWire), next_page_token: nextPageToken };
  }

  @GrpcMethod('OversightService', 'GetCase')
  async getCase(request: GetCaseRequest__Output, _metadata: Metadata, call: ServerCall): Promise<GetCaseResponse> {
    const decoder = new Decoder();
    const index = decodeIndex(decoder, 'log_index', request.log_index);
    const limit = decodePage(decoder, request.page_size);
    const command = new GetCase(visitOf(decoder, request, call), index, limit, request.page_token ?? '');
    const { opened, facts, firstReportedAtMs, report, steps, nextPageToken } = await this.commands.execute(
      decoder.done(command),
    );
    return {
      case: caseToWire(opened),
      next_page_token: nextPageToken,
      facts: {
        attributes: [...facts.attributes],
        subject_roles: [...facts.subjectRoles],
        subjects: facts.subjects,
        ...(firstReportedAtMs !== undefined && { report_time: toTimestamp(firstReportedAtMs) }),
      },
      ...(report && { report }),
      steps: steps.map(({ logIndex, atMs, state, actor, note }) => ({
        ...{ log_index: logIndex, time: toTimestamp(atMs), state: stateToWire(state), actor, note },
      })),
    };
  }

  @GrpcMethod('OversightService', 'RecordCaseStep')
  async recordCaseStep(
    request: RecordCaseStepRequest__Output,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<RecordCaseStepResponse> {
    const decoder = new Decoder();
    const index = decodeIndex(decoder, 'log_index', request.log_index);
    const state = decodeState(decoder, request.state);
    const note = decodeNote(decoder, 'note', decodeText(decoder, 'note', request.note, true));
    const report = decodeReport(decoder, request.report);
    const command = decoder.done(new RecordCaseStep(visitOf(decoder, request, call), index, { state, note, report }));
    return { log_index: await this.commands.execute(command) };
  }
}

function caseToWire({ record, state, dueMs, cause, anomaly }: OversightCase): WireCase {
  return {
    entry: entryToWire(record),
    state: stateToWire(state),
    ...(dueMs !== undefined && { due_time: toTimestamp(dueMs) }),
    cause,
    ...(anomaly && {
      anomaly: {
        consumer: anomaly.consumer,
        from_time: toTimestamp(Date.parse(anomaly.from)),
        to_time: toTimestamp(Date.parse(anomaly.to)),
        observed: anomaly.observed,
        expected: anomaly.expected,
        threshold: anomaly.threshold,
      },
    }),
  };
}

function stateToWire(state: CaseState): NonNullable<WireCase['state']> {
  const named = state.toUpperCase() as Uppercase<CaseState>;
  return `CASE_STATE_${named}`;
}

function decodeState(decoder: Decoder, given: string | undefined): StepState {
  const state = STEP_STATES.find((it) => stateToWire(it) === given);
  if (state === undefined) decoder.refuse('state', 'must be in progress, reported or dismissed');
  return state ?? 'in_progress';
}

function decodeReport(decoder: Decoder, given: BreachReport__Output | null | undefined): BreachStatement | undefined {
  if (given === null || given === undefined) return undefined;
  // What is missing may follow later (GDPR Art. 33 Abs. 4).
  const text = (field: 'contact' | 'consequences' | 'measures' | 'delay') =>
    decodeText(decoder, `report.${field}`, given[field], false);
  const count = (field: 'persons' | 'records') => {
    const value = given[field];
    if (value === undefined) return {};
    if (value < 0) decoder.refuse(`report.${field}`, 'must not be negative');
    return { [field]: value };
  };
  return {
    ...{ ...count('persons'), ...count('records'), contact: text('contact') },
    ...{ consequences: text('consequences'), measures: text('measures'), delay: text('delay') },
  };
}
