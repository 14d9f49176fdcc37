import { randomUUID } from 'node:crypto';
import type { Xml } from '../../platform/xml.js';
import { BK, code, DE, group, LISTS, SEVERITY, text } from '../../register-edge/xnachweis/names.js';
import { type ForeignFault, MARKER } from './fault.js';

type Change = (element: Xml) => Xml;

const SIMULATED_UNKNOWN = 'SIM-UNKNOWN';

/** A right answer with one thing wrong in it. */
export function spoiltMessage(message: Xml, fault: ForeignFault): Xml {
  switch (fault) {
    case 'other-request':
      return { ...message, attributes: { ...message.attributes, requestid: `urn:uuid:${randomUUID()}` } };
    case 'other-version':
      return { ...message, attributes: { ...message.attributes, version: '1.1.0' } };
    case 'other-message':
      return { ...message, name: 'DE.EvidenceResponse.0302' };
    case 'other-person':
      return changed(message, 'IDNr', (it) => ({ ...it, text: '02345678901' }));
    case 'no-number':
      return changed(message, 'NaturalPerson', (it) => ({
        ...it,
        children: it.children.filter(({ name }) => name !== 'IDNr'),
      }));
    case 'other-provider':
      return changed(message, 'EvidenceProvider', withIdentifier);
    case 'other-requester':
      return changed(message, 'EvidenceRequester', withIdentifier);
    case 'other-type':
      return changed(message, 'EvidenceTypeClassification', (it) => ({ ...it, text: `${it.text}-other` }));
    case 'later':
      return announced(message, '2090-01-01T00:00:00Z');
    case 'later-in-the-past':
      return announced(message, '2020-01-01T00:00:00Z');
    case 'reference':
      return changed(message, 'RepositoryItem', (it) => ({
        ...it,
        children: [group(BK, 'RepositoryItemRef', [], { href: 'file:///etc/passwd', title: MARKER })],
      }));
    case 'item-not-json':
      return changed(message, 'RepositoryItem', (it) => ({
        ...it,
        children: [text(BK, 'RepositoryItem', Buffer.from(MARKER).toString('base64'))],
      }));
    case 'unknown-error':
    case 'talkative-error':
      return asError(message);
    default:
      return message;
  }
}

/** Every outermost element of this name. */
function changed(element: Xml, name: string, change: Change): Xml {
  return {
    ...element,
    children: element.children.map((it) => (it.name === name ? change(it) : changed(it, name, change))),
  };
}

const withIdentifier: Change = (agent) => changed(agent, 'Identifier', (it) => ({ ...it, text: `${it.text}-other` }));

function announced(message: Xml, moment: string): Xml {
  return changed(message, 'EvidenceAvailability', (it) => ({
    ...it,
    children: [text(DE, 'ResponseAvailableDateTime', moment)],
  }));
}

function asError(message: Xml): Xml {
  const type = 'DE.EvidenceErrorResponse.0103';
  const failed = changed(message, 'status', (it) => ({
    ...it,
    children: it.children.map((status) => ({ ...status, text: status.text.replace('Success', 'Failure') })),
  }));
  const typed = changed(failed, 'nachrichtentyp', (it) => ({ ...it, children: [text('', 'code', type)] }));
  const parts = typed.children
    .filter(({ name }) => name !== 'EvidenceAvailability')
    .map((it) => (it.name === 'EvidenceProvider' ? { ...it, name: 'ErrorProvider' } : it));
  const exception = group(DE, 'Exception', [
    code(BK, 'Code', SIMULATED_UNKNOWN, { listURI: LISTS.errorCodes, listVersionID: 'SIM' }),
    text(BK, 'Detail', MARKER),
    text(BK, 'Severity', SEVERITY),
  ]);
  return { ...typed, name: type, children: [...parts, exception] };
}

/** What no writer of XML would write. */
export function rawXmlOf(xml: string, fault: ForeignFault): string {
  const [declaration = '', ...rest] = xml.split('\n');
  const root = rest.join('\n');
  const withType = (type: string) => `${declaration}\n${type}\n${root}`;
  switch (fault) {
    case 'doctype':
      return withType('<!DOCTYPE x>');
    case 'external-entity':
      return withType('<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]>').replace(/SIMULATOR/, '&leak;');
    case 'entity-bomb':
      return withType(bomb()).replace(/SIMULATOR/, '&l9;');
    case 'deep':
      return `${declaration}\n${'<a>'.repeat(15_000)}${root}`;
    case 'wide':
      return xml.replace(/<\/[^>]+>\s*$/, (end) => `${'<a/>'.repeat(100_000)}${end}`);
    case 'not-well-formed':
      return xml.slice(0, -10);
    default:
      return xml;
  }
}

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
  return `<!DOCTYPE x [<!ENTITY l0 "${MARKER}">${levels.join('')}]>`;
}
