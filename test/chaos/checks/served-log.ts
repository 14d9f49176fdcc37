import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:https';
import type { Read } from '../../verifier/second-verifier.js';

/** Reads a log below an https prefix, trusting this authority alone. */
export async function servedLog(prefix: string, caFile: string): Promise<Read> {
  const agent = new Agent({ ca: await readFile(caFile), keepAlive: true, maxSockets: 4 });
  return (path) =>
    new Promise((resolve, reject) => {
      get(`${prefix}/${path}`, { agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(Buffer.concat(chunks));
          else if (answer.statusCode === 404) resolve(undefined);
          else reject(new Error(`${path} was answered with status ${answer.statusCode}`));
        });
      }).on('error', reject);
    });
}
