import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCheckpoint } from '#libs/tlog/checkpoint.js';
import { parsePolicy } from '#libs/tlog/policy.js';
import { parseNote } from '#libs/tlog/signed-note.js';
import type { FetchResource } from '#libs/tlog/tile-reader.js';
import type { Receipt } from '../verify/answer.js';
import { checkLog } from '../verify/check-log.js';
import { logSource } from '../verify/log-source.js';
import type { Report } from '../verify/report.js';
import type { RunningSystem } from './supervisor.js';

const PATIENCE_MS = 20_000;

/** Verifies the whole log as anybody does, once a majority of the witnesses has cosigned what the receipt is about. */
export async function verifyWitnessedLog(
  { endpoints, pki, policy }: Pick<RunningSystem, 'endpoints' | 'pki' | 'policy'>,
  receipt: Receipt,
): Promise<Report> {
  const source = logSource(`${endpoints.http}/log/witnessed`, await readFile(pki.caFile, 'utf8'));
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100))
    if ((await sizeOf(source)) >= receipt.tree_size) break;
  return checkLog({ source, trust: { policy: parsePolicy(policy) }, oldCheckpoint: receipt.checkpoint });
}

async function sizeOf(source: FetchResource): Promise<number> {
  const note = await source('checkpoint');
  return note === undefined ? 0 : parseCheckpoint(parseNote(Buffer.from(note).toString('utf8')).text).size;
}
