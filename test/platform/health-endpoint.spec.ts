import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../src/demo/free-port.js';
import { openHealthEndpoint } from '../../src/platform/health-endpoint.js';
import { Opened } from '../../src/platform/run-process.js';

let opened = new Opened();
afterEach(async () => {
  await opened.close();
  opened = new Opened();
});

async function open(isServing: () => boolean): Promise<(path: string, method?: string) => Promise<Response>> {
  const port = await freePort();
  await openHealthEndpoint({ healthHost: 'localhost', healthPort: port }, isServing, opened);
  return (path, method = 'GET') => fetch(`http://localhost:${port}${path}`, { method });
}

describe('health over plain HTTP', () => {
  it('says that a process lives, and whether it takes calls', async () => {
    let isServing = false;
    const ask = await open(() => isServing);
    expect([(await ask('/livez')).status, (await ask('/readyz')).status]).toEqual([200, 503]);
    isServing = true;
    expect([(await ask('/livez')).status, (await ask('/readyz')).status]).toEqual([200, 200]);
  });

  it('says nothing else, to nobody: no body, no other path, no other method', async () => {
    const ask = await open(() => true);
    expect(await (await ask('/readyz')).text()).toBe('');
    for (const [path, method] of [
      ['/', 'GET'],
      ['/readyz?x=1', 'GET'],
      ['/readyz', 'POST'],
      ['/metrics', 'GET'],
    ] as const)
      expect((await ask(path, method)).status).toBe(404);
    const headers = [...(await ask('/livez')).headers.keys()];
    expect(headers.filter((it) => /server|powered|version/i.test(it))).toEqual([]);
  });

  it('is not there where no port is named', async () => {
    await openHealthEndpoint({ healthHost: 'localhost', healthPort: 0 }, () => true, opened);
    await expect(opened.close()).resolves.toBeUndefined();
  });

  it('names the setting where its port is taken', async () => {
    const port = await freePort();
    const occupant = createServer().listen(port, 'localhost');
    await once(occupant, 'listening');
    await expect(openHealthEndpoint({ healthHost: 'localhost', healthPort: port }, () => true, opened)).rejects.toThrow(
      `EINMAL_HEALTH_PORT: cannot listen on localhost:${port}`,
    );
    occupant.close();
    opened = new Opened();
  });
});
