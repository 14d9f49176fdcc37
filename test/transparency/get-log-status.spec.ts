import { beforeEach, describe, expect, it } from '@jest/globals';
import { GetLogStatusHandler } from '../../src/transparency/get-log-status.js';
import { LogKey } from '../../src/transparency/log-key.js';
import { logStatusToJson, logStatusToWire } from '../../src/transparency/log-status.wire.js';
import { LogWitnesses } from '../../src/transparency/log-witnesses.js';
import { logSigner } from '../audit/log-keys.js';
import type { MemoryLogStore } from '../audit/memory-log-store.js';
import type { DeskWitness } from '../witnesses/desk-witness.js';
import { aLog, aNode, grow, INTERVAL_MS, SharedStores, someWitnesses, type WitnessedNode } from '../witnesses/world.js';

let log: MemoryLogStore;
let witnesses: DeskWitness[];
let stores: SharedStores;
let node: WitnessedNode;
beforeEach(async () => {
  log = aLog();
  await grow(log, 5);
  witnesses = someWitnesses();
  stores = new SharedStores();
  node = aNode(log, witnesses, stores);
});

const status = () =>
  new GetLogStatusHandler(
    log,
    new LogKey(logSigner.vkey),
    new LogWitnesses(
      witnesses.map((it) => it.participant),
      () => '',
      INTERVAL_MS,
    ),
    stores.cosignatures,
    node.witnessed,
    node.dispute,
  ).execute();
const states = async () => (await status()).witnesses.map((it) => it.state);

describe('the status of the log', () => {
  it('tells of each witness what it cosigned last, how much came since, and when', async () => {
    expect((await status()).witnesses).toEqual(
      witnesses.map(({ participant }) => ({
        witness: participant,
        state: 'BEHIND',
        cosignedSize: 0,
        lag: 5,
        cosignedAtMs: undefined,
        answeredAtMs: undefined,
      })),
    );
    await node.round();
    await grow(log, 2);
    const at = stores.cosignatures.ms;
    expect(await status()).toMatchObject({
      origin: logSigner.name,
      treeSize: 7,
      witnessedSize: 5,
      quorum: 2,
      isStopped: false,
      disputes: [],
    });
    expect((await status()).witnesses[0]).toEqual({
      witness: 'witness-21',
      state: 'AGREED',
      cosignedSize: 5,
      lag: 2,
      cosignedAtMs: at,
      answeredAtMs: at,
    });
  });

  it('calls a witness behind that misses three rounds while the log grows, and not one over a log that rests', async () => {
    await node.round();
    stores.cosignatures.ms += 4 * INTERVAL_MS;
    expect(await states()).toEqual(['AGREED', 'AGREED', 'AGREED']);
    await grow(log, 1);
    expect(await states()).toEqual(['BEHIND', 'BEHIND', 'BEHIND']);
  });

  it('tells who does not answer, and who answers what cannot be used', async () => {
    witnesses[0]!.isDown = true;
    witnesses[1]!.lie = () => ({ kind: 'unusable' });
    await node.round();
    expect(await states()).toEqual(['UNREACHABLE', 'INVALID', 'AGREED']);
  });

  it('says so for good when a witness reports that the log is not the one that it saw', async () => {
    witnesses[0]!.lie = () => ({ kind: 'contradicted' });
    await node.round();
    witnesses[0]!.lie = undefined;
    await node.round();
    expect(await states()).toEqual(['INCONSISTENT', 'AGREED', 'AGREED']);
    const found = await status();
    expect(found).toMatchObject({ isStopped: true, disputes: [{ kind: 'CONTRADICTED', incidentIndex: 5 }] });
    expect(logStatusToWire(found)).toMatchObject({
      stopped: true,
      witnesses: [{ witness: 'witness-21', state: 'WITNESS_STATE_INCONSISTENT' }, {}, {}],
      disputes: [{ kind: 'LOG_DISPUTE_KIND_CONTRADICTED', proven: false, log_index: 5 }],
    });
    expect(logStatusToJson(found)).toMatchObject({
      stopped: true,
      witnesses: [{ witness: 'witness-21', state: 'INCONSISTENT' }, {}, {}],
      disputes: [{ kind: 'CONTRADICTED', proven: false, log_index: 5 }],
    });
  });
});
