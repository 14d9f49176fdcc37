import { beforeAll, describe, expect, it } from '@jest/globals';
import { parsePolicy } from '#libs/tlog/policy.js';
import { formatTlogProof } from '#libs/tlog/tlog-proof.js';
import type { ReleasedEvidence } from '../../src/verify/answer.js';
import { checkEvidence, evidenceKeys } from '../../src/verify/check-evidence.js';
import { checkProofFile, checkReceipts } from '../../src/verify/check-receipt.js';
import { type JsonObject, parseDocument } from '../../src/verify/document.js';
import { signer } from '../libs/tlog/keys.js';
import { verifyDocument } from '../verifier/second-verifier.js';
import { demoDocument } from './demo-document.js';
import { emptyAnswer, type Verifiable, verifiableAnswer } from './verifiable-answer.js';

let honest: Verifiable;
beforeAll(async () => {
  honest = await verifiableAnswer();
});

/** As it comes from a file. */
const json = (value: object): JsonObject => parseDocument(JSON.stringify(value));
const states = ({ checks }: { checks: readonly { state: string }[] }) => checks.map(({ state }) => state);

describe('verification of receipts', () => {
  it('holds for what the demo prints, for an answer, and for a bare receipt with the key of the log', () => {
    const document = checkReceipts(json(demoDocument(honest)), { ownKeys: true });
    expect(document.verdict).toBe('holds');
    expect(document.subject.key_of_the_log).toBe('taken from the document itself');
    expect(states(document)).toEqual(['holds', 'holds', 'holds']);
    const vkey = honest.trust.log;
    expect(checkReceipts(json(honest.answer), { vkey })).toMatchObject({ verdict: 'holds', subject: { receipts: 2 } });
    expect(checkReceipts(json(honest.answer.receipt), { vkey }).verdict).toBe('holds');
    const policy = parsePolicy(`log ${vkey}\nquorum none\n`);
    expect(checkReceipts(json(honest.answer.receipt), { policy }).verdict).toBe('holds');
    expect(checkReceipts(json(honest.answer.receipt), { policy, vkey }).verdict).toBe('holds');
    const other = signer(3, 'einmal.example/log').vkey;
    expect(checkReceipts(json(honest.answer.receipt), { policy, vkey: other }).verdict).toBe('does_not_hold');
  });

  it('notices what was released differently', () => {
    const document = demoDocument(honest);
    const [field] = document.fields;
    for (const change of [
      { fields: [{ ...field!, value: 'Anders' }] },
      { not_delivered: [] },
      { evidence: [] },
      { evidence: [], fields: [] },
    ]) {
      const found = checkReceipts(json({ ...document, ...change }), { ownKeys: true });
      expect(states(found)).toEqual(['holds', 'holds', 'fails']);
      expect(JSON.stringify(found)).not.toContain('Anders');
    }
  });

  it('believes no release on the receipts of its evidence alone', () => {
    const { receipt, ...others } = honest.answer;
    const trust = { vkey: honest.trust.log };
    const verdict = (document: object) => checkReceipts(json(document), trust).verdict;
    const fields = others.fields.map((field) => ({ ...field, value: 'Anders' }));
    expect(verdict(others)).toBe('cannot_tell');
    expect(verdict({ ...others, fields })).toBe('cannot_tell');
    for (const malformed of [{ ...receipt, log_index: String(receipt.log_index) }, {}, null, [receipt]])
      expect(verdict({ ...others, fields, receipt: malformed })).toBe('does_not_hold');
    const evidence = others.evidence.map(({ receipt: _, ...piece }) => piece);
    expect(verdict({ ...others, receipt, evidence })).toBe('cannot_tell');
    // A receipt with an answer around it is none of that answer.
    expect(verdict({ ...receipt, ...others, fields })).toBe('cannot_tell');
  });

  it('takes no receipt of another event for that of a release', async () => {
    const opened = await emptyAnswer('retrieval.opened');
    for (const reasons of [[], honest.answer.not_delivered]) {
      const { release_salt } = honest.answer;
      const made = { fields: [], evidence: [], not_delivered: reasons, release_salt, receipt: opened.receipt };
      expect(checkReceipts(json(made), { vkey: opened.vkey }).verdict).toBe('does_not_hold');
      expect(verifyDocument(json(made), opened.vkey)).not.toEqual([]);
    }
    const [{ receipt: retrieval }] = honest.answer.evidence as [ReleasedEvidence];
    const nothing = { fields: [], evidence: [], release_salt: honest.answer.release_salt };
    const { not_delivered, receipt } = honest.answer;
    const verdict = (document: object) => checkReceipts(json(document), { vkey: honest.trust.log }).verdict;
    expect(verdict({ ...nothing, not_delivered, receipt: retrieval })).toBe('does_not_hold');
    expect(verdict({ ...nothing, not_delivered, receipt })).toBe('does_not_hold');
    const evidence = honest.answer.evidence.map((piece) => ({ ...piece, receipt }));
    expect(verdict({ ...honest.answer, evidence })).toBe('does_not_hold');
  });

  it('cannot tell why nothing was delivered: the log records no digest of that', async () => {
    const { receipt, vkey } = await emptyAnswer();
    const nothing = { fields: [], evidence: [], release_salt: honest.answer.release_salt, receipt };
    const verdict = (not_delivered: object) => checkReceipts(json({ ...nothing, not_delivered }), { vkey }).verdict;
    expect(verdict([])).toBe('holds');
    expect(verdict(honest.answer.not_delivered)).toBe('cannot_tell');
    const held = await emptyAnswer('retrieval.held');
    const waiting = json({ ...nothing, receipt: held.receipt, not_delivered: honest.answer.not_delivered });
    expect(checkReceipts(waiting, { vkey: held.vkey }).verdict).toBe('cannot_tell');
    expect(checkReceipts(json({ ...waiting, not_delivered: [] }), { vkey: held.vkey }).verdict).toBe('does_not_hold');
    expect(verifyDocument(json({ ...nothing, not_delivered: [] }), vkey)).toEqual([]);
    expect(verifyDocument(json({ ...nothing, not_delivered: [{}] }), vkey)).not.toEqual([]);
  });

  it('says what the receipts do not cover', () => {
    const names = ['state', 'not_delivered.state', 'not_delivered.manual'];
    expect(checkReceipts(json(honest.answer), { vkey: honest.trust.log }).subject.not_covered).toEqual(names);
    const odd = parseDocument(
      JSON.stringify({ receipt: honest.answer.receipt }).replace('{', '{"constructor":1,"__proto__":1,'),
    );
    expect(checkReceipts(odd, {}).subject.not_covered).toEqual(['constructor', '__proto__']);
  });

  it('notices another entry, opening, place or tree', () => {
    const { receipt } = honest.answer;
    for (const change of [
      { entry: Buffer.alloc(33, 1).toString('base64') },
      { log_index: receipt.log_index - 1 },
      { tree_size: receipt.tree_size + 1 },
      { inclusion_proof: receipt.inclusion_proof.slice(1) },
      { opening: { ...receipt.opening, caller: { ...receipt.opening.caller, outcome: 'refused' } } },
      { opening: { ...receipt.opening, salt: '' } },
      { checkpoint: 'nonsense' },
    ])
      expect(checkReceipts(json({ ...receipt, ...change }), { vkey: honest.trust.log }).verdict).toBe('does_not_hold');
    const other = signer(3, 'einmal.example/log');
    expect(checkReceipts(json(receipt), { vkey: other.vkey }).verdict).toBe('does_not_hold');
  });

  it('cannot tell with less than what was released', () => {
    const document = demoDocument(honest);
    for (const name of ['fields', 'not_delivered', 'evidence'])
      expect(states(checkReceipts(json({ ...document, [name]: undefined }), { ownKeys: true }))).toEqual([
        'holds',
        'holds',
        'unknown',
      ]);
    const { release_salt: _, ...opening } = document.receipt.opening;
    const { verdict } = checkReceipts(json({ ...document, receipt: { ...document.receipt, opening } }), {
      ownKeys: true,
    });
    expect(verdict).toBe('cannot_tell');
    const { receipt, trust } = document;
    expect(checkReceipts(json({ receipt, trust }), { ownKeys: true }).verdict).toBe('holds');
  });

  it('cannot tell with the keys that the document brings itself, unless it is told to believe them', () => {
    const document = json(demoDocument(honest));
    const { verdict, checks, subject } = checkReceipts(document, {});
    expect([verdict, subject.key_of_the_log]).toEqual(['cannot_tell', 'taken from the document itself']);
    expect(checks.at(-1)).toMatchObject({ what: 'the keys are those that you trust', state: 'unknown' });
    const other = signer(3, 'einmal.example/log');
    expect(checkReceipts(document, { vkey: other.vkey, ownKeys: true }).verdict).toBe('does_not_hold');
  });

  it('cannot tell without a receipt or without a key', () => {
    const { trust: _, ...withoutTrust } = demoDocument(honest);
    for (const document of [{}, { ...honest.answer.receipt, entry: 7 }, withoutTrust])
      expect(checkReceipts(json(document), { ownKeys: true }).verdict).toBe('cannot_tell');
    for (const text of ['', 'nonsense', '[]', '"x"']) expect(() => parseDocument(text)).toThrow('not a JSON document');
  });

  it('verifies a proof file with the entry or with the opening that it follows from (C2SP tlog-proof)', () => {
    const { log_index, inclusion_proof, checkpoint, entry: base64, opening } = honest.answer.receipt;
    const proof = inclusion_proof.map((it) => Buffer.from(it, 'base64'));
    const file = formatTlogProof({ index: log_index, proof, checkpoint });
    const entry = Buffer.from(base64, 'base64');
    const trust = { vkey: honest.trust.log };
    expect(checkProofFile(file, { entry, trust })).toMatchObject({ verdict: 'holds', subject: { leaf: log_index } });
    expect(checkProofFile(file, { opening, trust }).verdict).toBe('holds');
    expect(states(checkProofFile(file, { entry, opening, trust }))).toEqual(['holds', 'holds', 'holds']);
    const otherOpening = { ...opening, caller: {} };
    const otherEntry = Buffer.alloc(33, 1);
    for (const wrong of [{ entry: otherEntry }, { opening: otherOpening }, { entry, opening: otherOpening }])
      expect(checkProofFile(file, { ...wrong, trust }).verdict).toBe('does_not_hold');
    const elsewhere = file.replace(`index ${log_index}`, `index ${log_index - 1}`);
    expect(checkProofFile(elsewhere, { entry, trust }).verdict).toBe('does_not_hold');
    expect(checkProofFile(file.slice(0, 40), { entry, trust }).verdict).toBe('does_not_hold');
    expect(checkProofFile(file, { trust }).verdict).toBe('cannot_tell');
    expect(checkProofFile(file, { entry, trust: {} }).verdict).toBe('cannot_tell');
  });
});

