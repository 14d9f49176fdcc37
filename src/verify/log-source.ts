import { readFile, stat } from 'node:fs/promises';
import { type ClientRequest, Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BUNDLE_MAX_BYTES } from '#libs/tlog/entry-bundle.js';
import type { FetchResource } from '#libs/tlog/tile-reader.js';

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;

/** A log that cannot be read: says nothing about whether it holds. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
}

/** Reads a log below an http(s) prefix or a directory (C2SP tlog-tiles, APIs). `ca` is a PEM bundle that replaces the public ones. */
export function logSource(place: string, ca?: string): FetchResource {
  return /^https?:\/\//.test(place) ? prefixSource(new URL(place), ca) : directorySource(place);
}

function directorySource(directory: string): FetchResource {
  return async (path) => {
    const file = join(directory, path);
    try {
      const { size } = await stat(file);
      if (size > BUNDLE_MAX_BYTES) throw new SourceFault(`${path} is larger than anything a log serves`);
      return await readFile(file);
    } catch (error) {
      if (error instanceof SourceFault) throw error;
      const code = codeOf(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw new SourceFault(`${path} cannot be read (${code})`);
    }
  };
}

function prefixSource(prefix: URL, ca: string | undefined): FetchResource {
  const base = prefix.href.endsWith('/') ? prefix.href : `${prefix.href}/`;
  // As few connections as a browser opens: simple servers drop what comes beyond a handful at once.
  const options = { keepAlive: true, maxSockets: 6 };
  const send: Send =
    prefix.protocol === 'https:'
      ? tlsRequest(new HttpsAgent({ ...options, minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) }))
      : plainRequest(new HttpAgent(options));
  return async (path) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await fetchOnce(new URL(path, base), send);
      } catch (error) {
        if (error instanceof SourceFault) throw error;
        const code = codeOf(error) ?? (error instanceof Error ? error.message : '');
        if (attempt === ATTEMPTS) throw new SourceFault(`${path} cannot be fetched (${code})`);
      }
    }
  };
}

type Send = (url: URL, options: Readonly<{ headers: Record<string, string>; timeout: number }>) => ClientRequest;

const tlsRequest =
  (agent: HttpsAgent): Send =>
  (url, options) =>
    requestHttps(url, { ...options, agent });

const plainRequest =
  (agent: HttpAgent): Send =>
  (url, options) =>
    requestHttp(url, { ...options, agent });

function fetchOnce(url: URL, send: Send): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const request = send(url, { headers: { 'accept-encoding': 'gzip, identity' }, timeout: TIMEOUT_MS });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        response.resume();
        if (status === 404 || status === 410) return resolve(undefined);
        const fault = `${url.pathname} was answered with status ${status}`;
        // What a server cannot do now it may do at the next attempt; what it refuses stays refused.
        return reject(status >= 500 ? new Error(fault) : new SourceFault(fault));
      }
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > BUNDLE_MAX_BYTES)
          request.destroy(new SourceFault(`${url.pathname} is larger than anything a log serves`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          const body = Buffer.concat(chunks);
          const isGzip = response.headers['content-encoding'] === 'gzip';
          resolve(isGzip ? gunzipSync(body, { maxOutputLength: BUNDLE_MAX_BYTES }) : body);
        } catch {
          reject(new SourceFault(`${url.pathname} is not the gzip that it says it is`));
        }
      });
    });
    request.end();
  });
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
