import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Catalogue, Endpoint } from '../../src/catalogue/catalogue.js';
import { CatalogueReader } from '../../src/catalogue/catalogue-reader.js';
import { RememberingCatalogueReader } from '../../src/catalogue/catalogue-reader.remembering.js';
import { loadCatalogue, readVersion, VERSION_FILES, type VersionFiles } from '../../src/catalogue/load-catalogue.js';

const DEPLOYMENT = 'test/catalogue/deployment';
const inForce = loadCatalogue({ folder: 'catalogue', deployment: DEPLOYMENT });
const files: VersionFiles = new Map(
  VERSION_FILES.map((name) => {
    const folder = /^(keys|administrators|agreements)/.test(name) ? DEPLOYMENT : 'catalogue';
    return [name, readFileSync(join(folder, name))];
  }),
);
const NOW = Date.parse('2026-11-01T00:00:00Z');

class CountingReader extends CatalogueReader {
  reads = 0;
  override async version(read: VersionFiles, endpoints: readonly Endpoint[], nowMs?: number): Promise<Catalogue> {
    this.reads += 1;
    return readVersion(read, endpoints, nowMs === undefined ? {} : { nowMs });
  }
  override async folder(): Promise<Catalogue> {
    throw new Error('not asked for');
  }
}

describe('a version that was read when it was proposed', () => {
  it('is not read again when it comes into force, and has the addresses of that moment', async () => {
    const counting = new CountingReader();
    const reader = new RememberingCatalogueReader(counting);
    const proposed = await reader.version(files, [], NOW);
    const taken = await reader.version(new Map(files), inForce.endpoints);
    expect(counting.reads).toBe(1);
    expect(taken).toEqual({ ...proposed, endpoints: inForce.endpoints });
    expect(inForce.endpoints.length).toBeGreaterThan(0);
  });

  it('is read again where one byte is another, or more must hold at a given moment', async () => {
    const counting = new CountingReader();
    const reader = new RememberingCatalogueReader(counting);
    const { version } = await reader.version(files, []);
    const rules = Buffer.concat([files.get('rules.yaml') ?? Buffer.of(), Buffer.from('\n')]);
    expect((await reader.version(new Map([...files, ['rules.yaml', rules]]), [])).version).toBe(version);
    await reader.version(files, [], NOW);
    expect(counting.reads).toBe(3);
  });

  it('is not remembered where it has a fault', async () => {
    const counting = new CountingReader();
    const reader = new RememberingCatalogueReader(counting);
    const broken = new Map([...files, ['rules.yaml', Buffer.from('rules: 1\n')]] as const);
    await expect(reader.version(broken, [])).rejects.toMatchObject({ name: 'CatalogueFault' });
    await expect(reader.version(broken, [])).rejects.toMatchObject({ name: 'CatalogueFault' });
    expect(counting.reads).toBe(2);
  });
});
