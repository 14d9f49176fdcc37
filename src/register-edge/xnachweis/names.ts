import type { Xml } from '../../platform/xml.js';

/** Version 1.2.0 of the schemas. */
export const XNACHWEIS_VERSION = '1.2.0';
export const SPECIFICATION = 'urn:xoev-de:bva:standard:xnachweis_1.2.0';

const schema = (name: string) => `urn:xoev-de:bva:standard:xnachweis:schema:xnachweis-${name}`;

/** Messages. */
export const DE = schema('de-noots');
/** Parts of messages. */
export const BK = schema('baukasten');
/** Basic types. */
export const BDT = schema('basisdatentypen');
/** What XNachweis takes from the European model. */
export const EDM = schema('eu-edm');
/** Author and reader of the head (XÖV basic message G2G 1.1). */
export const G2G = 'http://xoev.de/schemata/basisnachricht/g2g/1_1';

const list = (name: string) => `urn:xoev-de:xnachweis:codeliste:${name}`;

export const LISTS = {
  agentClassification: list('agentclassification'),
  errorCodes: list('nootserrorcodes'),
  language: list('sprachen-iso-639-1'),
  loa: list('loa'),
  mediaType: list('ootsmediatypes'),
  messageType: list('messagetypes'),
} as const;

export const RESPONSE_STATUS = 'urn:oasis:names:tc:ebxml-regrep:ResponseStatusType';
/** As the schema spells it, without the hyphen of the list above. */
export const SEVERITY = 'urn:oasis:names:tc:ebxmlregrep:ErrorSeverityType:Error';

export function prefixesOf(authorityNamespace: string): Readonly<Record<string, string>> {
  return {
    [DE]: 'xn-de',
    [BK]: 'xn-bk',
    [BDT]: 'xn-bdt',
    [EDM]: 'xn-eu-edm',
    [G2G]: 'bn-g2g',
    [authorityNamespace]: 'bn-beh',
  };
}

export const text = (namespace: string, name: string, value: string, attributes: Xml['attributes'] = {}): Xml => ({
  ...{ name, namespace, attributes },
  children: [],
  text: value,
});

export const group = (
  namespace: string,
  name: string,
  children: readonly Xml[],
  attributes: Xml['attributes'] = {},
): Xml => ({ name, namespace, attributes, children, text: '' });

/** XÖV code: the value itself is in no namespace. */
export const code = (namespace: string, name: string, value: string, attributes: Xml['attributes']): Xml =>
  group(namespace, name, [text('', 'code', value)], attributes);
