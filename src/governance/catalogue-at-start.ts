import type { Catalogue, Endpoint } from '../catalogue/catalogue.js';
import { loadCatalogue, readVersion, type VersionFiles, versionFilesOf } from '../catalogue/load-catalogue.js';
import type { OperationalLog } from '../platform/operational-log.js';
import { StartFault } from '../platform/run-process.js';
import { type Activation, CatalogueHistory } from './catalogue-history.js';

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
  const files = await history.filesOf(inForce.version);
  if (files === undefined) throw new StartFault('the files of the catalogue in force are not in the database');
  log.warn(
    { files: read.version.slice(0, 12), inForce: inForce.version.slice(0, 12) },
    'the files differ from the catalogue in force, which counts',
  );
  return { catalogue: readVersion(files, endpoints), inForce, first, endpoints };
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
