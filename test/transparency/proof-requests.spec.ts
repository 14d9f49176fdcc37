import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CqrsModule } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { verifyConsistency, verifyInclusion } from '#libs/merkle/verify.js';
import { LogStore } from '../../src/audit/log-store.js';
import type { ProveConsistencyRequest__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ProveConsistencyRequest.js';
import type { ProveInclusionRequest__Output } from '../../src/platform/rpc-types/einmal/broker/v1/ProveInclusionRequest.js';
import { ProveConsistencyHandler } from '../../src/transparency/prove-consistency.js';
import { ProveInclusionHandler } from '../../src/transparency/prove-inclusion.js';
import { TransparencyRpc } from '../../src/transparency/transparency.rpc.js';
import { anEntry } from '../audit/entries.js';
import { FixedClock, logSigner, MemoryKeyVault } from '../audit/log-keys.js';
import { MemoryLogStore } from '../audit/memory-log-store.js';

const SIZE = 7;

let module: TestingModule;
let rpc: TransparencyRpc;
const store = new MemoryLogStore(logSigner, new MemoryKeyVault(), new FixedClock());
beforeAll(async () => {
  for (let i = 0; i < SIZE; i++) await store.append([anEntry()]);
  module = await Test.createTestingModule({
    imports: [CqrsModule.forRoot()],
    controllers: [TransparencyRpc],
    providers: [{ provide: LogStore, useValue: store }, ProveInclusionHandler, ProveConsistencyHandler],
  }).compile();
  await module.init();
  rpc = module.get(TransparencyRpc);
});
afterAll(() => module.close());

/** 64-bit numbers arrive as text. */
const inclusion = (log_index: string, tree_size?: string) =>
  rpc.proveInclusion({ log_index, ...(tree_size === undefined ? {} : { tree_size }) } as ProveInclusionRequest__Output);
const consistency = (old_size: string, new_size?: string) =>
  rpc.proveConsistency({
    old_size,
    ...(new_size === undefined ? {} : { new_size }),
  } as ProveConsistencyRequest__Output);

const beyond = { name: 'Fault', reason: 'BEYOND_LOG' };
const malformed = (field: string) => ({ name: 'Fault', reason: 'REQUEST_INVALID', violations: [{ field }] });

describe('a request for a proof', () => {
  it('that can be met is answered with one that holds: the control of this table (RFC 6962 § 2.1)', async () => {
    const { leaf_hash, proof = [], root_hash } = await inclusion('2', '5');
    const at = (bytes: unknown) => bytes as Buffer;
    verifyInclusion({ index: 2, size: 5, leafHash: at(leaf_hash), proof: proof.map(at), root: at(root_hash) });
    const { proof: path = [], new_root_hash, new_size } = await consistency('5');
    expect(new_size).toBe(SIZE);
    const [oldRoot, newRoot] = [at(root_hash), at(new_root_hash)];
    verifyConsistency({ oldSize: 5, newSize: SIZE, oldRoot, newRoot, proof: path.map(at) });
  });

  const refused: readonly (readonly [what: string, ask: () => Promise<unknown>, reason: object])[] = [
    ['of an index that the log has not reached', () => inclusion(String(SIZE)), beyond],
    ['of an index that the tree it names has not reached', () => inclusion('5', '5'), beyond],
    ['in a tree that there is not yet', () => inclusion('0', String(SIZE + 1)), beyond],
    ['in a tree of 2^53 − 1 leaves', () => inclusion('0', '9007199254740991'), beyond],
    ['of consistency with a tree that there is not yet', () => consistency('1', String(SIZE + 1)), beyond],
    ['of consistency from a tree that there is not yet', () => consistency(String(SIZE + 1)), beyond],
    ['of consistency from a larger to a smaller tree', () => consistency('6', '5'), beyond],
    ['of an index below zero', () => inclusion('-1'), malformed('log_index')],
    ['of an index that no number can hold', () => inclusion('18446744073709551615'), malformed('log_index')],
    ['in a tree of a size below zero', () => inclusion('0', '-5'), malformed('tree_size')],
    ['of consistency from a size below zero', () => consistency('-1'), malformed('old_size')],
    [
      'of consistency to a size that no number can hold',
      () => consistency('1', '9007199254740992'),
      malformed('new_size'),
    ],
  ];
  it.each(refused)('%s is refused with its reason, and nothing is written', async (_what, ask, reason) => {
    const before = await store.head();
    await expect(ask()).rejects.toMatchObject(reason);
    expect(await store.head()).toEqual(before);
  });
});

describe('a log that lacks a node', () => {
  let read: jest.SpiedFunction<typeof store.readNodes>;
  afterEach(() => read.mockRestore());
  /** As a database answers from which one row is gone: with all others. */
  const lacking = (level: number, index: number) => {
    const readNodes = store.readNodes.bind(store);
    read = jest
      .spyOn(store, 'readNodes')
      .mockImplementation((ids) => readNodes(ids.filter((id) => id.level !== level || id.index !== index)));
  };

  it.each([
    ['an inner node of an inclusion proof', 2, 0, () => inclusion('5')],
    ['the leaf itself', 0, 2, () => inclusion('2')],
    ['a node of the tree that was asked for', 1, 1, () => inclusion('0', '4')],
    ['a node of a consistency proof', 1, 2, () => consistency('4')],
  ])('is at fault itself, and not the caller: %s (docs/operations.md)', async (_what, level, index, ask) => {
    lacking(level, index);
    await expect(ask()).rejects.toMatchObject({ name: 'ProofFault', code: 'NODE_MISSING' });
  });
});
