import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printXml, readXml, type Xml, XmlFault, type XmlFaultCode } from '../../src/platform/xml.js';
import { departure, MANY, type XmlShape } from '../../src/platform/xml-shape.js';

const MAX_BYTES = 1_000_000;
/** Of a busy machine; without the bounds some of the documents below take minutes or gigabytes. */
const LONG_MS = 20_000;
const MUCH_BYTES = 300_000_000;

const read = (text: string | Uint8Array, maxBytes = MAX_BYTES) =>
  readXml(typeof text === 'string' ? new TextEncoder().encode(text) : text, maxBytes);

function faultOf(text: string | Uint8Array): XmlFaultCode | 'none' {
  try {
    read(text);
    return 'none';
  } catch (error) {
    if (error instanceof XmlFault) return error.code;
    throw error;
  }
}

const bomb = (levels: number, width: number) =>
  `<!DOCTYPE a [<!ENTITY l0 "lol">${Array.from(
    { length: levels },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(width)}">`,
  ).join('')}]><a>&l${levels};</a>`;

const HOSTILE: readonly (readonly [title: string, document: string | Uint8Array, code: XmlFaultCode])[] = [
  ['entities that multiply', bomb(9, 10), 'XML_HAS_DOCTYPE'],
  [
    'one long entity used often',
    `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50_000)}">]><a>${'&b;'.repeat(10_000)}</a>`,
    'XML_HAS_DOCTYPE',
  ],
  ['an external entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>', 'XML_HAS_DOCTYPE'],
  ['an external subset', '<!DOCTYPE a SYSTEM "https://127.0.0.1:1/a.dtd"><a/>', 'XML_HAS_DOCTYPE'],
  ['a parameter entity', '<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///dev/zero"> %b;]><a/>', 'XML_HAS_DOCTYPE'],
  ['a document type in another encoding', Buffer.from('\ufeff<!DOCTYPE a><a/>', 'utf16le'), 'XML_NOT_UTF8'],
  [
    'a document type behind a declared encoding',
    '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>',
    'XML_NOT_WELL_FORMED',
  ],
  ['an entity that nobody declared', '<a>&b;</a>', 'XML_NOT_WELL_FORMED'],
  ['elements 300 deep', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`, 'XML_NOT_WELL_FORMED'],
  ['elements 33 deep', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`, 'XML_TOO_DEEP'],
  ['elements 300,000 deep', '<a>'.repeat(300_000), 'XML_TOO_MANY_NODES'],
  ['100,000 elements', `<a>${'<b/>'.repeat(100_000)}</a>`, 'XML_TOO_MANY_NODES'],
  [
    '50,000 attributes',
    `<a ${Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
    'XML_TOO_MANY_NODES',
  ],
  [
    '50,000 namespaces',
    `<a ${Array.from({ length: 50_000 }, (_, i) => `xmlns:a${i}="u"`).join(' ')}/>`,
    'XML_TOO_MANY_NODES',
  ],
  ['ten megabytes', `<a>${'x'.repeat(10_000_000)}</a>`, 'XML_TOO_LARGE'],
  ['a name of 900 kB', `<${'a'.repeat(900_000)}/>`, 'XML_NOT_WELL_FORMED'],
  ['NUL', '<a>\0</a>', 'XML_NOT_WELL_FORMED'],
  ['NUL as a reference', '<a>&#0;</a>', 'XML_NOT_WELL_FORMED'],
  ['half a character as a reference', '<a>&#xd800;</a>', 'XML_NOT_WELL_FORMED'],
  ['bytes that are not UTF-8', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c, 0x2f, 0x61, 0x3e]), 'XML_NOT_UTF8'],
  ['a processing instruction', '<a><?php echo 1 ?></a>', 'XML_MIXED_CONTENT'],
  ['text between elements', '<a>x<b/></a>', 'XML_MIXED_CONTENT'],
  ['two roots', '<a/><a/>', 'XML_NOT_WELL_FORMED'],
  ['nothing', '', 'XML_NOT_WELL_FORMED'],
];

describe('XML of a stranger', () => {
  it.each(HOSTILE)('is refused with %s, in bounded time and memory', (_title, document, code) => {
    const [started, before] = [performance.now(), process.memoryUsage().rss];
    expect(faultOf(document)).toBe(code);
    expect(performance.now() - started).toBeLessThan(LONG_MS);
    expect(process.memoryUsage().rss - before).toBeLessThan(MUCH_BYTES);
  });

  it('is read into plain data: names, namespaces, attributes, text with its direction marks', () => {
    const xml =
      '<?xml version="1.0"?><x:a xmlns:x="urn:x" id="1" x:y="2"><b> <!-- c -->\u202eü<![CDATA[<&]]></b><x:c/></x:a>';
    expect(read(xml)).toEqual({
      name: 'a',
      namespace: 'urn:x',
      attributes: { id: '1' },
      children: [
        { name: 'b', namespace: '', attributes: {}, children: [], text: ' \u202eü<&' },
        { name: 'c', namespace: 'urn:x', attributes: {}, children: [], text: '' },
      ],
      text: '',
    });
  });

  it('says nothing of the document when it is refused', () => {
    const secret = 'Simulatorfehlerwert';
    for (const document of [`<a>${secret}`, `<!DOCTYPE ${secret}><a/>`, `<a>${secret}<b/></a>`]) {
      let message = '';
      try {
        read(document);
      } catch (error) {
        message = JSON.stringify([error, String(error)]);
      }
      expect(message).toContain('XmlFault');
      expect(message).not.toContain(secret);
    }
  });

  it('does not grow over a thousand refused documents', () => {
    const documents = HOSTILE.map(([, document]) => document).filter((it) => it.length < 10_000);
    for (const it of documents) faultOf(it);
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 60; round += 1) for (const it of documents) faultOf(it);
    expect(process.memoryUsage().rss - before).toBeLessThan(MUCH_BYTES);
  });

  const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
  const text = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .filter((it) => /^[\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]*$/u.test(it));
  const tree = fc
    .letrec<{ element: Xml }>((tie) => ({
      element: fc
        .record({
          name,
          namespace: fc.constantFrom('', 'urn:x', 'urn:y'),
          attributes: fc.dictionary(
            name,
            text.map((it) => it.replace(/[\t\n]/g, ' ')),
            { maxKeys: 3, noNullPrototype: true },
          ),
          children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('element'), { maxLength: 3 })),
          text,
        })
        .map((it) => ({ ...it, text: it.children.length > 0 ? '' : it.text })),
    }))
    .element.map((it) => ({ ...it, namespace: 'urn:x' }));
  const PREFIXES = { 'urn:x': 'x', 'urn:y': 'y' };

  it('comes back as it was written (property)', () => {
    fc.assert(
      fc.property(tree, (it) => {
        expect(read(printXml(it, PREFIXES))).toEqual(it);
      }),
      { numRuns: 300 },
    );
  });

  it('is read or refused, whatever was done to it (10,000 changed documents, fixed seed)', () => {
    const valid = Buffer.from(
      printXml(
        {
          name: 'a',
          namespace: 'urn:x',
          attributes: { id: '1' },
          text: '',
          children: [
            { name: 'b', namespace: 'urn:y', attributes: {}, children: [], text: 'größer' },
            { name: 'code', namespace: '', attributes: { listURI: 'urn:l' }, children: [], text: 'x' },
          ],
        },
        PREFIXES,
      ),
    );
    const pieces = [
      '<',
      '>',
      '&',
      '"',
      '<!DOCTYPE a [',
      ']>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '&#0;',
      '&#x10FFFF;',
      'xmlns:x=""',
      '<?',
      '</x:a>',
      '\0',
      '\ufeff',
    ];
    const change = fc.record({
      at: fc.nat(valid.length),
      remove: fc.nat(12),
      insert: fc.oneof(
        fc.constantFrom(...pieces).map((it) => Buffer.from(it)),
        fc.uint8Array({ maxLength: 8 }).map((it) => Buffer.from(it)),
      ),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const document = changes.reduce(
          (bytes, { at, remove, insert }) =>
            Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(Math.min(at + remove, bytes.length))]),
          valid,
        );
        expect(typeof faultOf(document)).toBe('string');
      }),
      { numRuns: 10_000, seed: 20_261_126 },
    );
  });
});

describe('the shape of an XML document', () => {
  const leaf = (pattern: RegExp): XmlShape => ({ text: pattern });
  const shape: XmlShape = {
    attributes: { id: /^\d$/, lang: /^[a-z]{2}$/ },
    optional: ['lang'],
    sequence: [
      { name: 'one', namespace: 'u', least: 1, most: 1, shape: leaf(/^x$/) },
      { name: 'many', namespace: 'u', least: 0, most: MANY, shape: leaf(/^\d+$/) },
      {
        name: 'either',
        namespace: 'u',
        least: 0,
        most: 1,
        shape: {
          choice: [
            { name: 'left', namespace: 'u', least: 1, most: MANY, shape: leaf(/./) },
            { name: 'right', namespace: 'u', least: 1, most: 1, shape: leaf(/./) },
          ],
        },
      },
    ],
  };

  it.each([
    ['<a xmlns="u" id="1"><one>x</one></a>', undefined],
    ['<a xmlns="u" id="1" lang="de"><one>x</one><many>1</many><many>2</many></a>', undefined],
    ['<a xmlns="u" id="1"><one>x</one><either><left>1</left><left>2</left></either></a>', undefined],
    ['<a xmlns="u"><one>x</one></a>', '/@id'],
    ['<a xmlns="u" id="x"><one>x</one></a>', '/@id'],
    ['<a xmlns="u" id="1" other="1"><one>x</one></a>', '/@*'],
    ['<a xmlns="u" id="1"/>', '/one'],
    ['<a xmlns="u" id="1">x</a>', '/text()'],
    ['<a xmlns="u" id="1"><one>y</one></a>', '/one/text()'],
    ['<a xmlns="u" id="1"><one><x/></one></a>', '/one/text()'],
    ['<a xmlns="u" id="1"><one>x</one><one>x</one></a>', '/*'],
    ['<a xmlns="u" id="1"><many>1</many><one>x</one></a>', '/one'],
    ['<a xmlns="u" id="1"><one xmlns="v">x</one></a>', '/one'],
    ['<a xmlns="u" id="1"><one>x</one><either/></a>', '/either/*'],
    ['<a xmlns="u" id="1"><one>x</one><either><left>1</left><right>2</right></either></a>', '/either/*'],
  ])('%s departs at %s', (xml, where) => {
    expect(departure(read(xml), shape)).toBe(where);
  });
});
