import { beforeAll, describe, expect, it } from '@jest/globals';
import type { PrefillAnswer, Receipt } from '../../src/verify/answer.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { verifyReceipt } from '../../src/verify/verify-receipt.js';
import { filledForm } from '../support/faulty-application.js';

type Filled = Awaited<ReturnType<typeof filledForm>>;

/** Issue: changing one released field makes `verify` fail; so does one character of what proves it. */
describe('a released answer and its receipts', () => {
  let filled: Filled;
  let faultsOf: (answer: PrefillAnswer) => Promise<readonly string[]>;

  beforeAll(async () => {
    filled = await filledForm();
    faultsOf = async (answer) => (await verifyAnswer(answer, filled.decided.asked, filled.trust)).faults;
  });

  it('hold as they were released', async () => {
    expect(filled.answer.fields.length).toBeGreaterThan(10);
    expect(filled.answer.not_delivered.length).toBeGreaterThan(0);
    expect(await faultsOf(filled.answer)).toEqual([]);
    // Over the wire as JSON, as an archive would keep it.
    expect(await faultsOf(JSON.parse(JSON.stringify(filled.answer)))).toEqual([]);
  });

  it('do not hold with any one value of any one field changed', async () => {
    const { answer } = filled;
    for (const [at, field] of answer.fields.entries()) {
      const changed = [
        { ...field, value: `${field.value} ` },
        { ...field, fim_id: 'F00000000' },
        { ...field, label: `${field.label}!` },
        { ...field, subject_role: field.subject_role === 'child' ? 'parent' : 'child' },
        { ...field, source: { ...field.source, as_of: '1999-12-31T00:00:00.000Z' } },
        { ...field, source: { ...field.source, attribute: 'given_name' } },
        { ...field, alternatives: [...field.alternatives, { value: 'another', source: field.source }] },
      ];
      for (const other of changed)
        expect(await faultsOf({ ...answer, fields: answer.fields.with(at, other) })).not.toEqual([]);
    }
  });

  it('do not hold with a field, a piece of evidence or a refusal left out, added or exchanged', async () => {
    const { answer } = filled;
    const { fields, evidence, not_delivered } = answer;
    const changed: readonly Partial<PrefillAnswer>[] = [
      { fields: fields.slice(1) },
      { fields: fields.toReversed() },
      { fields: [...fields, ...fields.slice(0, 1)] },
      { evidence: evidence.slice(1) },
      { evidence: evidence.toReversed() },
      { not_delivered: not_delivered.slice(1) },
      { not_delivered: not_delivered.map((it) => ({ ...it, reason: 'SUBJECT_NOT_AVAILABLE' })) },
      { evidence: evidence.map((it, at) => ({ ...it, receipt: evidence.at(at - 1)?.receipt ?? it.receipt })) },
      { receipt: evidence[0]?.receipt ?? answer.receipt },
      { release_salt: Buffer.alloc(32).toString('base64') },
    ];
    for (const change of changed) expect(await faultsOf({ ...answer, ...change })).not.toEqual([]);
  });

  it('do not hold with one attribute less than was released', async () => {
    const { answer } = filled;
    for (const [at, piece] of answer.evidence.entries()) {
      const [jws, , ...rest] = piece.sd_jwt.split('~');
      const cut = { ...piece, sd_jwt: [jws, ...rest].join('~') };
      expect(await faultsOf({ ...answer, evidence: answer.evidence.with(at, cut) })).not.toEqual([]);
    }
  });

  it('do not hold with a single character of checkpoint, proof, entry or opening changed', () => {
    const { answer, trust } = filled;
    const receipts = [answer.receipt, ...answer.evidence.map(({ receipt }) => receipt)];
    let changes = 0;
    for (const receipt of receipts) {
      expect(verifyReceipt(receipt, trust.log)).toEqual([]);
      for (const changed of everyChangeOf(receipt)) {
        changes += 1;
        if (verifyReceipt(changed, trust.log).length === 0) expect(changed).toBe('a change that shows');
      }
    }
    expect(changes).toBeGreaterThan(1000);
  });
});

function* everyChangeOf(receipt: Receipt): Generator<Receipt> {
  const { checkpoint, opening } = receipt;
  for (let at = 0; at < checkpoint.length; at += 1)
    yield { ...receipt, checkpoint: `${checkpoint.slice(0, at)}${other(checkpoint[at])}${checkpoint.slice(at + 1)}` };
  for (const root_hash of everyByteOf(receipt.root_hash)) yield { ...receipt, root_hash };
  for (const entry of everyByteOf(receipt.entry)) yield { ...receipt, entry };
  for (const [at, hash] of receipt.inclusion_proof.entries())
    for (const changed of everyByteOf(hash))
      yield { ...receipt, inclusion_proof: receipt.inclusion_proof.with(at, changed) };
  for (const salt of everyByteOf(opening.salt)) yield { ...receipt, opening: { ...opening, salt } };
  for (const protected_hash of everyByteOf(opening.protected_hash))
    yield { ...receipt, opening: { ...opening, protected_hash } };
  for (const [name, value] of Object.entries(opening.caller))
    yield { ...receipt, opening: { ...opening, caller: { ...opening.caller, [name]: `${String(value)}x` } } };
  yield { ...receipt, log_index: receipt.log_index + 1 };
  yield { ...receipt, tree_size: receipt.tree_size + 1 };
  yield { ...receipt, inclusion_proof: receipt.inclusion_proof.slice(1) };
}

function other(character: string | undefined): string {
  return character === 'A' ? 'B' : 'A';
}

function* everyByteOf(base64: string): Generator<string> {
  const bytes = Buffer.from(base64, 'base64');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    yield changed.toString('base64');
  }
}
