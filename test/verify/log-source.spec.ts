import { rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLog } from '../../src/verify/check-log.js';
import { logSource } from '../../src/verify/log-source.js';
import { inDirectory, log, servedLog } from './log-directory.js';

const served = servedLog(600);
const fault = (message: string) =>
  expect.objectContaining({ name: 'SourceFault', message: expect.stringContaining(message) });

describe('where a log is read from (C2SP tlog-tiles, APIs)', () => {
  let server: Server;
  let answer: RequestListener;
  let prefix: string;
  let folder: string;

  const fromFiles: RequestListener = (request, response) => {
    const bytes = served.files.get(decodeURIComponent(request.url ?? '').replace('/log/', ''));
    response.statusCode = bytes === undefined ? 404 : 200;
    response.end(bytes);
  };

  beforeAll(async () => {
    folder = await inDirectory(served);
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    prefix = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
  });
  afterEach(() => server.closeAllConnections());
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await new Promise((resolve) => server.close(resolve));
  });

  it('reads the same log from a directory and from a prefix with or without a slash', async () => {
    answer = fromFiles;
    const trust = { vkey: log.vkey };
    for (const place of [folder, prefix, `${prefix}/`])
      expect((await checkLog({ source: logSource(place), trust })).verdict).toBe('holds');
  });

  it('tells what is not there from what cannot be asked for', async () => {
    answer = fromFiles;
    const [directory, source] = [logSource(folder), logSource(prefix)];
    for (const it of [directory, source]) expect(await it('tile/7/000')).toBeUndefined();
    await expect(directory('tile/0')).rejects.toThrow(fault('EISDIR'));
    for (const status of [301, 403, 500, 503]) {
      answer = (_, response) => response.writeHead(status, { location: '/elsewhere' }).end();
      await expect(source('checkpoint')).rejects.toThrow(fault('checkpoint'));
    }
    await expect(logSource('http://127.0.0.1:1/')('checkpoint')).rejects.toThrow(fault('ECONNREFUSED'));
  });

  it('asks again after a passing failure', async () => {
    let asked = 0;
    answer = (request, response) => {
      asked += 1;
      if (asked === 1) request.socket.destroy();
      else if (asked === 2) response.writeHead(503).end();
      else fromFiles(request, response);
    };
    expect(await logSource(prefix)('checkpoint')).toEqual(served.files.get('checkpoint'));
    expect(asked).toBe(3);
  });

  it('takes gzip without being asked, and no bomb in it (C2SP tlog-tiles, Log entries)', async () => {
    const bytes = served.files.get('tile/entries/000')!;
    const send = (body: Buffer) => {
      answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
    };
    const source = logSource(prefix);
    send(gzipSync(bytes));
    expect(await source('tile/entries/000')).toEqual(bytes);
    send(gzipSync(Buffer.alloc(20_000_000)));
    await expect(source('tile/entries/000')).rejects.toThrow(fault('gzip'));
    send(bytes);
    await expect(source('tile/entries/000')).rejects.toThrow(fault('gzip'));
  });

  it('does not read without end', async () => {
    answer = (_, response) => {
      const more = () => response.writable && response.write(Buffer.alloc(1_000_000), more);
      more();
    };
    await expect(logSource(prefix)('tile/entries/000')).rejects.toThrow(fault('larger than anything'));
  });
});
