import { afterEach, describe, expect, it } from '@jest/globals';
import { type FaultSwitch, faultUrl, openFaultSwitch, setFault } from '../../src/demo/fault-switch.js';
import { freePort } from '../../src/demo/free-port.js';

const MODES = ['none', 'hang', 'slow'] as const;
type Mode = (typeof MODES)[number];

describe('the admin port of a simulator', () => {
  let faults: FaultSwitch<Mode>;
  let port: number;
  afterEach(() => faults.close());

  const open = async () => {
    port = await freePort();
    faults = await openFaultSwitch<Mode>(port, MODES, 'none');
  };
  const put = async (body: string) =>
    (await fetch(faultUrl(port), { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status;

  it('says how it misbehaves, which is not at all at first, and in which ways it could', async () => {
    await open();
    expect(await (await fetch(faultUrl(port))).json()).toEqual({ mode: 'none', delay_ms: 0, share: 1, modes: MODES });
    expect(faults.now()).toEqual({ mode: 'none', delayMs: 0 });
  });

  it('is told, and each request from then on meets it', async () => {
    await open();
    await setFault(port, { mode: 'slow', delay_ms: 200 });
    expect(faults.now()).toEqual({ mode: 'slow', delayMs: 200 });
    await setFault(port, { mode: 'none' });
    expect(faults.now()).toEqual({ mode: 'none', delayMs: 0 });
  });

  it('lets a fault fall on a share of the requests', async () => {
    await open();
    await setFault(port, { mode: 'hang', share: 0.5 });
    const met = Array.from({ length: 1000 }, () => faults.now().mode);
    const share = met.filter((mode) => mode === 'hang').length / met.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    await setFault(port, { mode: 'hang', share: 0 });
    expect(faults.now().mode).toBe('none');
  });

  it.each([
    '{"mode": "unheard-of"}',
    '{}',
    '{"mode": "hang", "share": 2}',
    '{"mode": "slow", "delay_ms": -1}',
    '{"mode": "slow", "delay_ms": "100"}',
    '{"mode": "hang", "more": 1}',
    'hang',
  ])('refuses %s, and goes on as before', async (body) => {
    await open();
    await setFault(port, { mode: 'slow', delay_ms: 200 });
    expect(await put(body)).toBe(400);
    expect(faults.now()).toEqual({ mode: 'slow', delayMs: 200 });
  });
});
