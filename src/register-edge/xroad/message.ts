import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { demandOfAnswer } from '../answer-fault.js';

/** X-Road: Message Protocol for REST (PR-REST) § 4.8: the only characters of identifiers. */
export const XROAD_PART = "[A-Za-z0-9'()+,.=?-]{1,100}";

export type XRoadCall = Readonly<{
  /** `instance/class/member[/subsystem]`. */
  client: string;
  /** `instance/class/member/subsystem/service`. */
  service: string;
  /** Below the service; the same for everybody. */
  path: string;
  /** For PR-REST "user whose action initiated the request"; never a person here. */
  userId: string | undefined;
  id: string;
  body: string;
}>;

export type XRoadMessage = Readonly<{ path: string; headers: Readonly<Record<string, string>>; body: string }>;

/** A POST, so that whom it is about stands in the body alone (PR-REST § 4.2). */
export function xroadMessage({ client, service, path, userId, id, body }: XRoadCall): XRoadMessage {
  return {
    path: `/r1/${encoded(service)}${path}`,
    headers: {
      'X-Road-Client': encoded(client),
      'X-Road-Id': id,
      ...(userId === undefined ? {} : { 'X-Road-UserId': userId }),
      'Content-Type': 'application/json; charset=utf-8',
      Accept: 'application/json',
    },
    body,
  };
}

/** PR-REST § 4.2: each part by itself, the separator never. */
function encoded(identifier: string): string {
  return identifier.split('/').map(encodeURIComponent).join('/');
}

/**
 * PR-REST § 4.3: SHA512(SHA512(headers) + SHA512(body)). What "headers" is the specification leaves open; this is how the
 * security server of NIIS writes a request down: verb, path, headers as they came, its own id of the request at the end.
 */
export function requestHash({ path, headers, body }: XRoadMessage, requestId: string): string {
  const lines = Object.entries({ ...headers, 'x-road-request-id': requestId }).map(
    ([name, value]) => `${name}:${value}`,
  );
  const head = ['POST', path, ...lines, ''].join('\r\n');
  const digest = (bytes: string | Buffer) => createHash('sha512').update(bytes).digest();
  return digest(Buffer.concat([digest(head), digest(body)])).toString('base64');
}

/**
 * Whether an answer is one to this call. `hash`: by `present`, the security server alone compares it, as PR-REST demands of
 * it; for installations where something between changes headers. @throws AnswerFault
 */
export function demandAnswerTo(
  call: XRoadCall,
  message: XRoadMessage,
  headers: IncomingHttpHeaders,
  hash: 'recomputed' | 'present',
): void {
  demandOfAnswer(single(headers, 'x-road-id') === call.id, 'ANSWER_TO_OTHER_REQUEST');
  demandOfAnswer(decoded(single(headers, 'x-road-client')) === call.client, 'ANSWER_TO_OTHER_REQUEST');
  demandOfAnswer(decoded(single(headers, 'x-road-service')) === call.service, 'ANSWER_OF_OTHER_SERVICE');
  const answered = single(headers, 'x-road-request-hash');
  demandOfAnswer(answered !== '', 'ANSWER_TO_OTHER_REQUEST');
  if (hash === 'present') return;
  const expected = requestHash(message, single(headers, 'x-road-request-id'));
  demandOfAnswer(answered === expected, 'ANSWER_TO_OTHER_REQUEST');
}

function single(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function decoded(identifier: string): string | undefined {
  try {
    return identifier.split('/').map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
}
