import { printXml, type Xml } from '../../platform/xml.js';
import type { Agent, Authority, XNachweisEvidence, XNachweisSource } from './config.js';
import {
  BDT,
  BK,
  code,
  DE,
  EDM,
  G2G,
  group,
  LISTS,
  prefixesOf,
  SPECIFICATION,
  text,
  XNACHWEIS_VERSION,
} from './names.js';

export const REQUEST = 'DE.EvidenceRequest.0101';
export const JSON_FORMAT = 'application/json';

export type EvidenceRequest = Readonly<{
  /** UUID; the answer must name it. */
  id: string;
  /** UUID of the message, another one for each message. */
  messageId: string;
  atMs: number;
  /** What permits the request. That the data service can read it is not assumed. */
  issuedToken: string;
  idnr: string;
  /** `YYYY-MM-DD` */
  birthDate: string;
  evidence: XNachweisEvidence;
  /** URI of the subset that is enough. */
  transformation: string | undefined;
  /** A message that is none of production: synthetic persons. */
  isTest: boolean;
}>;

/** `DE.EvidenceRequest.0101` about a natural person. The edge knows number and date of birth alone; names are empty. */
export function printRequest(request: EvidenceRequest, source: XNachweisSource): string {
  const { id, atMs, issuedToken, isTest } = request;
  const { language, requester, provider, unverified } = source;
  const versions = unverified.list_versions;
  const moment = new Date(atMs).toISOString();
  const attributes = {
    id: `urn:uuid:${id}`,
    ...{ produkt: 'Einmal', produkthersteller: 'Einmal', standard: 'XNachweis', version: XNACHWEIS_VERSION },
    ...(isTest ? { test: 'synthetic persons' } : {}),
  };
  const message = group(
    DE,
    REQUEST,
    [
      head(request, moment, source),
      code(DE, 'lang', language, listed(LISTS.language, versions.language)),
      text(DE, 'SpecificationIdentifier', SPECIFICATION),
      text(DE, 'IssueDateTime', moment),
      agent('EvidenceRequester', requester, source),
      agent('EvidenceProvider', provider, source),
      text(DE, 'IssuedToken', issuedToken),
      query(request, source),
    ],
    attributes,
  );
  return printXml(message, prefixesOf(unverified.authority_namespace));
}

function head({ messageId }: EvidenceRequest, moment: string, { author, reader, unverified }: XNachweisSource): Xml {
  const { authority_namespace: namespace, list_versions: versions } = unverified;
  const authority = (name: string, { directory, id, name: called }: Authority) =>
    group(G2G, name, [
      code(namespace, 'verzeichnisdienst', directory, { listVersionID: versions.directory }),
      text(namespace, 'kennung', id),
      text(namespace, 'name', called),
    ]);
  return group(BK, 'nachrichtenkopf', [
    group(BK, 'identifikation.nachricht', [
      text(BK, 'nachrichtenUUID', messageId),
      code(BK, 'nachrichtentyp', REQUEST, listed(LISTS.messageType, XNACHWEIS_VERSION)),
      text(BK, 'erstellungszeitpunkt', moment),
    ]),
    authority('leser', reader),
    authority('autor', author),
  ]);
}

function agent(name: string, { id, scheme, name: called, classification }: Agent, source: XNachweisSource): Xml {
  const { agent_classification } = source.unverified.list_versions;
  return group(DE, name, [
    text(BK, 'Identifier', id, { schemeID: scheme }),
    multilingual('Name', called, source),
    code(EDM, 'Classification', classification, listed(LISTS.agentClassification, agent_classification)),
  ]);
}

function query({ idnr, birthDate, evidence, transformation }: EvidenceRequest, source: XNachweisSource): Xml {
  const { loa, media_type } = source.unverified.list_versions;
  const optional = (name: string, value: string | undefined) => (value === undefined ? [] : [text(BK, name, value)]);
  return group(DE, 'Query', [
    text(BK, 'QueryDefinition', 'DocumentQuery'),
    group(BK, 'RequestedEvidenceType', [
      text(BK, 'EvidenceTypeClassification', evidence.classification),
      multilingual('Title', evidence.title, source),
      text(BK, 'Identifier', evidence.identifier),
      group(BK, 'DistributedAs', [
        code(BK, 'Format', JSON_FORMAT, listed(LISTS.mediaType, media_type)),
        ...optional('ConformsTo', evidence.conforms_to),
        ...optional('Transformation', transformation),
      ]),
    ]),
    group(BK, 'LegalOrNaturalPerson', [
      group(BK, 'NaturalPerson', [
        text(BK, 'DateOfBirth', birthDate),
        text(BK, 'FamilyName', ''),
        text(BK, 'GivenName', ''),
        code(BK, 'LevelOfAssurance', source.assurance, listed(LISTS.loa, loa)),
        text(BK, 'IDNr', idnr),
      ]),
    ]),
  ]);
}

function multilingual(name: string, value: string, { language, unverified }: XNachweisSource): Xml {
  return group(BK, name, [
    text(BDT, 'value', value),
    code(BDT, 'lang', language, listed(LISTS.language, unverified.list_versions.language)),
  ]);
}

function listed(listURI: string, listVersionID: string): Xml['attributes'] {
  return { listURI, listVersionID };
}
