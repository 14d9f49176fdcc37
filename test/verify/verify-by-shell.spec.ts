import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { cosign } from '#libs/tlog/cosignature.js';
import { trustPolicy } from '../../src/witnesses/trust-policy.js';
import { cosigner } from '../libs/tlog/keys.js';
import { damaged, flipped } from '../libs/tlog/served-log.js';
import { demoDocument } from './demo-document.js';
import { inDirectory, log, servedLog } from './log-directory.js';
import { nodeKeys, receiptToken } from './receipt-token.js';
import { type Verifiable, verifiableAnswer } from './verifiable-answer.js';

/** The blocks of the page, by heading. */
const blocks = new Map(
  readFileSync('docs/verify.md', 'utf8')
    .split(/^### /m)
    .map((section) => {
      const code = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
      return [section.split('\n')[0] ?? '', code.join('\n')] as const;
    }),
);

/** Some parts of the page need jq, which not every machine has. */
const hasJq = spawnSync('bash', ['-c', 'command -v jq']).status === 0;
const withJq = hasJq ? it : it.skip;

describe('docs/verify.md, run as it stands', () => {
  let folder: string;
  let honest: Verifiable;

  beforeAll(async () => {
    honest = await verifiableAnswer();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-by-shell-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = (heading: string, environment: Record<string, string> = {}) => {
    const script = `${blocks.get('Tools')}\n${blocks.get(heading)}`;
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-eu', '-o', 'pipefail', '-c', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C', ...environment },
    });
    return { status, out: stdout, errors: stderr };
  };
  const put = (name: string, content: string) => writeFile(join(folder, name), content);

  it('has a block under each heading', () => {
    for (const heading of ['Tools', 'Log', 'Witnesses', 'Policy', 'Receipt', 'Answer', 'Receipt token', 'Evidence'])
      expect(blocks.get(heading)?.length).toBeGreaterThan(200);
  });

  describe('log', () => {
    const SIZE = 259;
    const served = servedLog(SIZE);
    const onLog = async (it: typeof served) => {
      const directory = await inDirectory(it);
      const result = run('Log', { LOG: `file://${directory}`, VKEY: log.vkey });
      await rm(directory, { recursive: true });
      return result;
    };

    it('holds, also against what was kept earlier', async () => {
      await put('old-checkpoint', servedLog(100).files.get('checkpoint')!.toString());
      expect(await onLog(served)).toEqual({ status: 0, out: `holds: ${SIZE} leaves\n`, errors: '' });
    }, 60_000);

    it.each([
      ['tile/entries/000.p/5', 40, 'tile/0/000.p/5, hash 1, does not fit'],
      ['tile/entries/000.p/5', 37, 'leaf 1 in tile/entries/000.p/5 is not a commitment'],
      ['tile/0/000.p/5', 40, 'tile/0/000.p/5, hash 1, does not fit'],
      ['tile/1/000.p/1', 3, 'tile/1/000.p/1, hash 0, does not fit'],
      ['checkpoint', 40, 'DOES NOT HOLD'],
    ])(
      'finds what was changed in %s at %i',
      async (path, at, message) => {
        const some = path.startsWith('tile/1') ? served : servedLog(5);
        const result = await onLog(damaged(some, path, (bytes) => flipped(bytes, 8 * at)));
        expect(result).toMatchObject({ status: 1, errors: expect.stringContaining(message) });
      },
      60_000,
    );

    it('finds a log that is not the one of then, or went back', async () => {
      const small = servedLog(5);
      for (const [size, root] of [
        [3, small.root],
        [5, servedLog(4).root],
        [6, servedLog(6).root],
      ] as const) {
        await put('old-checkpoint', signCheckpoint({ origin: log.name, size, root }, [log]));
        expect(await onLog(small)).toMatchObject({ status: 1, errors: expect.stringContaining('DOES NOT HOLD') });
      }
    }, 60_000);
  });

  it('verifies the cosignature of a witness', async () => {
    const [witness, stranger] = [cosigner(7), cosigner(8)];
    const cosigned = damaged(servedLog(5), 'checkpoint', (bytes) =>
      Buffer.from(bytes.toString() + cosign(bytes.toString(), witness, 1_795_000_000)),
    );
    const directory = await inDirectory(cosigned);
    const environment = { LOG: `file://${directory}`, VKEY: log.vkey };
    expect(run('Witnesses', { ...environment, WITNESS: witness.vkey })).toMatchObject({
      status: 0,
      out: 'holds: cosigned at 1795000000 seconds since 1970\n',
    });
    expect(run('Witnesses', { ...environment, WITNESS: stranger.vkey }).status).toBe(1);
    await rm(directory, { recursive: true });
  }, 60_000);

  it('verifies the quorum of a policy', async () => {
    const witnesses = [7, 8, 9].map((seed) => ({ participant: `w${seed}`, vkeys: [cosigner(seed).vkey] }));
    await put('policy', trustPolicy(log.vkey, witnesses));
    const runOn = async (change: (note: string) => string) => {
      const directory = await inDirectory(
        damaged(servedLog(5), 'checkpoint', (bytes) => Buffer.from(change(bytes.toString()))),
      );
      const result = run('Policy', { LOG: `file://${directory}` });
      await rm(directory, { recursive: true });
      return result;
    };
    const by = (note: string, seed: number) => cosign(note, cosigner(seed), 1_795_000_000);
    expect(await runOn((note) => note + by(note, 9) + by(note, 7))).toEqual({
      status: 0,
      out: 'holds: 5 leaves, cosigned by w7 w9\n',
      errors: '',
    });
    expect(await runOn((note) => note + by(note, 9) + by(note, 6))).toMatchObject({
      status: 1,
      errors: expect.stringContaining('1 witnesses cosigned, 2 are asked for'),
    });
    const forged = await runOn((note) => note + by(note, 9) + by(note.replace('\n5\n', '\n6\n'), 7));
    expect(forged).toMatchObject({ status: 1, errors: expect.stringContaining('the cosignature of w7') });
  }, 60_000);

  withJq(
    'verifies a receipt and its opening',
    async () => {
      const document = demoDocument(honest);
      const vkey = { VKEY: honest.trust.log };
      await put('document.json', JSON.stringify(document));
      const { receipt } = document;
      const holds = `holds: leaf ${receipt.log_index} of ${receipt.tree_size}\nholds: exchange.closed\n`;
      expect(run('Receipt', vkey)).toEqual({ status: 0, out: holds, errors: '' });
      for (const change of [
        { entry: Buffer.alloc(33, 1).toString('base64') },
        { log_index: receipt.log_index - 1 },
        { inclusion_proof: receipt.inclusion_proof.slice(1) },
        { checkpoint: receipt.checkpoint.replace(`\n${receipt.tree_size}\n`, `\n${receipt.tree_size + 1}\n`) },
        { opening: { ...receipt.opening, caller: { ...receipt.opening.caller, outcome: 'refused' } } },
      ]) {
        await put('document.json', JSON.stringify({ ...document, receipt: { ...receipt, ...change } }));
        expect(run('Receipt', vkey)).toMatchObject({ status: 1, errors: expect.stringContaining('DOES NOT HOLD') });
      }
    },
    60_000,
  );

  withJq(
    'verifies what an answer released',
    async () => {
      const document = demoDocument(honest);
      const { fields, receipt, ...others } = document;
      for (const answer of [document, honest.answer]) {
        await put('document.json', JSON.stringify(answer));
        const out = 'holds: 2 fields, 1 pieces of evidence\n';
        expect(run('Answer')).toEqual({ status: 0, out, errors: '' });
      }
      const { release_salt: _, ...opening } = receipt.opening;
      for (const changed of [
        { ...document, fields: fields.map((field) => ({ ...field, value: 'Anders' })) },
        { ...document, fields: fields.slice(1) },
        { ...document, fields: fields.map((field) => ({ ...field, alternatives: [] })) },
        { ...document, not_delivered: [] },
        { ...document, evidence: [] },
        { ...document, receipt: honest.answer.evidence[0]!.receipt },
        { ...document, receipt: { ...receipt, opening } },
        { fields, ...others },
      ]) {
        await put('document.json', JSON.stringify(changed));
        expect(run('Answer').status).not.toBe(0);
      }
    },
    30_000,
  );

  withJq(
    'verifies a receipt token beside its proof',
    async () => {
      const document = demoDocument(honest);
      const { receipt } = document;
      const vkey = { VKEY: honest.trust.log };
      await put('document.json', JSON.stringify(document));
      expect(run('Receipt', vkey).status).toBe(0);
      await put('jwks.json', JSON.stringify(nodeKeys));
      await put('token', await receiptToken(honest.answer.receipt));
      const place = `leaf ${receipt.log_index} of ${receipt.tree_size}`;
      const out = `holds: ${place}, signed by https://node.example for familienkasse-online\n`;
      expect(run('Receipt token', vkey)).toEqual({ status: 0, out, errors: '' });
      const tokens = [
        `${await receiptToken(honest.answer.receipt)}A`,
        await receiptToken(honest.answer.receipt, { log_index: 0 }),
        await receiptToken(honest.answer.receipt, { leaf_hash: 'A'.repeat(43) }),
        await receiptToken(honest.answer.receipt, { root_hash: 'A'.repeat(43) }),
        await receiptToken(honest.answer.receipt, { checkpoint_hash: 'A'.repeat(43) }),
        await receiptToken(honest.answer.receipt, { log_origin: 'elsewhere.example/log' }),
      ];
      for (const token of tokens) {
        await put('token', token);
        expect(run('Receipt token', vkey)).toMatchObject({
          status: 1,
          errors: expect.stringContaining('DOES NOT HOLD'),
        });
      }
    },
    30_000,
  );

  withJq(
    'verifies evidence',
    async () => {
      const [token] = demoDocument(honest).evidence;
      await put('jwks.json', JSON.stringify(Object.values(honest.trust.registers)[0]));
      await put('evidence', token!);
      const names = 'family_name given_names';
      const out = `holds: meldedaten from urn:einmal:register:melderegister-bremen: ${names}\n`;
      expect(run('Evidence')).toEqual({ status: 0, out, errors: '' });
      const at = token!.indexOf('.') + 10;
      const [jws, one, ...others] = token!.split('~');
      for (const changed of [
        `${token!.slice(0, at)}${token![at] === 'A' ? 'B' : 'A'}${token!.slice(at + 1)}`,
        [jws, one, one, ...others].join('~'),
        [jws, `${one}x`, ...others].join('~'),
        `${token}kb`,
      ]) {
        await put('evidence', changed);
        expect(run('Evidence')).toMatchObject({ status: 1, errors: expect.stringContaining('DOES NOT HOLD') });
      }
    },
    60_000,
  );
});
