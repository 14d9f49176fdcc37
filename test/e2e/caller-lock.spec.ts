import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/platform/paths.js';
import { signClientAssertion } from '../../src/tokens/access-token.js';
import { type Consumer, consumer } from '../support/e2e-consumer.js';
import { logged } from '../support/e2e-log.js';
import { expectRefusal } from '../support/e2e-refusal.js';
import { e2eSystem, named } from '../support/e2e-system.js';
import { askForToken, type TokenAnswer, tokenForm } from '../support/e2e-token-endpoint.js';
import { type SecondNode, secondNode } from '../support/second-node.js';

/** Nobody else's tests are locked with it. */
const WHO = 'wohnsitz-online';
const ASKED = ['CatalogueService/DescribeService', { service: 'wohnsitzanmeldung' }] as const;
const NOTE = 'a key was rolled out to one of two servers';

const einmal = async (...args: readonly string[]) => {
  const cli = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args]);
  return stdout;
};

let folder: string;
let node: SecondNode;
let wohnsitz: Consumer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einmal-lock-'));
  node = await secondNode(folder);
  wohnsitz = await consumer(WHO);
}, 60_000);
afterAll(async () => {
  wohnsitz.close();
  await node.stop();
  await rm(folder, { recursive: true });
});

const issuers = () => [wohnsitz.profile.node.issuer, node.issuer] as const;

async function identify(key: 'assertion' | 'attestation', issuer = issuers()[0]): Promise<TokenAnswer> {
  const signed = { client: WHO, issuer, key: wohnsitz.keys[key], nowMs: Date.now() };
  return askForToken(wohnsitz.tls, tokenForm(await signClientAssertion(signed)), issuer);
}

describe('a participant that identified itself wrongly more than twice in a row (FZV § 68 Abs. 2)', () => {
  let lock = '';

  it('is locked at every node on the database, with the tokens that it has, and each attempt is an entry', async () => {
    await expect(wohnsitz.call(...ASKED)).resolves.toBeDefined();
    const { entries } = await logged(async () => {
      for (const issuer of [issuers()[0], issuers()[1], issuers()[0]])
        await expect(identify('attestation', issuer)).resolves.toEqual({ status: 401, error: 'invalid_client' });
    });
    expect(entries.map(({ event, consumer: who, reason }) => [event, who, reason])).toEqual([
      ['refused', WHO, 'invalid_client'],
      ['refused', WHO, 'invalid_client'],
      ['refused', WHO, 'invalid_client'],
      ['caller.locked', WHO, 'CALLER_LOCKED'],
    ]);
    for (const issuer of issuers())
      await expect(identify('assertion', issuer)).resolves.toMatchObject({
        status: 400,
        error: 'unauthorized_client',
        description: 'CALLER_LOCKED',
      });
    // For a second the node may rely on what it knew.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const refused = await expectRefusal(wohnsitz.call(...ASKED), { reason: 'CALLER_LOCKED' });
    lock = refused.info.lock ?? '';
    expect(lock).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is not locked any more when it presents what an administrator signed with it', async () => {
    const key = join(e2eSystem().authority, '..', 'administrators', 'administrator-1.jwk.json');
    const about = ['--participant', WHO, '--lock', lock, '--node', 'node', '--note', NOTE];
    const signed = join(folder, 'unlock.jwt');
    await writeFile(signed, await einmal('access', 'sign-unlock', ...about, '--as', 'administrator-1', '--key', key));
    const unlock = () => einmal('access', 'unlock', '--profile', named(e2eSystem().profiles, WHO), '--signed', signed);
    const { value, entries } = await logged(unlock);
    expect(value).toBe(`${WHO} is not locked any more.\n`);
    expect(entries.map(({ event, consumer: who }) => [event, who])).toEqual([['caller.unlocked', WHO]]);
    for (const issuer of issuers()) await expect(identify('assertion', issuer)).resolves.toMatchObject({ status: 200 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await expect(wohnsitz.call(...ASKED)).resolves.toBeDefined();
  }, 30_000);
});
