import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { fillForm, type OpenedAnswer, openAnswer } from '../../src/client/open-answer.js';
import { readOwnKeys } from '../../src/client/own-keys.js';
import { takeDataFolder } from '../../src/demo/data-folder.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import type { PrefillAnswer } from '../../src/verify/answer.js';
import { checkReceipts } from '../../src/verify/check-receipt.js';
import { verifyAnswer } from '../../src/verify/verify-answer.js';
import { reconcile, settled } from '../support/e2e-reconcile.js';
import { Application, type Decided, failureOf, family } from '../support/faulty-application.js';
import { demandSoundTree, ownerQuery } from '../support/faulty-records.js';
import { verifyDocument } from '../verifier/second-verifier.js';

const CONSUMER = 'familienkasse-online';
const BREMEN = '040110000000';

describe('an online service that keeps its decryption key, on X25519 (design 2)', () => {
  let system: RunningSystem;
  let application: Application;
  let decided: Decided;
  let sealed: PrefillAnswer;
  let opened: OpenedAnswer;
  let begun: Date;

  beforeAll(async () => {
    const dataFolder = join(packageRoot, 'data', 'e2e-consumer-holds-key');
    // As `fresh` would leave it, but for the key that the consumer made itself.
    await (await takeDataFolder(dataFolder, { fresh: true })).release();
    const folder = join(dataFolder, 'keys', CONSUMER, 'encryption');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: `${CONSUMER}-encryption-1`, alg: 'ECDH-ES' };
    writeFileSync(join(folder, `${CONSUMER}.jwk.json`), JSON.stringify(jwk), { mode: 0o600 });
    system = await startSystem({ dataFolder, service: 'kindergeld', personCount: 60 });
    application = await Application.open(system.profile(CONSUMER));
    begun = new Date();
    decided = await application.decide();
    const { applicants, decisions } = decided;
    sealed = await application.connection.retrieve({ applicants, decisions, ars: BREMEN });
    const keys = await readOwnKeys(application.connection.profile.keys);
    const { registers } = system.trust;
    opened = await openAnswer(sealed, { consumer: CONSUMER, decisions, keys, registers, nowMs: Date.now() });
  }, 90_000);

  afterAll(async () => {
    application?.close();
    await system?.stop();
  }, 180_000);

  const form = () => fillForm(application.description, opened);
  const filled = (): PrefillAnswer => ({ ...opened.answer, fields: form() });

  it('gets what registers encrypted to it, and nothing that the node has read', () => {
    expect(sealed.evidence.map(({ evidence_type }) => evidence_type).sort()).toEqual([
      'geburt',
      'kindergeld-bezug',
      'meldedaten',
    ]);
    for (const piece of sealed.evidence) {
      expect(piece.evidence_jwe).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
      expect(piece).toMatchObject({ evidence_id: '', sd_jwt: '', withheld: [] });
    }
    for (const word of [cast.mother.familyName, cast.mother.idnr ?? '', cast.newborn.birthDate])
      expect(JSON.stringify(sealed)).not.toContain(word);
  });

  it('opens, verifies and fills its form by the library as the node does for others', () => {
    expect(opened.incidents).toEqual([]);
    const values = form().map(({ value }) => value);
    expect(values).toContain(cast.mother.familyName);
    // As many as the page for integrators says of this family.
    expect(values).toHaveLength(22);
  });

  it('can verify all of it: registers, decisions, and that the log recorded what was passed on', async () => {
    expect((await verifyAnswer(filled(), decided.asked, system.trust)).faults).toEqual([]);
    expect((await verifyAnswer(sealed, decided.asked, system.trust)).faults).toEqual([]);
    const report = checkReceipts({ ...filled(), trust: system.trust }, { ownKeys: true });
    expect(report.checks.filter(({ state }) => state === 'fails')).toEqual([]);
    expect(checkReceipts({ ...sealed, trust: system.trust }, { ownKeys: true }).verdict).toBe('holds');
    for (const answer of [filled(), sealed]) expect(verifyDocument(answer, system.trust.log)).toEqual([]);
    expect(report.subject.not_covered).toEqual(expect.arrayContaining(['fields.value', 'evidence.sd_jwt']));
  });

  it('notices a ciphertext that is not the one on record', async () => {
    const [first, ...rest] = sealed.evidence;
    if (first === undefined) throw new Error('nothing was passed on');
    const changed = {
      ...first,
      evidence_jwe: `${first.evidence_jwe?.slice(0, -1)}${first.evidence_jwe?.endsWith('A') ? 'B' : 'A'}`,
    };
    const { faults } = await verifyAnswer({ ...sealed, evidence: [changed, ...rest] }, decided.asked, system.trust);
    expect(faults).toHaveLength(2);
    expect(faults.every((it) => it.includes('the log recorded another release_digest'))).toBe(true);
  });

  it('is told CONSUMER_HOLDS_KEY for what the node would have to read, and nobody is asked', async () => {
    const asked = () => ownerQuery(system, 'melderegister-bremen', 'select from edge.log');
    const before = (await asked()).rowCount;
    const fresh = await application.decide(family);
    const reason = 'CONSUMER_HOLDS_KEY';
    expect(await failureOf(application.prefill(fresh))).toMatchObject({ reason });
    expect(await failureOf(application.connection.preview(sealed.exchange_id))).toMatchObject({ reason });
    expect(await failureOf(application.connection.decideRelease(sealed.exchange_id, []))).toMatchObject({ reason });
    expect((await asked()).rowCount).toBe(before);
  });

  it('leaves a sound log, and both logs agreeing', async () => {
    await demandSoundTree(system);
    const { code, document } = await reconcile(system, 'melderegister-bremen', { from: begun, to: await settled() });
    expect(document.findings).toEqual([]);
    expect(code).toBe(0);
  }, 180_000);
});
