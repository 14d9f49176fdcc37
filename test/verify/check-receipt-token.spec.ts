import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { formatTlogProof } from '#libs/tlog/tlog-proof.js';
import type { ReceiptStatement } from '../../src/tokens/receipt-token.js';
import type { KeySet, Receipt } from '../../src/verify/answer.js';
import { checkReceiptToken, checkSignedReceipts, isCompactJws } from '../../src/verify/check-receipt-token.js';
import { parseDocument } from '../../src/verify/document.js';
import { aKeyPair } from '../support/keys.js';
import { verifyReceiptToken } from '../verifier/second-verifier.js';
import { nodeKeys, receiptToken } from './receipt-token.js';
import { type Verifiable, verifiableAnswer } from './verifiable-answer.js';

let honest: Verifiable;
let receipt: Receipt;
let trust: Readonly<{ vkey: string }>;
beforeAll(async () => {
  honest = await verifiableAnswer();
  receipt = honest.answer.receipt;
  trust = { vkey: honest.trust.log };
});

const proofOf = ({ log_index, inclusion_proof, checkpoint }: Receipt) =>
  formatTlogProof({ index: log_index, proof: inclusion_proof.map((it) => Buffer.from(it, 'base64')), checkpoint });

/** Both verifiers' word on a token beside its receipt. */
async function bothOn(token: string, beside: Receipt = receipt, keys: KeySet = nodeKeys) {
  const document = parseDocument(JSON.stringify({ receipt: beside, receipt_token: token }));
  const { verdict } = await checkSignedReceipts(document, trust, keys);
  return [verdict === 'holds', verifyReceiptToken(token, keys, beside).length === 0];
}

describe('a receipt token', () => {
  it('holds by itself as the word of the node, and beside its proof as that of the log', async () => {
    const token = await receiptToken(receipt);
    expect(isCompactJws(`${token}\n`)).toBe(true);
    const alone = await checkReceiptToken(token, { keys: nodeKeys, trust: {} });
    expect(alone).toMatchObject({
      verdict: 'holds',
      subject: { leaf: receipt.log_index, node: 'https://node.example', participant: 'familienkasse-online' },
      checks: [{ what: 'the node signed that the log contains the entry', state: 'holds' }],
    });
    const proven = await checkReceiptToken(token, { keys: nodeKeys, proof: proofOf(receipt), trust });
    expect([proven.verdict, proven.checks.length]).toEqual(['holds', 3]);
    expect(await bothOn(token)).toEqual([true, true]);
  });

  it('says nothing about anybody, and does not end', async () => {
    const claims = decodeJwt(await receiptToken(receipt));
    expect(Object.keys(claims).sort()).toEqual([
      ...['aud', 'checkpoint_hash', 'iat', 'iss', 'jti', 'leaf_hash', 'log_index', 'log_origin'],
      ...['release_digest', 'root_hash', 'tree_size'],
    ]);
  });

  it('cannot be told without keys of the node', async () => {
    const token = await receiptToken(receipt);
    expect(await checkReceiptToken(token, { trust })).toMatchObject({ verdict: 'cannot_tell' });
    const document = parseDocument(JSON.stringify({ receipt, receipt_token: token }));
    expect((await checkSignedReceipts(document, trust)).verdict).toBe('cannot_tell');
  });

  it('is not verified with keys that the document brings itself, where others are given or it is not told to', async () => {
    const token = await receiptToken(receipt);
    const text = JSON.stringify({ receipt, receipt_token: token, trust: { node: nodeKeys, log: trust.vkey } });
    const bringing = parseDocument(text);
    const own = await checkSignedReceipts(bringing, {});
    expect(own).toMatchObject({
      verdict: 'cannot_tell',
      subject: {
        key_of_the_log: 'taken from the document itself',
        key_of_the_node: 'taken from the document itself',
      },
    });
    expect((await checkSignedReceipts(bringing, { ownKeys: true })).verdict).toBe('holds');
    for (const anchor of [trust, { ...trust, ownKeys: true as const }]) {
      const { verdict, checks, subject } = await checkSignedReceipts(bringing, anchor);
      expect([verdict, subject.key_of_the_node]).toEqual(['cannot_tell', undefined]);
      expect(checks.at(-1)).toMatchObject({ state: 'unknown', detail: 'no keys of the node are given' });
    }
    expect((await checkSignedReceipts(bringing, { ownKeys: true }, nodeKeys)).verdict).toBe('cannot_tell');
    expect((await checkSignedReceipts(bringing, trust, nodeKeys)).verdict).toBe('holds');
  });

  it.each<[string, Partial<ReceiptStatement>]>([
    ['for another participant', { participant: 'elterngeld-online' }],
    ['about another log', { log_origin: 'elsewhere.example/log' }],
    ['about another place', { log_index: 1 }],
    ['about another entry', { leaf_hash: 'A'.repeat(43) }],
    ['about another size', { tree_size: 99 }],
    ['about another tree', { root_hash: 'A'.repeat(43) }],
    ['about another checkpoint', { checkpoint_hash: 'A'.repeat(43) }],
    ['about another release', { release_digest: 'A'.repeat(43) }],
    ['about no release', { release_digest: undefined }],
  ])('%s than the receipt beside it does not hold, for both verifiers', async (_title, deviation) => {
    expect(await bothOn(await receiptToken(receipt, deviation))).toEqual([false, false]);
  });

  it('does not hold with a proof of another entry, or of a tree before it', async () => {
    const [other] = honest.answer.evidence;
    const proofs = [proofOf(other!.receipt), proofOf(receipt).replace(/^index \d+/m, 'index 0')];
    for (const proof of proofs)
      expect(await checkReceiptToken(await receiptToken(receipt), { keys: nodeKeys, proof, trust })).toMatchObject({
        verdict: 'does_not_hold',
      });
    const later = await receiptToken(receipt, { tree_size: receipt.tree_size + 1 });
    expect(await checkReceiptToken(later, { keys: nodeKeys, proof: proofOf(receipt), trust })).toMatchObject({
      verdict: 'does_not_hold',
    });
  });

  it('does not hold when it was changed, signed by others, or is another kind of token', async () => {
    const token = await receiptToken(receipt);
    const [header = '', payload = '', signature = ''] = token.split('.');
    const stranger = await aKeyPair('node-receipt-1');
    const typed = (typ: string, claims: object = decodeJwt(token)) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', typ, kid: 'node-receipt-1' })
        .sign(stranger.signing.key);
    const strangers: KeySet = { keys: [{ ...stranger.published.jwk, kid: 'node-receipt-1', alg: 'ES256' }] };
    const flipped = `${header}.${payload.slice(0, -2)}${payload.at(-2) === 'A' ? 'B' : 'A'}${payload.at(-1)}.${signature}`;
    const unsigned = `${Buffer.from('{"alg":"none","typ":"einmal-receipt+jwt"}').toString('base64url')}.${payload}.`;
    for (const changed of [flipped, `${header}.${payload}.`, 'x.y.z', unsigned, await typed('einmal-receipt+jwt')])
      expect(await bothOn(changed)).toEqual([false, false]);
    expect(await bothOn(await typed('einmal-receipt+jwt'), receipt, strangers)).toEqual([true, true]);
    expect(await bothOn(await typed('dc+sd-jwt'), receipt, strangers)).toEqual([false, false]);
    const { leaf_hash: _, ...gap } = decodeJwt(token);
    expect(await bothOn(await typed('einmal-receipt+jwt', gap), receipt, strangers)).toEqual([false, false]);
  });
});
