import { createHash, randomUUID } from 'node:crypto';
import { type ForeignFault, MARKER } from './fault.js';
import type { Received, Reply } from './https-simulator.js';
import { recordsOf, type SimulatedRecord } from './records.js';

/** Identifiers are `instance/class/member[/subsystem[/service]]`. */
export type XRoadSimulation = Readonly<{
  /** Who may ask. */
  client: string;
  /** Service to the evidence type that it answers. */
  services: Readonly<Record<string, string>>;
  records: readonly SimulatedRecord[];
}>;

type Request = Readonly<{ service: string; path: string; client: string; id: string }>;

const JSON_TYPE = 'application/json;charset=utf-8';
/** PR-REST § 4.8. */
const PART = /^[A-Za-z0-9'()+,.=?-]+$/;
/** PR-REST § 4.2. */
const MAX_URI = 2000;
/** PR-REST § 4.3: what a security server does not pass on, and does not sign. */
const FILTERED = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding'],
  ...[
    'upgrade',
    'host',
    'user-agent',
    'server',
    'expect',
    'content-length',
    'x-road-request-hash',
    'x-road-request-id',
  ],
]);

class XRoadError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const badRequest = () =>
  new XRoadError(
    400,
    'Client.BadRequest',
    'The request does not conform to the X-Road Message Protocol for REST (r1).',
  );

/** The service itself, which knows nothing of X-Road: what it answers of this evidence type to this body. */
export type XRoadProvider = (evidenceType: string, received: Received) => Reply;

/** SIMULATOR of security servers and a service behind them. Rejects what the message protocol for REST rejects. */
export function answerXRoad(
  simulation: XRoadSimulation,
  received: Received,
  fault: ForeignFault,
  provider: XRoadProvider = search(simulation.records),
): Reply {
  try {
    const request = read(simulation, received);
    const reply = request.path === '' ? provider(simulation.services[request.service] ?? '', received) : NOT_ALLOWED;
    return spoilt(reply, { request, received, fault });
  } catch (error) {
    if (!(error instanceof XRoadError)) throw error;
    const { status, type, message } = error;
    const body = JSON.stringify({ type, message, detail: randomUUID() });
    return { status, headers: { 'Content-Type': JSON_TYPE, 'X-Road-Error': type }, body };
  }
}

function read({ client: known, services }: XRoadSimulation, { url, rawHeaders }: Received): Request {
  if (url.length > MAX_URI) throw badRequest();
  const [path = ''] = url.split('?', 1);
  const [empty, version, ...parts] = path.split('/');
  if (empty !== '' || version !== 'r1' || parts.length < 5) throw badRequest();
  const service = identifier(parts.slice(0, 5));
  const client = identifier(headerOf(rawHeaders, 'x-road-client')?.split('/') ?? []);
  if (![3, 4].includes(client.split('/').length)) throw badRequest();
  const id = headerOf(rawHeaders, 'x-road-id') ?? randomUUID();
  if (!/^[\x21-\x7e]{1,255}$/.test(id)) throw badRequest();
  if (client !== known) throw new XRoadError(500, 'Server.ClientProxy.UnknownMember', 'The client is not registered.');
  if (!Object.hasOwn(services, service))
    throw new XRoadError(500, 'Server.ServerProxy.UnknownService', 'There is no such service.');
  return { service, path: parts.slice(5).join('/'), client, id };
}

function identifier(parts: readonly string[]): string {
  const decoded = parts.map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      throw badRequest();
    }
  });
  if (decoded.length === 0 || !decoded.every((part) => PART.test(part))) throw badRequest();
  return decoded.join('/');
}

/** The last one, where there are several (PR-REST § 4.3). */
function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  return pairsOf(rawHeaders).findLast(([it]) => it.toLowerCase() === name)?.[1];
}

function pairsOf(rawHeaders: readonly string[]): readonly (readonly [string, string])[] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
}

const HEADERS = { 'Content-Type': JSON_TYPE };
const NOT_ALLOWED: Reply = { status: 405, headers: HEADERS, body: '{"error":"Method Not Allowed"}' };