describe('verification of evidence (RFC 9901 § 7.1)', () => {
  const tokenOf = () => honest.answer.evidence[0]!.sd_jwt;
  const keysOf = () => Object.values(honest.trust.registers)[0]!;

  it('holds for what the demo prints, for an answer, and for one token with the keys of its register', async () => {
    const own = await checkEvidence(json(demoDocument(honest)));
    expect([own.verdict, own.checks.at(-1)?.state]).toEqual(['cannot_tell', 'unknown']);
    const document = await checkEvidence(json(demoDocument(honest)), undefined, { ownKeys: true });
    expect(document).toMatchObject({
      verdict: 'holds',
      subject: { keys_of_registers: 'taken from the document itself' },
    });
    const keys = evidenceKeys(json(keysOf()));
    expect((await checkEvidence(`${tokenOf()}\n`, keys)).verdict).toBe('holds');
    expect((await checkEvidence(json(honest.answer), evidenceKeys(json(honest.trust)))).verdict).toBe('holds');
  });

  it('names which attributes there are and none of their values', async () => {
    const text = JSON.stringify(await checkEvidence(tokenOf(), keysOf()));
    expect(text).toContain('meldedaten as of 2026-09-21T09:15:00.000Z from urn:einmal:register:melderegister-bremen');
    expect(text).toContain('family_name, given_names');
    expect(text).not.toMatch(/Mustermann|Erika/);
  });

  it('says which piece of evidence does not hold', async () => {
    const token = tokenOf();
    const at = token.indexOf('.') + 10;
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    const { checks } = await checkEvidence(
      json({ ...demoDocument(honest), evidence: [token, changed, ''] }),
      honest.trust,
    );
    expect(checks.map(({ state }) => state)).toEqual(['holds', 'fails', 'fails']);
    expect(checks[1]?.what).toContain('evidence 2');
  });

  it('does not hold with the keys of another register', async () => {
    const other = await verifiableAnswer();
    expect((await checkEvidence(tokenOf(), Object.values(other.trust.registers)[0]!)).verdict).toBe('does_not_hold');
  });

  it('cannot tell without evidence or without keys', async () => {
    const { trust: _, ...withoutTrust } = demoDocument(honest);
    for (const document of [{}, { evidence: [] }, { evidence: [7] }])
      expect((await checkEvidence(json(document), keysOf())).verdict).toBe('cannot_tell');
    expect((await checkEvidence(tokenOf())).verdict).toBe('cannot_tell');
    for (const trust of [undefined, {}, { registers: {} }, { registers: { x: {} } }])
      expect((await checkEvidence(json({ ...withoutTrust, trust }))).verdict).toBe('cannot_tell');
    expect(evidenceKeys(json({ nothing: true }))).toBeUndefined();
  });
});
