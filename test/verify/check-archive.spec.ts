import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import type { Archive } from '../../src/verify/archive.js';
import { ARCHIVE_SCHEMA } from '../../src/verify/archive-schema.js';
import { checkArchive } from '../../src/verify/check-archive.js';
import { checkEvidence } from '../../src/verify/check-evidence.js';
import { checkProofFile } from '../../src/verify/check-receipt.js';
import { parseDocument } from '../../src/verify/document.js';
import { verifyArchive } from '../verifier/second-verifier.js';
import { type Verifiable, verifiableAnswer } from './verifiable-answer.js';
import { archiveOf } from './verifiable-archive.js';

type Json = Record<string, unknown>;
/** Makes another value of the one that stands there; undefined takes it out. */
type Change = (old: string) => unknown;

let honest: Verifiable;
let archive: Archive;
beforeAll(async () => {
  honest = await verifiableAnswer();
  archive = archiveOf(honest);
});

function changed(path: string, change: (old: never) => unknown): string {
  const copy: Json = JSON.parse(JSON.stringify(archive));
  const names = path.split('.');
  const last = names.pop() ?? '';
  const at = names.reduce((node, name) => node[name] as Json, copy);
  at[last] = change(at[last] as never);
  return JSON.stringify(copy);
}
const check = (text: string, vkey = honest.trust.log) => checkArchive(parseDocument(text), { vkey });
const first = async (text: string, vkey?: string) => {
  const { verdict, subject, checks } = await check(text, vkey);
  return [verdict, subject.first_that_does_not_hold ?? checks.find(({ state }) => state !== 'holds')?.detail];
};
const to =
  (value: unknown): Change =>
  () =>
    value;
/** Other bytes. */
const letter: Change = (old) => (old.startsWith('A') ? `B${old.slice(1)}` : `A${old.slice(1)}`);

