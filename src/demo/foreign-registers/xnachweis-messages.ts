import { randomUUID } from 'node:crypto';
import type { Xml } from '../../platform/xml.js';
import type { Agent } from '../../register-edge/xnachweis/config.js';
import {
  BDT,
  BK,
  code,
  DE,
  EDM,
  G2G,
  group,
  LISTS,
  RESPONSE_STATUS,
  SEVERITY,
  SPECIFICATION,
  text,
  XNACHWEIS_VERSION,
} from '../../register-edge/xnachweis/names.js';
import type { SimulatedRecord } from './records.js';
import type { XNachweisSimulation } from './xnachweis-simulation.js';

/** What an answer is made of. */
export type Answered = Pick<XNachweisSimulation, 'provider' | 'authority' | 'authority_namespace' | 'language'> &
  Readonly<{ request: Xml; requestId: string }>;

/** Version of every code list but that of the standard: the simulator's own. */
const LIST_VERSION = 'SIM';

/** `DE.EvidenceErrorResponse.0103` */
export function errorMessage(answered: Answered, error: string, detail: string): Xml {
  return message(answered, 'DE.EvidenceErrorResponse.0103', 'Failure', [
    agent(answered, 'ErrorProvider', { ...answered.provider, classification: 'ERRP' }),
    ...requesters(answered),
    group(DE, 'Exception', [
      code(BK, 'Code', error, listed(LISTS.errorCodes)),
      text(BK, 'Detail', detail),
      text(BK, 'Timestamp', now()),
      text(BK, 'Severity', SEVERITY),
    ]),
  ]);
}

/** `DE.EvidenceResponse.0102`: objects, or when there will be some. `subset`: the fields that are enough. */
export function responseMessage(
  answered: Answered,
  found: readonly SimulatedRecord[],
  subset: readonly string[] | undefined,
): Xml {
  const later = found.find(({ available_at = '' }) => Date.parse(available_at) > Date.now())?.available_at;
  return message(answered, 'DE.EvidenceResponse.0102', later === undefined ? 'Success' : 'Unavailable', [
    agent(answered, 'EvidenceProvider', answered.provider),
    ...requesters(answered),
    group(
      DE,
      'EvidenceAvailability',
      later === undefined
        ? found.map((it) => registryObject(answered, it, subset))
        : [text(DE, 'ResponseAvailableDateTime', later)],
    ),
  ]);
}

function message(answered: Answered, type: string, status: string, parts: readonly Xml[]): Xml {
  const { requestId, authority, authority_namespace: namespace } = answered;
  const named = (name: string) =>
    group(G2G, name, [
      code(namespace, 'verzeichnisdienst', authority.directory, { listVersionID: LIST_VERSION }),
      text(namespace, 'kennung', authority.id),
      text(namespace, 'name', authority.name),
    ]);
  const head = group(BK, 'nachrichtenkopf', [
    group(BK, 'identifikation.nachricht', [
      text(BK, 'nachrichtenUUID', randomUUID()),
      code(BK, 'nachrichtentyp', type, { listURI: LISTS.messageType, listVersionID: XNACHWEIS_VERSION }),
      text(BK, 'erstellungszeitpunkt', now()),
    ]),
    named('leser'),
    named('autor'),
  ]);
  return group(
    DE,
    type,
    [
      head,
      code(DE, 'status', `${RESPONSE_STATUS}:${status}`, listed(RESPONSE_STATUS)),
      text(DE, 'SpecificationIdentifier', SPECIFICATION),
      text(DE, 'EvidenceResponseIdentifier', randomUUID()),
      text(DE, 'IssueDateTime', now()),
      ...parts,
    ],
    {
      requestid: requestId,
      ...{ produkt: 'SIMULATOR', produkthersteller: 'Einmal', standard: 'XNachweis', version: XNACHWEIS_VERSION },
      test: 'synthetic persons',
    },
  );
}

function registryObject(answered: Answered, record: SimulatedRecord, subset: readonly string[] | undefined): Xml {
  const { provider, language } = answered;
  const requested = answered.request.children.find(({ name }) => name === 'Query')?.children[1]?.children ?? [];
  const distributed = requested.find(({ name }) => name === 'DistributedAs')?.children ?? [];
  const values = Object.entries(record.values).filter(([name]) => subset === undefined || subset.includes(name));
  const item = Buffer.from(JSON.stringify({ as_of: record.as_of, ...Object.fromEntries(values) }));
  return group(DE, 'RegistryObjectList', [
    text(BK, 'id', `urn:uuid:${randomUUID()}`),
    group(BK, 'EvidenceMetadata', [
      text(BK, 'IssuingDate', record.as_of.slice(0, 10)),
      group(BK, 'IssuingAuthority', [
        text(BK, 'Identifier', provider.id, { schemeID: provider.scheme }),
        multilingual('Name', provider.name, language),
      ]),
      group(BK, 'Distribution', distributed),
      group(
        BK,
        'IsConformantTo',
        requested.filter(({ name }) => ['EvidenceTypeClassification', 'Title', 'Description'].includes(name)),
      ),
    ]),
    group(BK, 'RepositoryItem', [text(BK, 'RepositoryItem', item.toString('base64'))]),
    group(BK, 'LegalOrNaturalPerson', [
      group(BK, 'NaturalPerson', [
        text(BK, 'DateOfBirth', record.birth_date),
        text(BK, 'FamilyName', ''),
        text(BK, 'GivenName', ''),
        code(BK, 'LevelOfAssurance', 'SIM', listed(LISTS.loa)),
        text(BK, 'IDNr', record.idnr),
      ]),
    ]),
  ]);
}

function requesters({ request }: Answered): readonly Xml[] {
  return request.children.filter(({ name }) => name === 'EvidenceRequester');
}

function agent({ language }: Answered, name: string, { id, scheme, name: called, classification }: Agent): Xml {
  return group(DE, name, [
    text(BK, 'Identifier', id, { schemeID: scheme }),
    multilingual('Name', called, language),
    code(EDM, 'Classification', classification, listed(LISTS.agentClassification)),
  ]);
}

function multilingual(name: string, value: string, language: string): Xml {
  return group(BK, name, [text(BDT, 'value', value), code(BDT, 'lang', language, listed(LISTS.language))]);
}

function listed(listURI: string): Xml['attributes'] {
  return { listURI, listVersionID: LIST_VERSION };
}

function now(): string {
  return new Date().toISOString();
}
