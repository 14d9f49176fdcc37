import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { REVOCATION_TYP, revocationBytes } from '../../src/catalogue/agreement.js';
import type { Agreement, KeyUse, ParticipantKeys } from '../../src/catalogue/catalogue.js';
import { type RunningSystem, SystemStart } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { signDetached } from '../../src/tokens/detached-jws.js';
import { readSigningKey } from '../../src/tokens/jws.js';
import { eventually } from '../support/eventually.js';
import { Application } from '../support/faulty-application.js';

const REGISTER = 'personenstand-bremen';
const CONSUMER = 'familienkasse-online';
const WITHIN_MS = 60_000;

const dataFolder = join(packageRoot, 'data', 'e2e-revocation');
/** The copies of the catalogue that these two have for themselves. */
const copies = { [REGISTER]: join(dataFolder, 'copy-register'), intermediary: join(dataFolder, 'copy-intermediary') };

let start: SystemStart;
let system: RunningSystem;
let application: Application;
beforeAll(async () => {
  const environment = Object.fromEntries(
    Object.entries(copies).map(([name, folder]) => [
      name,
      { EINMAL_CATALOGUE: folder, EINMAL_CATALOGUE_LOOK_SECONDS: '1' },
    ]),
  );
  start = new SystemStart({ dataFolder, fresh: true, service: 'kindergeld', personCount: 60, environment });
  const [prepare, ...others] = start.steps;
  await prepare?.run(() => undefined);
  for (const folder of Object.values(copies)) await cp(join(dataFolder, 'catalogue'), folder, { recursive: true });
  for (const step of others) await step.run(() => undefined);
  system = start.system();
  application = await Application.open(system.profile(CONSUMER));
}, 120_000);
afterAll(async () => {
  application?.close();
  await start?.undo();
}, 180_000);

/** Reasons for what is missing of the birth, or `delivered`. */
async function ofBirth(): Promise<string> {
  const answer = await application.fill().catch((error: { reason?: string }) => error.reason ?? String(error));
  if (typeof answer === 'string') return answer;
  if (answer.evidence.some(({ evidence_type }) => evidence_type === 'geburt')) return 'delivered';
  return answer.not_delivered.find(({ evidence_type }) => evidence_type === 'geburt')?.reason ?? 'missing';
}

type Change = (entries: never) => unknown;
let original: Readonly<{ file: string; text: string }> | undefined;

async function change(who: keyof typeof copies, name: string, by: Change): Promise<void> {
  const file = join(copies[who] ?? '', `${name}.yaml`);
  const text = await readFile(file, 'utf8');
  original = { file, text };
  await writeFile(file, stringify({ [name]: by(parse(text)[name] as never) }, { aliasDuplicateObjects: false }));
}
afterEach(async () => {
  if (original !== undefined) await writeFile(original.file, original.text);
  original = undefined;
  await eventually(ofBirth, (it) => it === 'delivered');
}, 90_000);

const keysOf =
  (participant: string, by: (it: ParticipantKeys) => ParticipantKeys) => (keys: readonly ParticipantKeys[]) =>
    keys.map((it) => (it.participant === participant ? by(it) : it));
const withoutCertificates = (it: ParticipantKeys) => ({ ...it, certificates: [] });
const withoutKey = (use: KeyUse) => (it: ParticipantKeys) => ({
  ...it,
  keys: it.keys.filter((key) => key.use !== use),
});
const withoutParticipant = (participant: string) => (keys: readonly ParticipantKeys[]) =>
  keys.filter((it) => it.participant !== participant);

describe('what is revoked counts within a minute (design 5), on each side by its own copy, and nobody is started again', () => {
  it.each([
    ['the certificate of the node', REGISTER, 'keys', keysOf('node', withoutCertificates)],
    ['the key that the node signs triggers with', REGISTER, 'keys', keysOf('node', withoutKey('trigger'))],
    ['the key that permits', REGISTER, 'keys', keysOf('intermediary', withoutKey('permission'))],
    ['the key that attests', REGISTER, 'keys', keysOf(CONSUMER, withoutKey('attestation'))],
    ['the key that is encrypted to', REGISTER, 'keys', keysOf(CONSUMER, withoutKey('encryption'))],
    ['all of the intermediary', REGISTER, 'keys', withoutParticipant('intermediary')],
    ['the certificate of the node', 'intermediary', 'keys', keysOf('node', withoutCertificates)],
  ] as const)(
    '%s, at %s',
    async (_, who, name, by) => {
      expect(await ofBirth()).toBe('delivered');
      const began = Date.now();
      await change(who, name, by as Change);
      expect(await eventually(ofBirth, (it) => it !== 'delivered')).not.toBe('delivered');
      expect(Date.now() - began).toBeLessThan(WITHIN_MS);
    },
    180_000,
  );

  it.each([
    [REGISTER, 'REGISTER_REFUSED'],
    ['intermediary', 'TRANSFER_NOT_PERMITTED'],
  ] as const)(
    'an agreement that one side has revoked, at %s',
    async (who, reason) => {
      expect(await ofBirth()).toBe('delivered');
      const key = await readSigningKey(system.pki.folderOf(REGISTER), 'agreement');
      const at = `${new Date().toISOString().slice(0, 19)}Z`;
      const agreements: readonly Agreement[] = parse(
        await readFile(join(copies[who] ?? '', 'agreements.yaml'), 'utf8'),
      ).agreements;
      const agreement = agreements.find(({ id }) => id === `${CONSUMER}--${REGISTER}`);
      if (agreement === undefined) throw new Error('there is no agreement');
      const signature = await signDetached(revocationBytes(agreement, at), REVOCATION_TYP, key);
      const began = Date.now();
      await change(who, 'agreements', (entries: readonly Agreement[]) =>
        entries.map((it) => (it.id === agreement.id ? { ...it, revoked: { by: 'register', at, signature } } : it)),
      );
      expect(await eventually(ofBirth, (it) => it !== 'delivered')).toBe(reason);
      expect(Date.now() - began).toBeLessThan(WITHIN_MS);
    },
    180_000,
  );
});
