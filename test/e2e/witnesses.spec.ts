import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO_REGISTERS } from '../../src/demo/demo-databases.js';
import type { GetLogStatusResponse__Output } from '../../src/platform/rpc-types/einmal/broker/v1/GetLogStatusResponse.js';
import { type Consumer, consumer } from '../support/e2e-consumer.js';
import { logSize } from '../support/e2e-log.js';
import { e2eSystem } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';

let familienkasse: Consumer;
beforeAll(async () => {
  familienkasse = await consumer('familienkasse-online');
});
afterAll(() => familienkasse.close());

const status = () => familienkasse.call<GetLogStatusResponse__Output>('TransparencyService/GetLogStatus', {});

describe('register edges as witnesses of the log (C2SP tlog-witness)', () => {
  it('vouch for the newest checkpoint, and the node tells every participant who does', async () => {
    const found = await eventually(status, (it) => it.witnessed_size === it.tree_size);
    expect(found).toMatchObject({
      origin: e2eSystem().trust.log.split('+')[0],
      quorum: Math.floor(DEMO_REGISTERS.length / 2) + 1,
      stopped: false,
    });
    expect(found.disputes ?? []).toEqual([]);
    const states = new Map(found.witnesses?.map(({ witness, state }) => [witness, state]));
    expect(states).toEqual(new Map(DEMO_REGISTERS.map(({ id }) => [id, 'WITNESS_STATE_AGREED'])));
    for (const { answered_time, cosigned_time } of found.witnesses ?? [])
      expect([answered_time, cosigned_time]).toEqual([expect.any(Object), expect.any(Object)]);
  }, 60_000);

  it('let anybody verify the whole log by a policy, on the command line (C2SP tlog-policy)', async () => {
    const size = await logSize();
    await eventually(status, (it) => Number(it.witnessed_size) >= size);
    const { endpoints, policyFile, authority } = e2eSystem();
    const { status: code, stdout } = spawnSync(
      process.execPath,
      [
        ...['dist/src/cli/main.js', 'verify', 'log', `${endpoints.http}/log/witnessed`],
        ...['--policy', policyFile, '--ca', `${authority}/ca.pem`],
      ],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('✔ the witnesses that the policy asks for cosigned it: ');
    expect(code).toBe(0);
  }, 60_000);
});
