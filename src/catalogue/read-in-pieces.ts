import { parentPort, workerData } from 'node:worker_threads';
import { Pauses } from '../platform/pauses.js';
import type { Catalogue } from './catalogue.js';
import { CatalogueFault } from './catalogue-fault.js';
import { loadCatalogue, readVersion } from './load-catalogue.js';
import type { SectionName } from './sections.js';
import type { Piece, ToRead } from './worker-messages.js';

/** So that taking one over costs a fraction of a millisecond. */
const ENTRIES_AT_ONCE = 100;

// On a thread of its own: `reading-worker.ts`, started by `catalogue-reader.worker.ts`.
const pieces = piecesOf(workerData as ToRead);
parentPort?.on('message', () => parentPort?.postMessage(pieces.next().value));

function* piecesOf(wish: ToRead): Generator<Piece> {
  let read: Catalogue;
  const pause = new Pauses().take;
  try {
    read =
      'folder' in wish
        ? loadCatalogue({ folder: wish.folder, pause })
        : readVersion(new Map(wish.files.map(([name, bytes]) => [name, Buffer.from(bytes)])), wish.endpoints, {
            ...(wish.nowMs === undefined ? {} : { nowMs: wish.nowMs }),
            pause,
          });
  } catch (error) {
    if (!(error instanceof CatalogueFault)) throw error;
    yield { kind: 'faults', faults: error.faults };
    return;
  }
  const { version, settings, ...lists } = read;
  yield { kind: 'settings', settings };
  for (const [section, entries = []] of Object.entries(lists))
    for (let at = 0; at === 0 || at < entries.length; at += ENTRIES_AT_ONCE)
      // Both come from the same catalogue, whose lists these are.
      yield {
        kind: 'entries',
        section: section as Exclude<SectionName, 'settings'>,
        entries: entries.slice(at, at + ENTRIES_AT_ONCE),
      };
  yield { kind: 'end', version };
}
