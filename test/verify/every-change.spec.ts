import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkSignedReceipts } from '../../src/verify/check-receipt-token.js';
import { parseDocument } from '../../src/verify/document.js';
import { parse, verifyDocument, verifyReceiptToken } from '../verifier/second-verifier.js';
import { demoDocument } from './demo-document.js';
import { nodeKeys, receiptToken } from './receipt-token.js';
import { type Verifiable, verifiableAnswer } from './verifiable-answer.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Path = readonly (string | number)[];

/** What docs/verify.md says the receipts do not cover. */
const NOT_COVERED = /^(state|trust|not_delivered\.\d+\.(state|manual|held_id))(\.|$)/;
/** What a document need not have: without it, it claims less. */
const MAY_BE_LEFT_OUT = /^(exchange_id|receipt_token)$/;

const logKey = generateKeyPairSync('ed25519').privateKey;
let vkey: string;
/** Honest documents, by what they are. */
const documents = new Map<string, Json>();
let [one, other]: Record<string, Json>[] = [];

const answered = (answer: Verifiable['answer']): Record<string, Json> => JSON.parse(JSON.stringify(answer));

beforeAll(async () => {
  const honest = await verifiableAnswer({}, undefined, logKey);
  const another = await verifiableAnswer(
    { jti: '0f0c7a55-7f0c-4c6e-8f7a-000000000012' },
    '0f0c7a55-7f0c-4c6e-8f7a-000000000015',
    logKey,
  );
  const stated = await verifiableAnswer({}, undefined, logKey, {
    own_statements: {
      attestation: 'a.b.c',
      statements: [{ held_id: 'h', evidence_id: 'e', attribute: 'family_name', value: 'Muster', salt: 's' }],
    },
  });
  vkey = honest.trust.log;
  [one, other] = [answered(honest.answer), answered(another.answer)];
  const { receipt } = honest.answer;
  const signed = { receipt, receipt_token: await receiptToken(receipt) };
  for (const [name, document] of Object.entries({
    answer: stated.answer,
    demo: demoDocument(honest),
    receipt,
    signed,
  }))
    documents.set(name, JSON.parse(JSON.stringify(document)));
});

/** Both verifiers' word on a JSON text, with keys that were got on another way. */
async function bothOnText(text: string): Promise<readonly [boolean, boolean]> {
  const first = async () => (await checkSignedReceipts(parseDocument(text), { vkey }, nodeKeys)).verdict === 'holds';
  const second = () => {
    const document = parse(text) as Record<string, Json>;
    const { receipt_token: token, receipt } = document;
    const faults = token === undefined ? [] : verifyReceiptToken(token, nodeKeys, receipt);
    return [...verifyDocument(document, vkey), ...faults].length === 0;
  };
  return [await first().catch(() => false), attempt(second)];
}

const bothOn = (document: Json) => bothOnText(JSON.stringify(document));

function attempt(verify: () => boolean): boolean {
  try {
    return verify();
  } catch {
    return false;
  }
}

/** Places of all members, elements and values. */
function pathsIn(value: Json, at: Path = []): Path[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const own = at.length === 0 ? [] : [at];
  return [...own, ...inner.flatMap(([name, it]) => pathsIn(it, [...at, Array.isArray(value) ? Number(name) : name]))];
}

function valueAt(value: Json | undefined, [name, ...rest]: Path): Json | undefined {
  if (name === undefined) return value;
  return valueAt((value as Record<string | number, Json> | undefined)?.[name], rest);
}

/** A copy with `next` in this place; without it if that is undefined. */
function changed(document: Json, path: Path, next: Json | undefined): Json {
  const copy: Json = structuredClone(document);
  const holder = valueAt(copy, path.slice(0, -1)) as Record<string | number, Json>;
  const name = path.at(-1) ?? '';
  if (next !== undefined) holder[name] = next;
  else if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete holder[name];
  return copy;
}

