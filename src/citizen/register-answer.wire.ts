import { toTimestamp } from '../platform/clock.js';
import type { OwnRegisterEntry } from '../platform/rpc-types/einmal/broker/v1/OwnRegisterEntry.js';
import type { RegisterAnswer as WireAnswer } from '../platform/rpc-types/einmal/broker/v1/RegisterAnswer.js';
import type { RegisterAnswer } from './ask-registers.js';
import type { RegisterLine, ReportStanding } from './register-voice.js';

export function answerToWire(answer: RegisterAnswer): WireAnswer {
  const { register } = answer;
  switch (answer.kind) {
    case 'not-asked':
      return { register, state: 'REGISTER_ANSWER_STATE_NOT_ASKED', not_asked: `NOT_ASKED_REASON_${answer.why}` };
    case 'unreachable':
      return { register, state: 'REGISTER_ANSWER_STATE_UNREACHABLE', elapsed_ms: answer.elapsedMs };
    case 'answered': {
      const { lines, reachesBackTo, nextPageToken } = answer.heard;
      return {
        register,
        state: lines.length > 0 ? 'REGISTER_ANSWER_STATE_ENTRIES' : 'REGISTER_ANSWER_STATE_NO_ENTRIES',
        entries: lines.map(lineToWire),
        ...(reachesBackTo !== undefined && { reaches_back_to_time: toTimestamp(reachesBackTo) }),
        next_page_token: nextPageToken,
        elapsed_ms: answer.elapsedMs,
      };
    }
  }
}

function lineToWire(line: RegisterLine): OwnRegisterEntry {
  const { at, event, consumer, evidenceType, purpose, legalBasis, outcome, reason, attributes } = line;
  return {
    ...{ event, consumer, purpose, outcome, reason },
    log_time: toTimestamp(at),
    evidence_type: evidenceType,
    legal_basis: legalBasis,
    attributes: [...attributes],
  };
}

export const STANDING_STATES = {
  received: 'OWN_DISCREPANCY_STATE_RECEIVED',
  'in-review': 'OWN_DISCREPANCY_STATE_IN_REVIEW',
  corrected: 'OWN_DISCREPANCY_STATE_CORRECTED',
  'not-confirmed': 'OWN_DISCREPANCY_STATE_NOT_CONFIRMED',
} as const satisfies Record<ReportStanding['state'], string>;
