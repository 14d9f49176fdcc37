import { createServer } from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import { ConfigFault } from '../../src/platform/config.js';
import { listenOn } from '../../src/platform/listen.js';
import { withOpened } from '../../src/platform/run-process.js';

describe('a start that fails half-way', () => {
  it('closes all that was opened, the last first, and says why it failed', async () => {
    const closed: string[] = [];
    const start = withOpened(async (opened) => {
      for (const name of ['pool', 'peers', 'server'])
        opened.onClose(async () => {
          closed.push(name);
          if (name === 'peers') throw new Error('closing failed');
        });
      throw new ConfigFault(['the reason']);
    });
    await expect(start).rejects.toMatchObject({ faults: ['the reason'] });
    expect(closed).toEqual(['server', 'peers', 'pool']);
  });
});

describe('a process that was started', () => {
  it('closes the same at its end, once, and tells of what could not be closed', async () => {
    const closed: string[] = [];
    const running = await withOpened(async (opened) => {
      opened.onClose(() => closed.push('pool'));
      opened.onClose(() => Promise.reject(new Error('closing failed')));
    });
    expect(closed).toEqual([]);
    await expect(running.stop()).rejects.toThrow('closing failed');
    await running.stop();
    expect(closed).toEqual(['pool']);
  });
});

describe('what a process does again and again', () => {
  it('ends with it', async () => {
    jest.useFakeTimers();
    try {
      let done = 0;
      const running = await withOpened(async (opened) => opened.repeat(1000, () => done++));
      jest.advanceTimersByTime(3000);
      await running.stop();
      jest.advanceTimersByTime(3000);
      expect(done).toBe(3);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('an address that cannot be had', () => {
  const listening = (host: string, port: number) => {
    const server = createServer();
    return new Promise<typeof server>((resolve, reject) => {
      server.once('error', reject).listen(port, host, () => resolve(server));
    });
  };

  it('is a fault of the configuration and names the setting', async () => {
    const server = await listening('127.0.0.1', 0);
    const { port } = server.address() as { port: number };
    try {
      await expect(listenOn('EINMAL_X_PORT', '127.0.0.1', port, () => listening('127.0.0.1', port))).rejects.toEqual(
        new ConfigFault([`EINMAL_X_PORT: cannot listen on 127.0.0.1:${port}`]),
      );
    } finally {
      server.close();
    }
  });

  it('is not blamed for anything else that fails', async () => {
    const fault = new Error('a module is missing');
    await expect(listenOn('EINMAL_X_PORT', '127.0.0.1', 1, () => Promise.reject(fault))).rejects.toBe(fault);
  });
});
