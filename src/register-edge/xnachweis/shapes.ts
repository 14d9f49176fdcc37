import { MANY, type XmlPart, type XmlShape } from '../../platform/xml-shape.js';
import { BDT, BK, DE, EDM, G2G, LISTS, RESPONSE_STATUS, SEVERITY, SPECIFICATION, XNACHWEIS_VERSION } from './names.js';

/** Transcribed from the schemas of XNachweis 1.2.0 (xnachweis-de-noots, -baukasten, -basisdatentypen, -eu-edm). */

const UUID_TEXT = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const UUID = new RegExp(`^${UUID_TEXT}$`);
const UUID_URN = new RegExp(`^urn:uuid:${UUID_TEXT}$`);
const ANY = /^/;
const SOME = /\S/;
const ZONE = '(?:Z|[+-]\\d{2}:\\d{2})';
const DATE = new RegExp(`^\\d{4}-\\d{2}-\\d{2}${ZONE}?$`);
/** With time zone: the documentation of every time demands it, beyond `xs:dateTime`. */
const MOMENT = new RegExp(`^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?${ZONE}$`);
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

const exactly = (value: string) => new RegExp(`^${value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
const textOf = (text: RegExp): XmlShape => ({ text });
const part =
  (namespace: string, least: 0 | 1, most: XmlPart['most']) =>
  (name: string, shape: XmlShape): XmlPart => ({ name, namespace, shape, least, most });
const [one, maybe, many, any] = [part(BK, 1, 1), part(BK, 0, 1), part(BK, 1, MANY), part(BK, 0, MANY)];
const [oneDe, manyDe] = [part(DE, 1, 1), part(DE, 1, MANY)];
const sequence = (...parts: readonly XmlPart[]): XmlShape => ({ sequence: parts });

/** XÖV code: `listURI` may be left out, the version of the list never, unless the standard itself is the list. */
const codeOf = (listUri: RegExp, optional: readonly string[] = ['listURI'], value = SOME): XmlShape => ({
  attributes: { listURI: listUri, listVersionID: ANY },
  optional,
  sequence: [part('', 1, 1)('code', textOf(value))],
});

const language = codeOf(exactly(LISTS.language));
const multilingual = sequence(part(BDT, 1, 1)('value', textOf(ANY)), part(BDT, 1, 1)('lang', language));
const loa = codeOf(exactly(LISTS.loa));
const identifierOf = (scheme: RegExp, value: RegExp): XmlShape => ({ attributes: { schemeID: scheme }, text: value });
const agentId = identifierOf(/^urn:cef\.eu:names:identifier:EAS:/, SOME);
const eidasId = identifierOf(/^eidas$/, /^.{2}\/.{2}\/.*$/);
const address = sequence(
  ...['FullAddress', 'Thoroughfare', 'LocatorDesignator'].map((it) => maybe(it, textOf(ANY))),
  maybe('AdminUnitLevel1', codeOf(ANY)),
  maybe('AdminUnitLevel2', codeOf(ANY)),
  ...['PostCode', 'PostCityName'].map((it) => maybe(it, textOf(ANY))),
);
const identification = [one('Identifier', agentId), many('Name', multilingual)];
/** Without `AnyContent`: nothing of foreign namespaces is read. */
const agent = sequence(
  ...identification,
  part(EDM, 0, 1)('Address', address),
  part(EDM, 1, 1)('Classification', codeOf(exactly(LISTS.agentClassification))),
);
const sectorSpecific = sequence(
  ...['AttributeName', 'AttributeURI', 'AttributeValue'].map((it) => one(it, textOf(ANY))),
);
const naturalPerson = sequence(
  maybe('Identifier', eidasId),
  one('DateOfBirth', textOf(DATE)),
  one('FamilyName', textOf(ANY)),
  one('GivenName', textOf(ANY)),
  one('LevelOfAssurance', loa),
  maybe('BirthName', textOf(ANY)),
  maybe('PlaceOfBirth', textOf(ANY)),
  // Spelled so in the schema.
  maybe('CurrentAdress', address),
  maybe('Gender', textOf(ANY)),
  any('SectorSpecificAttribute', sectorSpecific),
  maybe('IDNr', textOf(/^\d{11}$/)),
);
/** Natural persons alone: how companies are identified nationally a later version is to say. */
const person = one('LegalOrNaturalPerson', sequence(one('NaturalPerson', naturalPerson)));

const dataModel = textOf(/^https:\/\/sr\.oots\.tech\.ec\.europa\.eu\/distributions\/.*$/);
const distribution = [
  one('Format', codeOf(exactly(LISTS.mediaType))),
  maybe('ConformsTo', dataModel),
  maybe('Transformation', dataModel),
];
const conformantTo = [
  one(
    'EvidenceTypeClassification',
    textOf(/^https:\/\/sr\.oots\.tech\.ec\.europa\.eu\/evidencetypeclassifications\/ec\/.*$/),
  ),
  many('Title', multilingual),
  any('Description', multilingual),
];

/** What stands in author and reader is in a namespace that could not be read: see `Unverified`. */
const authority = (namespace: string): XmlShape =>
  sequence(
    part(namespace, 1, 1)('verzeichnisdienst', codeOf(ANY)),
    part(namespace, 1, 1)('kennung', textOf(SOME)),
    part(namespace, 1, 1)('name', textOf(SOME)),
  );

const headOf = (type: string, authorityNamespace: string): XmlPart =>
  one(
    'nachrichtenkopf',
    sequence(
      one(
        'identifikation.nachricht',
        sequence(
          one('nachrichtenUUID', textOf(UUID)),
          one('nachrichtentyp', codeOf(exactly(LISTS.messageType), ['listURI', 'listVersionID'], exactly(type))),
          one('erstellungszeitpunkt', textOf(MOMENT)),
        ),
      ),
      part(G2G, 1, 1)('leser', authority(authorityNamespace)),
      part(G2G, 1, 1)('autor', authority(authorityNamespace)),
    ),
  );

const messageAttributes = {
  produkt: SOME,
  produkthersteller: SOME,
  produktversion: ANY,
  standard: SOME,
  test: ANY,
  version: exactly(XNACHWEIS_VERSION),
} as const;
const optionalAttributes = ['produktversion', 'test'];

const query = sequence(
  one('QueryDefinition', textOf(/^(?:DocumentQuery)?$/)),
  one(
    'RequestedEvidenceType',
    sequence(...conformantTo, one('Identifier', textOf(UUID)), one('DistributedAs', sequence(...distribution))),
  ),
  person,
);

/** `DE.EvidenceRequest.0101` */
export const requestShape = (authorityNamespace: string): XmlShape => ({
  attributes: { id: UUID_URN, ...messageAttributes },
  optional: optionalAttributes,
  sequence: [
    headOf('DE.EvidenceRequest.0101', authorityNamespace),
    oneDe('lang', language),
    oneDe('SpecificationIdentifier', textOf(exactly(SPECIFICATION))),
    oneDe('IssueDateTime', textOf(MOMENT)),
    manyDe('EvidenceRequester', agent),
    oneDe('EvidenceProvider', agent),
    oneDe('IssuedToken', textOf(ANY)),
    oneDe('Query', query),
  ],
});

const answerStart = (type: string, authorityNamespace: string): readonly XmlPart[] => [
  headOf(type, authorityNamespace),
  oneDe('status', codeOf(ANY, [], new RegExp(`^${RESPONSE_STATUS}:[A-Za-z]+$`))),
  oneDe('SpecificationIdentifier', textOf(exactly(SPECIFICATION))),
  oneDe('EvidenceResponseIdentifier', textOf(UUID)),
  oneDe('IssueDateTime', textOf(MOMENT)),
];

const registryObject = sequence(
  one('id', textOf(UUID_URN)),
  one(
    'EvidenceMetadata',
    sequence(
      one('IssuingDate', textOf(DATE)),
      maybe('ValidityPeriod', sequence(one('StartDate', textOf(DATE)), one('EndDate', textOf(DATE)))),
      one('IssuingAuthority', sequence(...identification)),
      one('Distribution', sequence(...distribution, any('Language', language))),
      one('IsConformantTo', sequence(...conformantTo)),
    ),
  ),
  // Evidence that is only referred to is not fetched: nothing is followed.
  one('RepositoryItem', sequence(one('RepositoryItem', textOf(BASE64)))),
  person,
);

const answerAttributes = { attributes: { requestid: UUID_URN, ...messageAttributes }, optional: optionalAttributes };

/** `DE.EvidenceResponse.0102` */
export const responseShape = (authorityNamespace: string): XmlShape => ({
  ...answerAttributes,
  sequence: [
    ...answerStart('DE.EvidenceResponse.0102', authorityNamespace),
    manyDe('EvidenceProvider', agent),
    manyDe('EvidenceRequester', agent),
    oneDe('EvidenceAvailability', {
      choice: [manyDe('RegistryObjectList', registryObject), oneDe('ResponseAvailableDateTime', textOf(MOMENT))],
    }),
  ],
});

/** `DE.EvidenceErrorResponse.0103` */
export const errorShape = (authorityNamespace: string): XmlShape => ({
  ...answerAttributes,
  sequence: [
    ...answerStart('DE.EvidenceErrorResponse.0103', authorityNamespace),
    oneDe('ErrorProvider', agent),
    manyDe('EvidenceRequester', agent),
    manyDe(
      'Exception',
      sequence(
        one('Code', codeOf(exactly(LISTS.errorCodes))),
        maybe('Detail', textOf(ANY)),
        maybe('Timestamp', textOf(MOMENT)),
        one('Severity', textOf(exactly(SEVERITY))),
      ),
    ),
  ],
});
