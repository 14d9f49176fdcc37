import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkEvidence } from '../../src/verify/check-evidence.js';
import { checkLog } from '../../src/verify/check-log.js';
import { checkReceipts } from '../../src/verify/check-receipt.js';
import { parseDocument } from '../../src/verify/document.js';
import { damaged, flipped, type ServedLog } from '../libs/tlog/served-log.js';
import { demoDocument } from '../verify/demo-document.js';
import { inDirectory, log, servedLog } from '../verify/log-directory.js';
import { type Verifiable, verifiableAnswer } from '../verify/verifiable-answer.js';
import { parse, verifyDocument, verifyEvidence, verifyLog, verifyReceipt, verifyRelease } from './second-verifier.js';

const FILE = 'test/verifier/second-verifier.ts';

/** Both verifiers' word on it: what holds for one holds for the other. */
async function bothOnLog(served: ServedLog, oldCheckpoint?: string): Promise<readonly [boolean, boolean]> {
  const { verdict } = await checkLog({
    source: served.fetchResource,
    trust: { vkey: log.vkey },
    ...(oldCheckpoint !== undefined && { oldCheckpoint }),
  });
  const { faults } = await verifyLog(served.fetchResource, log.vkey, oldCheckpoint);
  return [verdict === 'holds', faults.length === 0];
}

describe('the second verifier', () => {
  it('imports nothing but node: modules', () => {
    const source = readFileSync(FILE, 'utf8');
    const imported = [...source.matchAll(/(?:^import .* from |import\()'([^']+)'/gm)].map(([, name]) => name);
    expect(imported).toEqual(['node:crypto', 'node:fs']);
  });

  it('agrees with the first on honest logs of every shape', async () => {
    for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 700])
      expect(await bothOnLog(servedLog(size))).toEqual([true, true]);
    const note = (size: number) => servedLog(size).files.get('checkpoint')!.toString();
    for (const size of [0, 1, 256, 300, 700]) expect(await bothOnLog(servedLog(700), note(size))).toEqual([true, true]);
    for (const old of [note(701), 'nonsense']) expect(await bothOnLog(servedLog(700), old)).toEqual([false, false]);
  });

  it('agrees with the first on damaged logs', async () => {
    const honest = servedLog(600);
    const change = fc.oneof(
      fc.nat().map((bit) => (bytes: Buffer) => flipped(bytes, bit % (8 * bytes.length))),
      fc.nat().map((cut) => (bytes: Buffer) => bytes.subarray(0, cut % bytes.length)),
      fc.constant((bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)])),
      fc.constant(() => undefined),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...honest.files.keys()), change, async (path, damage) => {
        expect(await bothOnLog(damaged(honest, path, damage))).toEqual([false, false]);
      }),
      { numRuns: 80 },
    );
  });

  describe('on receipts and evidence', () => {
    let honest: Verifiable;
    let keys: object;
    beforeAll(async () => {
      honest = await verifiableAnswer();
      keys = Object.values(honest.trust.registers)[0]!;
    });

    it('agrees with the first on honest ones', () => {
      const document = JSON.parse(JSON.stringify(demoDocument(honest)));
      expect(verifyReceipt(honest.answer.receipt, honest.trust.log)).toEqual([]);
      expect(verifyRelease(document, honest.trust.log)).toEqual([]);
      expect(verifyRelease(honest.answer, honest.trust.log)).toEqual([]);
      expect(verifyDocument(honest.answer, honest.trust.log)).toEqual([]);
      expect(verifyEvidence(honest.answer.evidence[0]!.sd_jwt, keys)).toEqual([]);
    });

    it('agrees with the first on changed ones', async () => {
      const text = JSON.stringify({ ...demoDocument(honest), trust: undefined });
      const vkey = honest.trust.log;
      await fc.assert(
        fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom('A', '7', ' '), (at, letter) => {
          const changed = `${text.slice(0, at)}${letter}${text.slice(at + 1)}`;
          const [first, second] = [
            () => checkReceipts(parseDocument(changed), { vkey }).verdict === 'holds',
            () => verifyDocument(parse(changed), vkey).length === 0,
          ];
          const word = (verify: () => boolean) => {
            try {
              return verify();
            } catch {
              return false;
            }
          };
          expect(word(second)).toBe(word(first));
        }),
        { numRuns: 400 },
      );
    });

    it('agrees with the first on changed evidence', async () => {
      const token = honest.answer.evidence[0]!.sd_jwt;
      const first = async (text: string) => (await checkEvidence(text, honest.trust)).verdict === 'holds';
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.constantFrom('A', 'b', '~', '.'), async (at, letter) => {
          const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
          expect(verifyEvidence(changed, keys).length === 0).toBe(await first(changed));
        }),
        { numRuns: 150 },
      );
      const [jws, one, ...others] = token.split('~');
      for (const changed of [`${jws}~`, [jws, ...others].join('~'), [jws, one, one, ...others].join('~'), ''])
        expect(verifyEvidence(changed, keys).length === 0).toBe(await first(changed));
    });

    it('runs by itself, without a build', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'einmal-second-verifier-'));
      const document = join(folder, 'demo.json');
      await writeFile(document, JSON.stringify(demoDocument(honest)));
      const run = (...args: string[]) => execFileSync(process.execPath, [FILE, ...args], { encoding: 'utf8' });
      const directory = await inDirectory(servedLog(300));
      expect(run('log', directory, log.vkey)).toBe('holds\n');
      const keys = join(folder, 'trust.json');
      await writeFile(keys, JSON.stringify(honest.trust));
      for (const [kind, key] of [
        ['receipt', honest.trust.log],
        ['evidence', keys],
      ] as const) {
        expect(run(kind, document, key)).toBe('holds\n');
        expect(run(kind, document, '--own-keys')).toBe('holds\n');
        expect(() => run(kind, document)).toThrow(expect.objectContaining({ status: 2 }));
      }
      expect(() => run('receipt', document, log.vkey)).toThrow(expect.objectContaining({ status: 1 }));
      await Promise.all([folder, directory].map((it) => rm(it, { recursive: true })));
    });
  });
});
