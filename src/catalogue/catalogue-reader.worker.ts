import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Slices } from '../platform/slices.js';
import type { Catalogue, Endpoint } from './catalogue.js';
import { CatalogueFault } from './catalogue-fault.js';
import { CatalogueReader } from './catalogue-reader.js';
import { deepFreeze, type VersionFiles } from './load-catalogue.js';
import { StringPool } from './string-pool.js';
import type { Piece, ToRead } from './worker-messages.js';

/** A file made to fill the memory ends its thread, and nothing else. */
const MEMORY_MB = 1024;
const LONGEST_MS = 60_000;

/** Reads on a thread of its own; what comes back is taken over piece by piece, between the answers that others wait for. */
export class WorkerCatalogueReader extends CatalogueReader {
  override version(files: VersionFiles, endpoints: readonly Endpoint[], nowMs?: number): Promise<Catalogue> {
    return this.read({ files: [...files], endpoints, ...(nowMs === undefined ? {} : { nowMs }) });
  }

  override folder(folder: string): Promise<Catalogue> {
    return this.read({ folder });
  }

  private async read(workerData: ToRead): Promise<Catalogue> {
    const worker = new Worker(new URL('./reading-worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const late = setTimeout(() => void worker.terminate(), LONGEST_MS);
    try {
      return await takeOver(worker);
    } finally {
      clearTimeout(late);
      await worker.terminate();
    }
  }
}

async function takeOver(worker: Worker): Promise<Catalogue> {
  const ended = new AbortController();
  worker.once('exit', () => ended.abort(new Error('reading the catalogue has taken too much time or memory')));
  const [slices, pool] = [new Slices(), new StringPool()];
  const lists: Record<string, unknown[]> = {};
  let settings: unknown;
  for (;;) {
    worker.postMessage('next');
    const [piece]: Piece[] = await once(worker, 'message', { signal: ended.signal });
    switch (piece?.kind) {
      case undefined:
        throw new TypeError('the thread has nothing more to say');
      case 'faults':
        throw new CatalogueFault(piece.faults);
      case 'settings':
        settings = deepFreeze(piece.settings);
        break;
      case 'entries': {
        lists[piece.section] ??= [];
        for (const entry of piece.entries) {
          lists[piece.section]?.push(deepFreeze(pool.pooled(entry)));
          await slices.rest();
        }
        break;
      }
      case 'end': {
        for (const list of Object.values(lists)) Object.freeze(list);
        // The thread has read and checked exactly this.
        return Object.freeze({ version: piece.version, settings, ...lists }) as unknown as Catalogue;
      }
    }
  }
}
