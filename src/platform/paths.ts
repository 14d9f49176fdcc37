import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json not found above this file');
  return findPackageRoot(parent);
}

/** Folder of this package, whether the code runs from `src` or from `dist/src`. */
export const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

export const protoFolder = join(packageRoot, 'proto');
