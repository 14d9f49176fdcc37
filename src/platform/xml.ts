import { ParseOption, XmlCData, XmlComment, XmlDocument, XmlElement, XmlText, type XmlTreeNode } from 'libxml2-wasm';

/** One element as plain data. It has children or a text, never both. */
export type Xml = Readonly<{
  name: string;
  /** URI; empty where the element is in none. */
  namespace: string;
  /** Attributes in no namespace; others are not read. */
  attributes: Readonly<Record<string, string>>;
  children: readonly Xml[];
  text: string;
}>;

export type XmlFaultCode =
  | 'XML_TOO_LARGE'
  | 'XML_NOT_UTF8'
  | 'XML_HAS_DOCTYPE'
  | 'XML_TOO_MANY_NODES'
  | 'XML_NOT_WELL_FORMED'
  | 'XML_TOO_DEEP'
  | 'XML_MIXED_CONTENT';

/** Says by a code what is wrong with a document: the parser's own words quote it. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
  constructor(readonly code: XmlFaultCode) {
    super(code);
  }
}

/** Every node needs one of these characters, so that their number bounds memory and time before anything is parsed. */
const MAX_NODE_MARKS = 20_000;
const MAX_DEPTH = 32;
const [LESS_THAN, EQUALS] = [0x3c, 0x3d];
const DOCTYPE = '<!DOCTYPE';

/** Entities and external resources exist only with a document type, which is refused before; this is the second lock. */
const HARDENED = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_SYS_CATALOG;

/** Reads a document of a stranger: UTF-8, no document type, no entity, bounded in size, nodes and depth. @throws XmlFault */
export function readXml(bytes: Uint8Array, maxBytes: number): Xml {
  if (bytes.length > maxBytes) throw new XmlFault('XML_TOO_LARGE');
  if (countOf(bytes, LESS_THAN) > MAX_NODE_MARKS || countOf(bytes, EQUALS) > MAX_NODE_MARKS)
    throw new XmlFault('XML_TOO_MANY_NODES');
  if (utf8(bytes).includes(DOCTYPE)) throw new XmlFault('XML_HAS_DOCTYPE');
  const document = parsed(bytes);
  try {
    if (document.dtd !== null) throw new XmlFault('XML_HAS_DOCTYPE');
    return plain(document.root, 1);
  } finally {
    document.dispose();
  }
}

function countOf(bytes: Uint8Array, mark: number): number {
  let count = 0;
  for (let at = bytes.indexOf(mark); at !== -1 && count <= MAX_NODE_MARKS; at = bytes.indexOf(mark, at + 1)) count += 1;
  return count;
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlFault('XML_NOT_UTF8');
  }
}

function parsed(bytes: Uint8Array): XmlDocument {
  try {
    // Whatever encoding the document declares: what was searched for a document type is what is parsed.
    return XmlDocument.fromBuffer(bytes, { encoding: 'utf-8', option: HARDENED });
  } catch {
    throw new XmlFault('XML_NOT_WELL_FORMED');
  }
}

function plain(element: XmlElement, depth: number): Xml {
  if (depth > MAX_DEPTH) throw new XmlFault('XML_TOO_DEEP');
  const children: Xml[] = [];
  const texts: string[] = [];
  for (let node: XmlTreeNode | null = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(plain(node, depth + 1));
    else if (node instanceof XmlText || node instanceof XmlCData) texts.push(node.content);
    else if (!(node instanceof XmlComment)) throw new XmlFault('XML_MIXED_CONTENT');
  }
  const text = texts.join('');
  if (children.length > 0 && text.trim() !== '') throw new XmlFault('XML_MIXED_CONTENT');
  return {
    name: element.name,
    namespace: element.namespaceUri,
    attributes: Object.fromEntries(
      element.attrs.filter((it) => it.namespaceUri === '').map(({ name, value }) => [name, value]),
    ),
    children,
    text: children.length > 0 ? '' : text,
  };
}

/** What no document can hold (XML 1.0 § 2.2); the library would cut a text off at NUL. */
const UNWRITABLE = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u;

/**
 * Writes a document in UTF-8. `prefixes`: namespace to prefix, declared once at the root; without one an element is in none.
 * @throws XmlFault
 */
export function printXml(root: Xml, prefixes: Readonly<Record<string, string>>): string {
  const document = XmlDocument.create();
  try {
    const top = document.createRoot(root.name, root.namespace, prefixes[root.namespace]);
    for (const [uri, prefix] of Object.entries(prefixes)) if (uri !== root.namespace) top.addNsDeclaration(uri, prefix);
    fill(top, root, prefixes);
    return document.toString({ format: false });
  } finally {
    document.dispose();
  }
}

function fill(
  element: XmlElement,
  { attributes, children, text }: Xml,
  prefixes: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttr(name, writable(value));
  if (text !== '') element.addText(writable(text));
  for (const child of children) {
    const prefix = child.namespace === '' ? undefined : prefixes[child.namespace];
    fill(
      prefix === undefined ? element.addElement(child.name) : element.addElement(child.name, prefix),
      child,
      prefixes,
    );
  }
}

function writable(text: string): string {
  if (UNWRITABLE.test(text) || !text.isWellFormed()) throw new XmlFault('XML_NOT_WELL_FORMED');
  return text;
}
