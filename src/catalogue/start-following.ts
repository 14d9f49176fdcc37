import { setTimeout as sleep } from 'node:timers/promises';
import { whole } from '../platform/config.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { WorkerCatalogueReader } from './catalogue-reader.worker.js';
import { CurrentCatalogue } from './current-catalogue.js';
import { FollowedFolder, LOOK_EVERY_MS, type LoadedFolder } from './follow-folder.js';

export const followingSettings = {
  catalogueSpreadSeconds: whole('EINMAL_CATALOGUE_SPREAD_SECONDS', { min: 0, max: 20, fallback: 10 }),
} as const;

/** Lets a process with its own copy of the catalogue follow its folder for as long as it runs. */
export function followCatalogue(
  loaded: LoadedFolder,
  { current, log, spreadSeconds }: Readonly<{ current: CurrentCatalogue; log: OperationalLog; spreadSeconds: number }>,
  opened: Opened,
  demandPlace: (next: CurrentCatalogue) => void,
): void {
  const followed = new FollowedFolder({
    ...{ loaded, reader: new WorkerCatalogueReader(), current, log },
    ownMoment: () => sleep(Math.random() * spreadSeconds * 1000, undefined, { ref: false }),
    demandPlace: (next) => demandPlace(new CurrentCatalogue(next)),
    // As if its operator had: it finishes what it is doing.
    end: () => process.kill(process.pid, 'SIGTERM'),
  });
  opened.repeatApart(LOOK_EVERY_MS, () => followed.look());
}