function retyped(value: Json): readonly Json[] {
  const others: Json[] = [
    null,
    true,
    false,
    0,
    1,
    '',
    'x',
    [],
    {},
    [value],
    { value },
    String(value),
    JSON.stringify(value),
  ];
  if (Array.isArray(value)) others.push({ ...value }, [...value, ...value.slice(0, 1)], [...value].reverse());
  if (typeof value === 'number') others.push(value + 1, value - 1, value + 0.5);
  if (typeof value === 'string')
    others.push(`${value} `, ` ${value}`, `${value}=`, `${value}\n`, value.replace('=', ''));
  return others.filter((it) => JSON.stringify(it) !== JSON.stringify(value));
}

const isCovered = (path: Path) => !NOT_COVERED.test(path.join('.'));

describe.each(['answer', 'demo', 'receipt', 'signed'])('an honest document (%s)', (name) => {
  const document = () => documents.get(name)!;

  it('holds for both verifiers', async () => {
    expect(await bothOn(document())).toEqual([true, true]);
  });

  it('does not hold without any one of its members or elements', async () => {
    for (const path of pathsIn(document()).filter(isCovered)) {
      const isLess = MAY_BE_LEFT_OUT.test(path.join('.'));
      const words = await bothOn(changed(document(), path, undefined));
      expect({ without: path.join('.'), words }).toEqual({ without: path.join('.'), words: [isLess, isLess] });
    }
  });

  it('does not hold with any one of them replaced by something of another kind, repeated or reordered', async () => {
    for (const path of pathsIn(document()).filter(isCovered))
      for (const next of retyped(valueAt(document(), path)!)) {
        const words = await bothOn(changed(document(), path, next));
        expect({ path: path.join('.'), next, words }).toEqual({ path: path.join('.'), next, words: [false, false] });
      }
  });

  it('does not hold with any one letter changed, left out or put in', async () => {
    const texts = pathsIn(document()).filter((it) => isCovered(it) && typeof valueAt(document(), it) === 'string');
    const edit = fc.tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.constantFrom(0, 1),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(edit, async ([path, where, length, letter]) => {
        const text = valueAt(document(), path) as string;
        const at = where % (text.length + 1);
        const next = text.slice(0, at) + letter + text.slice(at + length);
        fc.pre(next !== text);
        expect(await bothOn(changed(document(), path, next))).toEqual([false, false]);
      }),
      { numRuns: 500 },
    );
  });

  it('does not hold where a member stands twice: readers differ in which they take', async () => {
    const text = JSON.stringify(document());
    const names = [...text.matchAll(/"([a-z_]+)":/g)];
    for (const { index, 1: name } of names) {
      const twice = `${text.slice(0, index)}"${name}":0,${text.slice(index)}`;
      expect(await bothOnText(twice)).toEqual([false, false]);
      const escaped = `\\u00${name!.charCodeAt(0).toString(16)}${name!.slice(1)}`;
      expect(await bothOnText(twice.replace(`"${name}":0`, `"${escaped}":0`))).toEqual([false, false]);
    }
  });
});

describe('two honest answers of one log', () => {
  it('do not hold with anything of the one in the place of the other', async () => {
    for (const path of pathsIn(one!).filter(isCovered)) {
      const next = valueAt(other, path);
      if (next === undefined || JSON.stringify(next) === JSON.stringify(valueAt(one, path))) continue;
      const words = await bothOn(changed(one!, path, next));
      expect({ path: path.join('.'), words }).toEqual({ path: path.join('.'), words: [false, false] });
    }
  });

  it('do not hold mixed, however', async () => {
    const names = Object.keys(one!).filter((name) => isCovered([name]) && name !== 'not_delivered');
    await fc.assert(
      fc.asyncProperty(fc.subarray(names), async (taken) => {
        const mixed = Object.fromEntries(names.map((name) => [name, (taken.includes(name) ? other : one)![name]!]));
        const isOne = taken.length === 0 || taken.length === names.length;
        const document = { ...mixed, not_delivered: one!.not_delivered! };
        expect(await bothOn(document)).toEqual([isOne, isOne]);
      }),
      { numRuns: 64 },
    );
  });
});