/** Finds by number and date of birth, and gives the fields that are asked for. */
function search(records: readonly SimulatedRecord[]): XRoadProvider {
  return (evidenceType, { method, body }) => {
    if (method !== 'POST') return NOT_ALLOWED;
    const asked: { person?: { idnr?: unknown; birth_date?: unknown }; fields?: unknown } = JSON.parse(body.toString());
    const { idnr, birth_date: birthDate } = asked.person ?? {};
    if (typeof idnr !== 'string' || typeof birthDate !== 'string' || !Array.isArray(asked.fields))
      return { status: 400, headers: HEADERS, body: '{"error":"Bad Request"}' };
    const fields: readonly unknown[] = asked.fields;
    const found = recordsOf(records, { evidenceType, idnr, birthDate }).map((it) => ({
      ...{ idnr: it.idnr, birth_date: it.birth_date, blocked: it.blocked, as_of: it.as_of },
      ...Object.fromEntries(Object.entries(it.values).filter(([name]) => fields.includes(`/${name}`))),
    }));
    return { status: 200, headers: HEADERS, body: JSON.stringify({ records: found }) };
  };
}

type Context = Readonly<{ request: Request; received: Received; fault: ForeignFault }>;

/** With the headers of the security servers, and what the fault changes of it. */
function spoilt(reply: Reply, { request, received, fault }: Context): Reply {
  const requestId = randomUUID();
  const hashed = fault === 'hash-of-other-request' ? { ...received, body: Buffer.from(MARKER) } : received;
  const hash =
    fault === 'other-hash' ? createHash('sha512').update(MARKER).digest('base64') : hashOf(hashed, requestId);
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'x-road-client': fault === 'other-client' ? 'TEST/GOV/0/OTHER' : request.client,
      'x-road-service': fault === 'other-service' ? 'TEST/GOV/0/OTHER/SERVICE' : request.service,
      'x-road-id': fault === 'other-id' ? randomUUID() : request.id,
      'x-road-request-id': requestId,
      ...(fault === 'no-hash' ? {} : { 'x-road-request-hash': hash }),
      ...(fault === 'talkative-xroad-error' ? { 'x-road-error': `Server.ServerProxy.${MARKER}` } : {}),
    },
    body: fault === 'talkative-xroad-error' ? received.body : spoiltBody(reply.body.toString(), fault),
  };
}

/** base64(SHA512(SHA512(headers) + SHA512(body))) (PR-REST § 4.3), headers as the reference implementation writes them. */
function hashOf({ method, url, rawHeaders, body }: Received, requestId: string): string {
  const kept = pairsOf(rawHeaders).filter(([name]) => !FILTERED.has(name.toLowerCase()));
  let head = `${method}\r\n${url}\r\n`;
  for (const [name, value] of [...kept, ['x-road-request-id', requestId]]) head += `${name}:${value}\r\n`;
  const outer = createHash('sha512').update(createHash('sha512').update(head).digest());
  return outer.update(createHash('sha512').update(body).digest()).digest('base64');
}

function spoiltBody(body: string, fault: ForeignFault): string {
  const { records }: { records: readonly Record<string, unknown>[] } = JSON.parse(body);
  const changed = (change: Readonly<Record<string, unknown>>) =>
    JSON.stringify({ records: records.map((it) => ({ ...it, ...change })) });
  switch (fault) {
    case 'other-person':
      return changed({ idnr: '02345678901' });
    case 'not-json':
      return `${MARKER} ${body}`;
    case 'no-list':
      return JSON.stringify({ records: records[0] ?? null });
    case 'nul':
      return changed({ family_name: `${MARKER}\0` });
    case 'half-character':
      return changed({ family_name: `${MARKER}\ud800` });
    case 'deep':
      return `{"records":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    case 'many-records':
      return JSON.stringify({ records: Array.from({ length: 1000 }, () => records[0]) });
    case 'missing-field':
      return JSON.stringify({ records: records.map(({ family_name: _, ...rest }) => rest) });
    case 'no-time-zone':
      return changed({ as_of: '2026-11-01T12:00:00' });
    default:
      return body;
  }
}
