import type { OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { WorkerCatalogueReader } from './catalogue-reader.worker.js';
import { CurrentCatalogue } from './current-catalogue.js';
import { FollowedFolder, LOOK_EVERY_MS, type LoadedFolder } from './follow-folder.js';

/** Lets a process with its own copy of the catalogue follow its folder for as long as it runs. */
export function followCatalogue(
  loaded: LoadedFolder,
  { current, log }: Readonly<{ current: CurrentCatalogue; log: OperationalLog }>,
  opened: Opened,
  demandPlace: (next: CurrentCatalogue) => void,
): void {
  const followed = new FollowedFolder({
    ...{ loaded, reader: new WorkerCatalogueReader(), current, log },
    demandPlace: (next) => demandPlace(new CurrentCatalogue(next)),
    // As if its operator had: it finishes what it is doing.
    end: () => process.kill(process.pid, 'SIGTERM'),
  });
  opened.repeat(LOOK_EVERY_MS, () => followed.look());
}
