import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { ConfigFault } from '../../src/platform/config.js';
import { readDataAccess } from '../../src/register-edge/edge-config.js';
import { readRegisterConfig } from '../../src/register-edge/register-config.js';

type Document = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const CERTIFICATE = 'A'.repeat(43);

/** The examples of the page, as an operator would take them. */
const [xroad, xnachweis] = [
  ...readFileSync('docs/other-tongues.md', 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm),
].map(([, yaml = '']): Document => parse(yaml.replaceAll('<x5t#S256>', CERTIFICATE)));

describe('the configuration of a register that speaks otherwise', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'foreign-config-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (document: unknown) => {
    writeFileSync(join(folder, 'a.yaml'), stringify(document));
    return readRegisterConfig(join(folder, 'a.yaml'));
  };
  const faultsOf = (run: () => unknown): string => {
    try {
      run();
      return '';
    } catch (error) {
      if (error instanceof ConfigFault) return error.faults.join('\n');
      throw error;
    }
  };
  const withSource = (document: Document | undefined, over: object) => ({
    ...document,
    data_source: { ...document?.data_source, ...over },
  });
  const withMeldedaten = (document: Document | undefined, over: object) => ({
    ...document,
    evidence: { meldedaten: { ...(document?.evidence?.meldedaten as object), ...over } },
  });

  it('is as the page shows it', () => {
    expect(read(xroad).data_source.kind).toBe('xroad');
    expect(read(xnachweis).data_source.kind).toBe('xnachweis');
  });

  it.each([
    ['a path with a template', withMeldedaten(xroad, { path: '/persons/{idnr}' }), '/path must match'],
    ['a path with a query', withMeldedaten(xroad, { path: '/persons?idnr=' }), '/path must match'],
    ['a user that is a number of a person', withSource(xroad, { user_id: 'DE02476291358' }), '/user_id must match'],
    ['a client of two parts', withSource(xroad, { client: 'TEST/GOV' }), '/client must match'],
    ['a service of four parts', withMeldedaten(xroad, { service: 'TEST/GOV/1/A' }), '/service must match'],
    ['a character that X-Road forbids', withSource(xroad, { client: 'TEST/GOV/1/A_B' }), '/client must match'],
    ['no certificate that is expected', withSource(xroad, { server_certificates: [] }), '/server_certificates'],
    ['an address for requests with a template', withSource(xnachweis, { path: '/{idnr}' }), '/path must match'],
    ['nothing said of what is not verified', withSource(xnachweis, { unverified: undefined }), "'unverified'"],
    ['codes of no attribute', withMeldedaten(xnachweis, { code_lists: { other: { A: 'b' } } }), 'of no attribute'],
  ])('has no place for %s', (_title, document, fault) => {
    expect(faultsOf(() => read(document))).toContain(fault);
  });

  it('needs the certificate and key that its variable names', () => {
    const config = read(xroad);
    const environment = { DATA_URL: 'https://localhost:1', DATA_TLS: folder };
    expect(faultsOf(() => readDataAccess(config, { DATA_URL: 'https://localhost:1' }))).toContain(
      'DATA_TLS is required',
    );
    expect(faultsOf(() => readDataAccess(config, environment))).toContain('DATA_TLS names no folder');
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(folder, `${name}.pem`), name);
    expect(readDataAccess(config, environment).dataIdentity).toEqual({ ca: 'ca', cert: 'cert', key: 'key' });
  });
});
