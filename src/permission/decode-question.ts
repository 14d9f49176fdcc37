import { Decoder } from '../platform/decode.js';
import type { TransferQuestion__Output } from '../platform/rpc-types/einmal/broker/v1/TransferQuestion.js';
import type { TransferQuestion } from './transfer-question.js';

const MAX_FIELDS = 128;

type Given = Pick<
  TransferQuestion__Output,
  'consumer' | 'register' | 'evidence_type' | 'purpose' | 'legal_basis' | 'fields'
>;

/** A question that is to be explained. Without fields it is about those that the rules name. @throws Fault REQUEST_INVALID */
export function decodeQuestion(given: Given, at: string): TransferQuestion & Readonly<{ fields: readonly string[] }> {
  const decoder = new Decoder();
  const fields = decoder.list(`${at}fields`, given.fields, { min: 0, max: MAX_FIELDS });
  return decoder.done({
    consumer: decoder.identifier(`${at}consumer`, given.consumer),
    provider: decoder.identifier(`${at}register`, given.register),
    evidence_type: decoder.identifier(`${at}evidence_type`, given.evidence_type),
    purpose: decoder.identifier(`${at}purpose`, given.purpose),
    legal_basis: decoder.identifier(`${at}legal_basis`, given.legal_basis),
    fields: fields.map((it, index) => decoder.identifier(`${at}fields[${index}]`, it)),
  });
}
