import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Administrator, Endpoint, ParticipantKeys } from '../catalogue/catalogue.js';
import { packageRoot } from '../platform/paths.js';

/** Copies the catalogue of the package beside the keys and addresses of this deployment: what every process is given. */
export async function writeCatalogue(
  folder: string,
  deployment: Readonly<{
    keys: readonly ParticipantKeys[];
    endpoints: readonly Endpoint[];
    administrators?: readonly Administrator[];
  }>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(join(packageRoot, 'catalogue'), folder, { recursive: true });
  await writeFile(join(folder, 'keys.yaml'), stringify({ keys: deployment.keys }));
  const { administrators = [] } = deployment;
  await writeFile(join(folder, 'administrators.yaml'), stringify({ administrators }));
  await writeFile(join(folder, 'endpoints.yaml'), stringify({ endpoints: deployment.endpoints }));
}
