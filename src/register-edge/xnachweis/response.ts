import { readXml, type Xml } from '../../platform/xml.js';
import { departure } from '../../platform/xml-shape.js';
import { demandOfAnswer } from '../answer-fault.js';
import type { Agent } from './config.js';
import { BK, DE, RESPONSE_STATUS } from './names.js';
import { errorShape, responseShape } from './shapes.js';

export const RESPONSE = 'DE.EvidenceResponse.0102';
export const ERROR_RESPONSE = 'DE.EvidenceErrorResponse.0103';

/** Whom and what an object is about. */
export type RegistryObject = Readonly<{
  idnr: string | undefined;
  /** `YYYY-MM-DD` */
  birthDate: string;
  classification: string;
  format: string;
  /** `YYYY-MM-DD` */
  issuingDate: string;
  item: Buffer;
}>;

export type EvidenceResponse = Readonly<
  | { kind: 'objects'; objects: readonly RegistryObject[] }
  | { kind: 'later'; availableAt: number }
  | { kind: 'error'; codes: readonly string[] }
>;

type Expected = Readonly<{
  requestId: string;
  requester: Agent;
  provider: Agent;
  authorityNamespace: string;
  maxBytes: number;
}>;

/** Reads 0102 or 0103 of XNachweis 1.2.0, as the answer to this request and from this provider. @throws AnswerFault, XmlFault */
export function readResponse(bytes: Uint8Array, expected: Expected): EvidenceResponse {
  const message = readXml(bytes, expected.maxBytes);
  const isError = message.name === ERROR_RESPONSE;
  demandOfAnswer(message.namespace === DE && (isError || message.name === RESPONSE), 'ANSWER_SHAPE');
  const shape = (isError ? errorShape : responseShape)(expected.authorityNamespace);
  demandOfAnswer(departure(message, shape) === undefined, 'ANSWER_SHAPE');
  demandOfAnswer(
    message.attributes.requestid?.toLowerCase() === `urn:uuid:${expected.requestId}`,
    'ANSWER_TO_OTHER_REQUEST',
  );
  demandOfAnswer(named(message, 'EvidenceRequester', expected.requester), 'ANSWER_TO_OTHER_REQUEST');
  demandOfAnswer(
    named(message, isError ? 'ErrorProvider' : 'EvidenceProvider', expected.provider),
    'ANSWER_OF_OTHER_SERVICE',
  );
  const isSuccess = textAt(message, 'status', 'code') === `${RESPONSE_STATUS}:Success`;
  if (isError) {
    demandOfAnswer(!isSuccess, 'ANSWER_SHAPE');
    return { kind: 'error', codes: all(message, 'Exception').map((it) => textAt(it, 'Code', 'code')) };
  }
  const [availability] = all(message, 'EvidenceAvailability');
  const later = availability === undefined ? [] : all(availability, 'ResponseAvailableDateTime');
  if (availability === undefined || later[0] !== undefined)
    return { kind: 'later', availableAt: momentMs(later[0]?.text ?? '') };
  demandOfAnswer(isSuccess, 'ANSWER_SHAPE');
  return { kind: 'objects', objects: all(availability, 'RegistryObjectList').map(objectOf) };
}

function objectOf(object: Xml): RegistryObject {
  const person = ['LegalOrNaturalPerson', 'NaturalPerson'];
  const idnr = textAt(object, ...person, 'IDNr');
  return {
    idnr: idnr === '' ? undefined : idnr,
    birthDate: textAt(object, ...person, 'DateOfBirth').slice(0, 10),
    classification: textAt(object, 'EvidenceMetadata', 'IsConformantTo', 'EvidenceTypeClassification'),
    format: textAt(object, 'EvidenceMetadata', 'Distribution', 'Format', 'code'),
    issuingDate: textAt(object, 'EvidenceMetadata', 'IssuingDate').slice(0, 10),
    item: Buffer.from(textAt(object, 'RepositoryItem', 'RepositoryItem'), 'base64'),
  };
}

/** Whether one of these agents is the one that is meant. */
function named(message: Xml, element: string, { id, scheme }: Agent): boolean {
  return all(message, element)
    .flatMap((it) => it.children.filter(({ name, namespace }) => name === 'Identifier' && namespace === BK))
    .some((it) => it.text === id && it.attributes.schemeID === scheme);
}

function momentMs(text: string): number {
  const ms = Date.parse(text);
  demandOfAnswer(!Number.isNaN(ms), 'ANSWER_TIME');
  return ms;
}

/** By name alone: its shape has been checked. */
function all(element: Xml, name: string): readonly Xml[] {
  return element.children.filter((it) => it.name === name);
}

/** Empty where there is none. */
function textAt(element: Xml, ...path: readonly string[]): string {
  let here: Xml | undefined = element;
  for (const name of path) here = here?.children.find((it) => it.name === name);
  return here?.text ?? '';
}
