import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { signCheckpoint } from '#libs/tlog/checkpoint.js';
import { signer } from '../libs/tlog/keys.js';
import { type ServedLog, serve } from '../libs/tlog/served-log.js';

export const log = signer(1, 'einmal.example/log');

/** Leaves as the log has them: version byte and a commitment, here to nothing. */
export function leaves(n: number): Buffer[] {
  return Array.from({ length: n }, (_, i) =>
    Buffer.concat([Buffer.of(1), createHash('sha256').update(`synthetic ${i}`).digest()]),
  );
}

/** What a log of so many leaves serves, with its checkpoint. */
export function servedLog(size: number): ServedLog {
  const served = serve(leaves(size));
  served.files.set('checkpoint', Buffer.from(signCheckpoint({ origin: log.name, size, root: served.root }, [log])));
  return served;
}

export async function inDirectory({ files }: ServedLog): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'einmal-verify-'));
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), bytes);
  }
  return directory;
}
