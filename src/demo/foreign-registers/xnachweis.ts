import { printXml, readXml, type Xml, XmlFault } from '../../platform/xml.js';
import { departure } from '../../platform/xml-shape.js';
import { DE, prefixesOf } from '../../register-edge/xnachweis/names.js';
import { requestShape } from '../../register-edge/xnachweis/shapes.js';
import { type ForeignFault, MARKER } from './fault.js';
import type { Received, Reply } from './https-simulator.js';
import { recordsOf } from './records.js';
import { rawXmlOf, spoiltMessage } from './xnachweis-faults.js';
import { type Answered, errorMessage, responseMessage } from './xnachweis-messages.js';
import type { XNachweisSimulation } from './xnachweis-simulation.js';

/** The values of nootserrorcodes could not be read: these are the simulator's own. */
export const SIMULATED_ERRORS = {
  invalid: 'SIM-INVALID',
  none: 'SIM-NONE',
  blocked: 'SIM-BLOCKED',
  type: 'SIM-TYPE',
  format: 'SIM-FORMAT',
  provider: 'SIM-PROVIDER',
  token: 'SIM-TOKEN',
} as const;

const MAX_REQUEST_BYTES = 100_000;
const XML_TYPE = 'application/xml; charset=utf-8';
const UUID_URN = /^urn:uuid:[0-9a-f-]{36}$/;

/** SIMULATOR of a data service that speaks XNachweis. Compares what it gets with the schema and answers with 0103 where it departs. */
export function answerXNachweis(simulation: XNachweisSimulation, received: Received, fault: ForeignFault): Reply {
  const failed = (status: number) => ({ status, headers: { 'Content-Type': 'text/plain' }, body: 'refused' });
  if (received.method !== 'POST' || received.url !== simulation.path) return failed(404);
  if (!/^application\/xml\s*(;|$)/.test(contentTypeOf(received.rawHeaders))) return failed(415);
  const request = requestIn(received.body);
  if (request === undefined) return failed(400);
  const message = spoiltMessage(answerTo(simulation, request), fault);
  const xml = printXml(message, prefixesOf(simulation.authority_namespace));
  const body = fault === 'talkative-error' ? xml.replace(MARKER, `${MARKER} ${valueAt(request, ...IDNR)}`) : xml;
  return { status: 200, headers: { 'Content-Type': XML_TYPE }, body: rawXmlOf(body, fault) };
}

/** Undefined where there is nothing that an answer could refer to. */
function requestIn(body: Buffer): Xml | undefined {
  try {
    const message = readXml(body, MAX_REQUEST_BYTES);
    const isRequest = message.namespace === DE && message.name === 'DE.EvidenceRequest.0101';
    return isRequest && UUID_URN.test(message.attributes.id ?? '') ? message : undefined;
  } catch (error) {
    if (error instanceof XmlFault) return undefined;
    throw error;
  }
}

const QUERY = ['Query', 'RequestedEvidenceType'];
const PERSON = ['Query', 'LegalOrNaturalPerson', 'NaturalPerson'];
const IDNR = [...PERSON, 'IDNr'];

function answerTo(simulation: XNachweisSimulation, request: Xml): Xml {
  const { provider, evidence, records, authority_namespace } = simulation;
  const answered: Answered = { ...simulation, request, requestId: request.attributes.id ?? '' };
  const refused = (code: string, detail: string) => errorMessage(answered, code, detail);
  const departs = departure(request, requestShape(authority_namespace));
  if (departs !== undefined) return refused(SIMULATED_ERRORS.invalid, departs);
  if (valueAt(request, 'EvidenceProvider', 'Identifier') !== provider.id)
    return refused(SIMULATED_ERRORS.provider, 'EvidenceProvider');
  // Its seal would be verified here: by which keys and in which form could not be read.
  if (valueAt(request, 'IssuedToken') === '') return refused(SIMULATED_ERRORS.token, 'IssuedToken');
  const [evidenceType, known] =
    Object.entries(evidence).find(
      ([, { classification, identifier }]) =>
        classification === valueAt(request, ...QUERY, 'EvidenceTypeClassification') &&
        identifier === valueAt(request, ...QUERY, 'Identifier'),
    ) ?? [];
  if (evidenceType === undefined || known === undefined) return refused(SIMULATED_ERRORS.type, 'RequestedEvidenceType');
  if (valueAt(request, ...QUERY, 'DistributedAs', 'Format', 'code') !== 'application/json')
    return refused(SIMULATED_ERRORS.format, 'Format');
  const transformation = valueAt(request, ...QUERY, 'DistributedAs', 'Transformation');
  const subset = Object.hasOwn(known.subsets, transformation) ? known.subsets[transformation] : undefined;
  if (transformation !== '' && subset === undefined) return refused(SIMULATED_ERRORS.format, 'Transformation');
  const wanted = {
    evidenceType,
    idnr: valueAt(request, ...IDNR),
    birthDate: valueAt(request, ...PERSON, 'DateOfBirth'),
  };
  const all = recordsOf(records, wanted);
  const found = all.filter(({ blocked }) => blocked === false);
  if (simulation.tells_blocks === true && all.length > found.length)
    return refused(SIMULATED_ERRORS.blocked, 'NaturalPerson');
  if (found.length === 0) return refused(SIMULATED_ERRORS.none, 'NaturalPerson');
  return responseMessage(answered, found, subset);
}

function contentTypeOf(rawHeaders: readonly string[]): string {
  const at = rawHeaders.findIndex((it, index) => index % 2 === 0 && it.toLowerCase() === 'content-type');
  return at === -1 ? '' : (rawHeaders[at + 1] ?? '').toLowerCase();
}

function valueAt(element: Xml, ...path: readonly string[]): string {
  let here: Xml | undefined = element;
  for (const name of path) here = here?.children.find((it) => it.name === name);
  return here?.text ?? '';
}
