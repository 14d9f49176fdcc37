import type { OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { WorkerCatalogueReader } from './catalogue-reader.worker.js';
import { CurrentCatalogue } from './current-catalogue.js';
import { FollowedFolder, LOOK_EVERY_MS } from './follow-folder.js';

/** Lets a process with its own copy of the catalogue follow its folder for as long as it runs. */
export async function followCatalogue(
  folder: string,
  { current, log }: Readonly<{ current: CurrentCatalogue; log: OperationalLog }>,
  opened: Opened,
  demandPlace: (next: CurrentCatalogue) => void,
): Promise<void> {
  const followed = new FollowedFolder({
    ...{ folder, reader: new WorkerCatalogueReader(), current, log },
    demandPlace: (next) => demandPlace(new CurrentCatalogue(next)),
    // As if its operator had: it finishes what it is doing.
    end: () => process.kill(process.pid, 'SIGTERM'),
  });
  await followed.begin();
  opened.repeat(LOOK_EVERY_MS, () => followed.look());
}
