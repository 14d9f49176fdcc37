import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import { expect } from '@jest/globals';
import { decodeStatus, type FieldViolation, STATUS_DETAILS_KEY } from '#libs/grpc-status/status.js';
import type { AnyApplicant } from '../../src/client/applicant.js';
import { ERROR_DOMAIN, REASONS, type Reason } from '../../src/platform/reasons.js';
import { type LogRow, logged } from './e2e-log.js';
import { CAST_DICTIONARY } from './e2e-system.js';

/** All that a caller gets with a refusal. */
export type Refused = Readonly<{
  code: status;
  reason: string;
  sentence: string;
  /** `google.rpc.Status` as it came. */
  bytes: Buffer;
  info: Readonly<Record<string, string>>;
  violations: readonly FieldViolation[];
  retryDelayMs: number | undefined;
  /** Everything beside the moment. */
  trailers: Readonly<Record<string, string>>;
}>;

/** Every personal value of these persons as it stands in a request. */
export function personalData(applicants: readonly AnyApplicant[]): readonly string[] {
  return applicants
    .flatMap((it) => Object.values('company' in it ? it.company : it.person))
    .filter((it) => it.length > 2);
}

/** Code, reason of the closed list and fixed sentence; and nothing of a person in any part of what came back. */
export async function expectRefusal(
  call: Promise<unknown>,
  expected: Readonly<{ code?: status; reason: Reason }>,
  personal: readonly string[] = [],
): Promise<Refused> {
  const refused = read(await failureOf(call));
  const { code, sentence } = REASONS[expected.reason];
  expect({ code: status[refused.code], reason: refused.reason }).toEqual({
    code: status[expected.code ?? code],
    reason: expected.reason,
  });
  expect(refused.sentence).toBe(sentence);
  expectNothingPersonal(refused, personal);
  return refused;
}

/** The refusal, and exactly one entry for it: nothing else has happened. */
export async function expectLoggedRefusal(
  consumer: string,
  call: () => Promise<unknown>,
  expected: Readonly<{ code?: status; reason: Reason }>,
  personal: readonly string[] = [],
): Promise<Refused> {
  const { value, entries } = await logged(() => expectRefusal(call(), expected, personal));
  expect(entries.map(({ event, consumer: by, outcome, reason }) => ({ event, by, outcome, reason }))).toEqual([
    { event: 'refused', by: consumer, outcome: 'refused', reason: expected.reason },
  ]);
  expectNothingPersonalLogged(entries, personal);
  return value;
}

/** A failure below gRPC: there is nobody to give a reason. */
export async function expectNoConnection(call: Promise<unknown>): Promise<void> {
  expect(status[(await failureOf(call)).code]).toBe('UNAVAILABLE');
}

export async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'metadata' in error) return error as ServiceError;
    throw error;
  }
  throw new Error('the call was answered');
}

function expectNothingPersonal(refused: Refused, personal: readonly string[]): void {
  const said = [
    refused.sentence,
    refused.bytes.toString('utf8'),
    refused.bytes.toString('base64'),
    ...Object.values(refused.trailers),
  ];
  for (const value of [...personal, ...CAST_DICTIONARY]) {
    const forms = [value, Buffer.from(value).toString('base64').replace(/.?=*$/, '')];
    expect(said.filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
  }
}

function expectNothingPersonalLogged(entries: readonly LogRow[], personal: readonly string[]): void {
  const text = JSON.stringify(entries);
  // Names of registers and of catalogue ids are clear columns; towns occur in them.
  const values = [...personal, ...CAST_DICTIONARY].filter((value) => value.length > 7);
  expect(values.filter((value) => text.includes(value))).toEqual([]);
}

function read(error: ServiceError): Refused {
  const [given] = error.metadata.get(STATUS_DETAILS_KEY);
  if (!Buffer.isBuffer(given)) throw new Error(`no details come with ${status[error.code]}: ${error.details}`);
  const { code, message, details } = decodeStatus(given);
  expect({ code, message }).toEqual({ code: error.code, message: error.details });
  const infos = details.flatMap((it) => (it.type === 'error-info' ? [it] : []));
  const [info] = infos;
  if (info === undefined || infos.length > 1) throw new Error('AIP-193: one ErrorInfo with every refusal');
  expect(info.domain).toBe(ERROR_DOMAIN);
  return {
    code: error.code,
    reason: info.reason,
    sentence: message,
    bytes: given,
    info: info.metadata,
    violations: details.flatMap((it) => (it.type === 'bad-request' ? it.violations : [])),
    retryDelayMs: details.flatMap((it) => (it.type === 'retry-info' ? [it.retryDelayMs] : []))[0],
    trailers: withoutDate(error.metadata),
  };
}

function withoutDate(metadata: Metadata): Readonly<Record<string, string>> {
  const entries = Object.entries(metadata.toJSON()).filter(([name]) => name !== 'date');
  return Object.fromEntries(
    entries.map(([name, values]) => [
      name,
      values.map((it) => (typeof it === 'string' ? it : it.toString('hex'))).join(','),
    ]),
  );
}
