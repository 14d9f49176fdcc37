import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { packageRoot } from '../../platform/paths.js';

const KERN = join(packageRoot, 'node_modules', '@kern-ux', 'native');
const OWN = join(packageRoot, 'src', 'pages', 'assets');
const VERSIONED = /^\/assets\/[0-9a-f]{16}\//;

/** Where pages link what lies beside them. Names its content, so that a browser may keep it and never shows a new page in old clothes. */
export const ASSETS = `/assets/${contentHash()}`;

/** The address without the content that it names: what one release links, the one before or after it serves as well. */
export const withoutContent = (url: string): string => url.replace(VERSIONED, '/assets/');

/** How long a browser may keep an answer. `url`: as it was asked for. A page that was kept could be read by the next person. */
export function keeping(url: string, status: number): string {
  if (!url.startsWith('/assets/') || status >= 400) return 'no-store';
  // Of another release, or without a name of its content: what is there now may be something else tomorrow.
  return url.startsWith(`${ASSETS}/`) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** KERN, and what these pages add to it. Only what lies in these two folders. */
export async function serveAssets(app: NestFastifyApplication): Promise<void> {
  const shared = { cacheControl: false, index: false } as const;
  await app.register(fastifyStatic, { ...shared, root: join(KERN, 'dist'), prefix: '/assets/kern/' });
  await app.register(fastifyStatic, { ...shared, root: OWN, prefix: '/assets/', decorateReply: false });
}

/** KERN by its version, which the lock file ties to its bytes. */
function contentHash(): string {
  const { version } = JSON.parse(readFileSync(join(KERN, 'package.json'), 'utf8')) as { version: string };
  const hash = createHash('sha256').update(version);
  for (const name of readdirSync(OWN).sort()) hash.update(`\n${name}\n`).update(readFileSync(join(OWN, name)));
  return hash.digest('hex').slice(0, 16);
}
