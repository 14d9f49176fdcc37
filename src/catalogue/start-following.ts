import { setTimeout as sleep } from 'node:timers/promises';
import { whole } from '../platform/config.js';
import type { OperationalLog } from '../platform/operational-log.js';
import type { Opened } from '../platform/run-process.js';
import { ChangesCatalogueReader } from './catalogue-reader.changes.js';
import { WorkerCatalogueReader } from './catalogue-reader.worker.js';
import { CurrentCatalogue } from './current-catalogue.js';
import { FollowedFolder, type LoadedFolder } from './follow-folder.js';

/** Two looks, the spread and the time to read it are how long a changed file takes to count: below a minute (design 5). */
export const followingSettings = {
  catalogueLookSeconds: whole('EINMAL_CATALOGUE_LOOK_SECONDS', { min: 1, max: 10, fallback: 5 }),
  catalogueSpreadSeconds: whole('EINMAL_CATALOGUE_SPREAD_SECONDS', { min: 0, max: 20, fallback: 20 }),
} as const;

type Following = Readonly<{
  current: CurrentCatalogue;
  log: OperationalLog;
  settings: Readonly<Record<keyof typeof followingSettings, number>>;
}>;

/** Lets a process with its own copy of the catalogue follow its folder for as long as it runs. */
export function followCatalogue(
  loaded: LoadedFolder,
  { current, log, settings }: Following,
  opened: Opened,
  demandPlace: (next: CurrentCatalogue) => void,
): void {
  const followed = new FollowedFolder({
    ...{ loaded, reader: new ChangesCatalogueReader(current, new WorkerCatalogueReader()), current, log },
    ownMoment: () => sleep(Math.random() * settings.catalogueSpreadSeconds * 1000, undefined, { ref: false }),
    demandPlace: (next) => demandPlace(new CurrentCatalogue(next)),
    // As if its operator had: it finishes what it is doing.
    end: () => process.kill(process.pid, 'SIGTERM'),
  });
  opened.repeatApart(settings.catalogueLookSeconds * 1000, () => followed.look());
}
