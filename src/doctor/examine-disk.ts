import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Diagnosis, failure, ok, warning } from './diagnosis.js';

const MIB = 1024 * 1024;
const FREE_MIB = { warn: 1024, fail: 100 };
const FREE_SHARE = 0.05;

/** Room for what the process itself writes: epoch keys, the checkpoint. */
export function examineDisk(name: string, folder: string): readonly Diagnosis[] {
  const what = `disk of ${name}`;
  const { bavail, blocks, bsize } = statfsSync(folder);
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const detail = `${freeMib} MiB free`;
  const todo = 'make room: a node that cannot keep its checkpoint appends nothing';
  if (freeMib < FREE_MIB.fail) return [failure(what, detail, todo)];
  const isScarce = freeMib < FREE_MIB.warn || bavail < blocks * FREE_SHARE;
  return [isScarce ? warning(what, detail, todo) : ok(what, detail)];
}

/** Whether the checkpoint can be kept where it is configured. */
export function examineCheckpointFolder(file: string): readonly Diagnosis[] {
  const folder = dirname(file);
  const what = 'folder of the checkpoint';
  if (!existsSync(folder)) return [failure(what, 'there is none', 'make it, on another disk than the database')];
  accessSync(folder, constants.W_OK);
  return [ok(what), ...examineDisk('the checkpoint', folder)];
}
