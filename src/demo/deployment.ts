import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Administrator, Agreement, Endpoint, ParticipantKeys } from '../catalogue/catalogue.js';
import { versionFilesOf } from '../catalogue/load-catalogue.js';
import { packageRoot } from '../platform/paths.js';

type Deployment = Readonly<{
  keys: readonly ParticipantKeys[];
  endpoints: readonly Endpoint[];
  administrators?: readonly Administrator[];
  agreements?: readonly Agreement[];
}>;

/** Copies a catalogue, that of the package if no other is given, beside the keys and addresses of this deployment: what every process is given. */
export async function writeCatalogue(
  folder: string,
  deployment: Deployment,
  from = join(packageRoot, 'catalogue'),
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(from, folder, { recursive: true });
  await writeFile(join(folder, 'keys.yaml'), stringify({ keys: deployment.keys }));
  const { administrators = [], agreements = [] } = deployment;
  await writeFile(join(folder, 'agreements.yaml'), stringify({ agreements }, { aliasDuplicateObjects: false }));
  await writeFile(join(folder, 'administrators.yaml'), stringify({ administrators }));
  await writeFile(join(folder, 'endpoints.yaml'), stringify({ endpoints: deployment.endpoints }));
}

/**
 * The same for a folder that lives on: what is in force there was decided by two persons of its own, and a restart takes nothing
 * back. Addresses are new each time. @returns whether another catalogue stays in it
 */
export async function keepCatalogue(folder: string, deployment: Deployment): Promise<boolean> {
  if (!existsSync(join(folder, 'agreements.yaml'))) {
    await writeCatalogue(folder, deployment);
    return false;
  }
  await writeFile(join(folder, 'endpoints.yaml'), stringify({ endpoints: deployment.endpoints }));
  const made = await mkdtemp(join(tmpdir(), 'einmal-catalogue-'));
  try {
    await writeCatalogue(made, deployment);
    const [kept, current] = [versionFilesOf(folder), versionFilesOf(made)];
    return [...current].some(([name, content]) => !kept.get(name)?.equals(content));
  } finally {
    await rm(made, { recursive: true });
  }
}
