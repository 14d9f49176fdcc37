import type { NodeIdentity } from '../access/node-identity.js';
import type { Catalogue, Endpoint } from '../catalogue/catalogue.js';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import type { CurrentCatalogue } from '../catalogue/current-catalogue.js';
import { loadCatalogue, readVersion, type VersionFiles, versionFilesOf } from '../catalogue/load-catalogue.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { StartFault } from '../platform/run-process.js';
import { type Activation, CatalogueHistory } from './catalogue-history.js';
import { ownPlaceFaults } from './own-place.js';

/** `first`: what the history begins with, if it has not begun. */
export type AtStart = Readonly<{
  catalogue: Catalogue;
  inForce: Activation | undefined;
  first: VersionFiles;
  /** As the files say it. */
  endpoints: readonly Endpoint[];
}>;

/**
 * The catalogue that a node starts with: the version in force for its database. Files are what the history begins with, and
 * afterwards say where others are reached, no more. @throws CatalogueFault
 */
export async function catalogueAtStart(
  folder: string,
  history: CatalogueHistory,
  log: OperationalLog,
): Promise<AtStart> {
  const read = loadCatalogue({ folder });
  const { endpoints } = read;
  const first = versionFilesOf(folder);
  const inForce = await history.inForce();
  if (inForce === undefined || inForce.version === read.version) return { catalogue: read, inForce, first, endpoints };
  const files = await keptFiles(history, inForce.version);
  log.warn(
    { files: read.version.slice(0, 12), inForce: inForce.version.slice(0, 12) },
    'the files differ from the catalogue in force, which counts',
  );
  return { catalogue: readVersion(files, endpoints), inForce, first, endpoints };
}

/** What is in force now: another version may be since the files were read. From here on `current` is that one. @throws CatalogueFault */
export async function inForceNow(
  current: CurrentCatalogue,
  history: CatalogueHistory,
  node: NodeIdentity,
  endpoints: readonly Endpoint[],
): Promise<Catalogue> {
  const inForce = await history.inForce();
  if (inForce === undefined || inForce.version === current.catalogue.version) return current.catalogue;
  const next = readVersion(await keptFiles(history, inForce.version), endpoints);
  const faults = ownPlaceFaults(next, node);
  if (faults.length > 0) throw new CatalogueFault(faults);
  await current.replace(next);
  return next;
}

async function keptFiles(history: CatalogueHistory, version: string): Promise<VersionFiles> {
  const files = await history.filesOf(version);
  if (files === undefined) throw new StartFault('the files of the catalogue in force are not in the database');
  return files;
}

/** Begins the history, once, with what the node has just written down. @returns what is in force then */
export function beginHistory({ catalogue, first }: AtStart, history: CatalogueHistory): Promise<Activation> {
  return history.exclusively(async (open) => {
    const inForce = await open.inForce();
    if (inForce !== undefined) return inForce;
    if (readVersion(first, []).version !== catalogue.version)
      throw new StartFault('the files of the catalogue were changed during the start');
    await open.keep(catalogue.version, first);
    return open.activate(catalogue.version);
  });
}