describe('an archive', () => {
  it('holds with the key of the log alone, and says since when the register had its key', async () => {
    const { verdict, subject, checks } = await check(JSON.stringify(archive));
    expect([verdict, checks.filter(({ state }) => state !== 'holds')]).toEqual(['holds', []]);
    expect(subject).toEqual({ evidence: 1, consumer: 'familienkasse-online' });
    expect(checks.map(({ detail }) => detail)).toContain('since 2026-01-05T08:00:00.000Z');
    expect(verifyArchive(JSON.parse(JSON.stringify(archive)), honest.trust.log)).toEqual([]);
  });

  it('says with its own key no more than that it fits together, unless that is to be believed', async () => {
    const document = parseDocument(JSON.stringify(archive));
    const alone = await checkArchive(document, {});
    expect([alone.verdict, alone.subject.key_of_the_log]).toEqual(['cannot_tell', 'taken from the archive itself']);
    expect((await checkArchive(document, { ownKeys: true })).verdict).toBe('holds');
  });

  it('does not hold with the key of another log', async () => {
    const other = (await verifiableAnswer()).trust.log;
    expect((await check(JSON.stringify(archive), other)).verdict).toBe('does_not_hold');
    expect(await first(changed('log', to(other)), honest.trust.log)).toEqual(['does_not_hold', ENTRY]);
  });

  it('is made of parts that are read as what they are: proof files with their openings, an SD-JWT, a JWK', async () => {
    const trust = { vkey: honest.trust.log };
    for (const { opening, tlog_proof } of [archive.entry, ...archive.evidence.map(({ entry }) => entry)])
      expect(checkProofFile(tlog_proof, { opening, trust }).verdict).toBe('holds');
    for (const { sd_jwt, issuer_key } of archive.evidence)
      expect((await checkEvidence(sd_jwt, { keys: [issuer_key.jwk] })).verdict).toBe('holds');
  });

  it('is in the published form', () => {
    expect(JSON.parse(readFileSync('docs/archive.schema.json', 'utf8'))).toEqual(ARCHIVE_SCHEMA);
  });

  const inLog = (at: string) => `${at}: the log contains it as it stands here`;
  const ENTRY = inLog('entry');
  const KEY = 'evidence 1, issuer_key: it is the key that the log named when the evidence came';
  const SIGNED = 'each piece of evidence is signed by its register and undamaged';
  const RECORDED = 'what was released is what the log recorded';
  const TASK = 'evidence 1, decision: norm, file reference and official are what the log recorded';
  const CHANGES: readonly (readonly [string, Change, string])[] = [
    ['consumer', to('finanzamt-bremen'), TASK],
    ['exchange_id', to('another'), 'exchange_id: all of it is one exchange'],
    ['fields.0.value', to('Musterfrau'), RECORDED],
    ['fields.0.source.register', to('zfzr'), SIGNED],
    ['not_delivered', to([]), RECORDED],
    ['release_salt', letter, RECORDED],
    ['entry.opening.caller.outcome', to('released'), ENTRY],
    ['entry.opening.salt', letter, ENTRY],
    ['entry.opening.protected_hash', letter, ENTRY],
    ['entry.tlog_proof', (old) => old.replace('index 6', 'index 5'), ENTRY],
    ['entry.tlog_proof', (old) => old.replace('\n7\n', '\n8\n'), ENTRY],
    ['evidence.0.sd_jwt', (old) => withValue(old, 'Musterfrau'), SIGNED],
    ['evidence.0.sd_jwt', (old) => old.replace(/~[^~]+~$/, '~'), SIGNED],
    ['evidence.0.evidence_id', to('another'), SIGNED],
    ['evidence.0.evidence_type', to('geburt'), SIGNED],
    ['evidence.0.subject_role', to('child'), SIGNED],
    ['evidence.0.register', to('zfzr'), SIGNED],
    ['evidence.0.as_of', to('2025-01-01T00:00:00.000Z'), SIGNED],
    ['evidence.0.assurance', to('high'), SIGNED],
    ['evidence.0.withheld', to([{ attribute: 'sex', norm: 'none' }]), SIGNED],
    ['evidence.0.entry.opening.caller.register', to('zfzr'), inLog('evidence 1, entry')],
    ['evidence.0.decision.opening.caller.legal_basis', to('bmg-34-1'), inLog('evidence 1, decision')],
    ['evidence.0.decision.protected.part.file_reference', to('FK-116-2026'), TASK],
    ['evidence.0.decision.protected.part.acting_official', to(undefined), TASK],
    ['evidence.0.decision.protected.part.attributes', to(['family_name', 'given_names', 'sex']), TASK],
    ['evidence.0.decision.protected.salt', letter, TASK],
    ['evidence.0.issuer_key.jwk.x', letter, KEY],
    ['evidence.0.issuer_key.jwk.kid', to('other'), SIGNED],
    ['evidence.0.issuer_key.jwk.alg', to('PS256'), SIGNED],
    [
      'evidence.0.issuer_key.entries.0.opening.caller.log_time',
      to('2020-01-01T00:00:00.000Z'),
      inLog('evidence 1, issuer_key, entry 1'),
    ],
  ];

  it.each(CHANGES)('does not hold where %s was altered, and says so first', async (path, change, named) => {
    const text = changed(path, change);
    expect(await first(text)).toEqual(['does_not_hold', named]);
    expect(verifyArchive(JSON.parse(text), honest.trust.log)).not.toEqual([]);
  });

  it('does not hold with an entry in the place of another, though the log contains it', async () => {
    const { entry } = archive;
    const validity = 'evidence 1, issuer_key: it was in force when the evidence came';
    expect(await first(changed('evidence.0.issuer_key.entries', () => [entry]))).toEqual(['does_not_hold', validity]);
    const swapped = changed('evidence.0.decision', (old: object) => ({ ...old, ...entry }));
    expect(await first(swapped)).toEqual(['does_not_hold', TASK]);
    for (const text of [swapped, changed('evidence.0.issuer_key.entries', () => [entry])])
      expect(verifyArchive(JSON.parse(text), honest.trust.log)).not.toEqual([]);
  });

  it('cannot be told where the entries about the key were taken out: the log named it then, and no more is known', async () => {
    const text = changed('evidence.0.issuer_key.entries', to([]));
    expect(await first(text)).toEqual(['cannot_tell', 'named by the log then; no entry here says since when']);
    expect(verifyArchive(JSON.parse(text), honest.trust.log)).not.toEqual([]);
  });

  it('does not hold with the key of whoever forged the evidence, however whole it is', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    const own = { ...(await exportJWK(publicKey)), kid: archive.evidence[0]?.issuer_key.jwk.kid, alg: 'ES256' };
    expect(await first(changed('evidence.0.issuer_key.jwk', () => own))).toEqual(['does_not_hold', KEY]);
  });

  it('cannot be told where a member is missing or strange, and says which', async () => {
    const unknown = (path: string, value: unknown) => first(changed(path, to(value)));
    expect(await unknown('evidence.0.entry', undefined)).toEqual([
      'cannot_tell',
      "/evidence/0 must have required property 'entry'",
    ]);
    expect(await unknown('remark', 'x')).toEqual([
      'cannot_tell',
      'the archive must NOT have additional properties: remark',
    ]);
    // Statements of a person are covered by nothing in an archive: it takes none (ADR 113).
    expect(await unknown('own_statements', { attestation: 'x', statements: [] })).toEqual([
      'cannot_tell',
      'the archive must NOT have additional properties: own_statements',
    ]);
    expect((await unknown('evidence', []))[0]).toBe('cannot_tell');
    expect((await unknown('evidence.0.issuer_key.jwk.d', 'secret'))[0]).toBe('cannot_tell');
  });
});

/** Another value in the first disclosure. */
function withValue(sdJwt: string, value: string): string {
  const [jws, disclosure = '', ...others] = sdJwt.split('~');
  const [salt, name] = JSON.parse(Buffer.from(disclosure, 'base64url').toString());
  return [jws, Buffer.from(JSON.stringify([salt, name, value])).toString('base64url'), ...others].join('~');
}
