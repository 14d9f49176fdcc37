import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatTlogProof } from '#libs/tlog/tlog-proof.js';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { demoDocument } from './demo-document.js';
import { inDirectory, log, servedLog } from './log-directory.js';
import { nodeKeys, receiptToken } from './receipt-token.js';
import { type Verifiable, verifiableAnswer } from './verifiable-answer.js';
import { policy as samplePolicy, verifiableSample } from './verifiable-sample.js';

type Run = Readonly<{ code: number | null; out: string; errors: string }>;

/** Runs the built command, as `npx einmal verify` does. */
function verify(...args: string[]): Promise<Run> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', 'verify', ...args]);
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, errors })));
}

describe('einmal verify', () => {
  const served = servedLog(600);
  let folder: string;
  let directory: string;
  let honest: Verifiable;
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-verify-command-'));
    directory = await inDirectory(served);
    honest = await verifiableAnswer();
  });
  afterAll(() => Promise.all([folder, directory].map((it) => rm(it, { recursive: true }))));

  it('ends with 0, 1 or 2: holds, does not hold, cannot tell', async () => {
    expect(await verify('log', directory, '--vkey', log.vkey)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/✔ .*600 leaves\nIt holds\.\n$/),
      errors: '',
    });
    const changed = servedLog(600);
    changed.files.get('tile/0/001')![33]! ^= 1;
    const other = await inDirectory(changed);
    expect(await verify('log', other, '--vkey', log.vkey)).toMatchObject({
      code: 1,
      out: expect.stringContaining('[tile/0/001, leaf 257, byte 33]'),
    });
    await rm(join(other, 'tile'), { recursive: true });
    expect(await verify('log', other, '--vkey', log.vkey)).toMatchObject({ code: 2 });
    await rm(other, { recursive: true });
  });

  it('cannot tell when it is called wrongly', async () => {
    for (const args of [
      [],
      ['log'],
      ['log', directory],
      ['log', directory, '--no-such-option'],
      ['log', directory, '--vkey', log.vkey, '--policy', join(folder, 'missing')],
      ['log', directory, '--vkey', log.vkey, '--old-checkpoint', join(folder, 'missing')],
      ['log', directory, '--policy', await file('broken.policy', 'trust everybody\n')],
      ['receipt', join(folder, 'missing')],
      ['receipt', await file('empty', '')],
      ['evidence', await file('list.json', '[]')],
      ['receipt', await file('answer.json', JSON.stringify(honest.answer)), '--vkey', honest.trust.log, '--own-keys'],
    ])
      expect({ args, code: (await verify(...args)).code }).toEqual({ args, code: 2 });
    expect((await verify('log', '--help')).code).toBe(0);
  });

  it('keeps the checkpoint of a log that holds, and holds the next one against it', async () => {
    const kept = join(folder, 'kept');
    const older = await inDirectory(servedLog(300));
    expect((await verify('log', older, '--vkey', log.vkey, '--save', kept)).code).toBe(0);
    const saved = ['--old-checkpoint', kept, '--save', kept];
    expect(await verify('log', directory, '--vkey', log.vkey, ...saved)).toMatchObject({
      code: 0,
      out: expect.stringContaining('300 leaves'),
    });
    const newest = served.files.get('checkpoint')!.toString();
    expect(await readFile(kept, 'utf8')).toBe(newest);
    expect((await verify('log', older, '--vkey', log.vkey, ...saved)).code).toBe(1);
    expect(await readFile(kept, 'utf8')).toBe(newest);
    await rm(older, { recursive: true });
  });

  it('prints one JSON document with --json', async () => {
    const policy = await file('policy', `log ${log.vkey}\nquorum none\n`);
    const { code, out } = await verify('log', directory, '--policy', policy, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'holds', subject: { size: 600 } });
    const missing = await verify('receipt', join(folder, 'missing'), '--json');
    expect(JSON.parse(missing.out)).toMatchObject({ verdict: 'cannot_tell' });
  });

  it('verifies what the demo printed, and says no personal data', async () => {
    const document = await file('demo.json', JSON.stringify(demoDocument(honest)));
    for (const kind of ['receipt', 'evidence']) {
      const { code, out } = await verify(kind, document, '--own-keys');
      expect({ kind, code }).toEqual({ kind, code: 0 });
      expect(out).not.toMatch(/Mustermann|Erika/);
      const doubted = await verify(kind, document);
      expect(doubted).toMatchObject({ code: 2, out: expect.stringContaining('? the keys are those that you trust') });
    }
    const [token] = demoDocument(honest).evidence;
    const compact = await file('evidence.sd-jwt', token!);
    const jwks = await file('jwks.json', JSON.stringify(Object.values(honest.trust.registers)[0]));
    expect((await verify('evidence', compact, '--jwks', jwks)).code).toBe(0);
    const damaged = await file('damaged.sd-jwt', token!.replace('~', '~x'));
    expect((await verify('evidence', damaged, '--jwks', jwks)).code).toBe(1);
  });

  it('writes no control characters of a file to the terminal', async () => {
    const disclosure = Buffer.from(JSON.stringify(['salt', '\u001b[2J', 1])).toString('base64url');
    const [token] = demoDocument(honest).evidence;
    const document = { ...demoDocument(honest), evidence: [`${token}${disclosure}~`] };
    const { code, out } = await verify('evidence', await file('steering.json', JSON.stringify(document)));
    expect(code).toBe(1);
    expect(out).toContain('the disclosure of \ufffd[2J');
  });

  it('verifies a proof file with its entry (C2SP tlog-proof)', async () => {
    const { log_index, inclusion_proof, checkpoint, entry, opening } = honest.answer.receipt;
    const proof = inclusion_proof.map((it) => Buffer.from(it, 'base64'));
    const path = await file('some.tlog-proof', formatTlogProof({ index: log_index, proof, checkpoint }));
    const leaf = await file('leaf', Buffer.from(entry, 'base64'));
    const opened = await file('opening.json', JSON.stringify(opening));
    const vkey = ['--vkey', honest.trust.log];
    expect((await verify('receipt', path, ...vkey, '--entry', leaf, '--opening', opened)).code).toBe(0);
    expect((await verify('receipt', path, ...vkey, '--entry', opened)).code).toBe(1);
    expect((await verify('receipt', path, ...vkey)).code).toBe(2);
  });

  it('verifies a receipt token, alone, with a proof file, and in the document that the node gave', async () => {
    const { receipt } = honest.answer;
    const token = await receiptToken(receipt);
    const jwt = await file('receipt.jwt', `${token}\n`);
    const jwks = await file('node-jwks.json', JSON.stringify(nodeKeys));
    const proof = receipt.inclusion_proof.map((it) => Buffer.from(it, 'base64'));
    const { log_index: index, checkpoint } = receipt;
    const path = await file('signed.tlog-proof', formatTlogProof({ index, proof, checkpoint }));
    const vkey = ['--vkey', honest.trust.log];
    expect(await verify('receipt', jwt, '--jwks', jwks)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`entry ${index} of ${receipt.tree_size}`),
    });
    expect((await verify('receipt', jwt, '--jwks', jwks, '--proof', path, ...vkey)).code).toBe(0);
    expect((await verify('receipt', jwt, '--jwks', jwks, '--proof', path)).code).toBe(2);
    expect((await verify('receipt', jwt)).code).toBe(2);
    const document = await file('issued.json', JSON.stringify({ receipt, receipt_token: token }));
    expect((await verify('receipt', document, '--jwks', jwks, ...vkey)).code).toBe(0);
    const other = await receiptToken(receipt, { log_index: index - 1 });
    const changed = await file('changed.json', JSON.stringify({ receipt, receipt_token: other }));
    expect((await verify('receipt', changed, '--jwks', jwks, ...vkey)).code).toBe(1);
  }, 30_000);

  it('verifies a sample with the keys of log and witnesses (IDNrG § 8)', async () => {
    const sample = verifiableSample();
    const trusted = ['--policy', await file('sample.policy', samplePolicy)];
    const whole = await file('sample.json', JSON.stringify(sample));
    expect(await verify('sample', whole, ...trusted)).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 to 59'),
    });
    expect((await verify('sample', whole)).code).toBe(2);
    const steered = JSON.stringify(verifiableSample({ isToldFirst: true }));
    expect(await verify('sample', await file('steered.json', steered), ...trusted)).toMatchObject({
      ...{ code: 1, out: expect.stringContaining('it lies before the entry that fixed the cosignatures') },
    });
    const shorter = await file('shorter.json', JSON.stringify({ ...sample, items: sample.items.slice(1) }));
    expect((await verify('sample', shorter, ...trusted)).code).toBe(1);
  });

  describe('over https', () => {
    let server: Server;
    let ca: string;

    beforeAll(async () => {
      const tls = await issueLeaf(await createAuthority('Synthetic authority'), {
        commonName: 'log',
        participant: 'node',
      });
      ca = await file('ca.pem', tls.ca);
      server = createServer({ cert: tls.cert, key: tls.key, minVersion: 'TLSv1.3' }, ({ url = '' }, response) => {
        const bytes = served.files.get(url.replace('/log/', ''));
        response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
      });
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    it('trusts a private authority only when it is given', async () => {
      const prefix = `https://localhost:${(server.address() as AddressInfo).port}/log/`;
      expect((await verify('log', prefix, '--vkey', log.vkey, '--ca', ca)).code).toBe(0);
      const { code, out } = await verify('log', prefix, '--vkey', log.vkey);
      expect({ code, out }).toEqual({ code: 2, out: expect.stringMatching(/checkpoint cannot be fetched/) });
    });
  });
});
