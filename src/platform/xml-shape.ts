import type { Xml } from './xml.js';

/** What an element may hold: a text, these elements in this order, or one of these. Attributes beyond these are refused. */
export type XmlShape = Readonly<{ attributes?: Readonly<Record<string, RegExp>>; optional?: readonly string[] }> &
  (Readonly<{ text: RegExp }> | Readonly<{ sequence: readonly XmlPart[] }> | Readonly<{ choice: readonly XmlPart[] }>);

export type XmlPart = Readonly<{
  name: string;
  namespace: string;
  least: 0 | 1;
  most: 1 | typeof MANY;
  shape: XmlShape;
}>;

export const MANY = Number.POSITIVE_INFINITY;

/** Where an element departs from its shape, in names that the shape knows and nothing else; undefined where it does not. */
export function departure(element: Xml, shape: XmlShape, path = ''): string | undefined {
  const attribute = attributeDeparture(element, shape);
  if (attribute !== undefined) return `${path}/@${attribute}`;
  if ('text' in shape)
    return element.children.length === 0 && shape.text.test(element.text) ? undefined : `${path}/text()`;
  if (element.text.trim() !== '') return `${path}/text()`;
  return 'choice' in shape
    ? choiceDeparture(element.children, shape.choice, path)
    : sequenceDeparture(element.children, shape.sequence, path);
}

function attributeDeparture(
  { attributes }: Xml,
  { attributes: known = {}, optional = [] }: XmlShape,
): string | undefined {
  const faulty = Object.entries(known).find(([name, pattern]) => {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return value === undefined ? !optional.includes(name) : !pattern.test(value);
  });
  if (faulty !== undefined) return faulty[0];
  return Object.keys(attributes).every((name) => Object.hasOwn(known, name)) ? undefined : '*';
}

function sequenceDeparture(children: readonly Xml[], parts: readonly XmlPart[], path: string): string | undefined {
  let at = 0;
  for (const part of parts) {
    const here = `${path}/${part.name}`;
    let count = 0;
    for (
      let child = children[at];
      child !== undefined && count < part.most && isOf(child, part);
      child = children[at]
    ) {
      const inner = departure(child, part.shape, here);
      if (inner !== undefined) return inner;
      count += 1;
      at += 1;
    }
    if (count < part.least) return here;
  }
  return at === children.length ? undefined : `${path}/*`;
}

function choiceDeparture(children: readonly Xml[], parts: readonly XmlPart[], path: string): string | undefined {
  const [first] = children;
  const part = first === undefined ? undefined : parts.find((it) => isOf(first, it));
  return part === undefined ? `${path}/*` : sequenceDeparture(children, [part], path);
}

function isOf(element: Xml, { name, namespace }: XmlPart): boolean {
  return element.name === name && element.namespace === namespace;
}
