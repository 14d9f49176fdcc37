import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthority, issueLeaf } from '../../src/demo/certificates.js';
import { freePort } from '../../src/demo/free-port.js';
import { packageRoot } from '../../src/platform/paths.js';
import { type TlsIdentity, thumbprintOfPem } from '../../src/platform/tls.js';

const run = promisify(execFile);
const PROGRAM = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
const EXAMPLE = join(packageRoot, 'dist', 'examples', 'record-service.js');

describe('a register whose system is the example, by the file of the page', () => {
  let folder: string;
  let system: ChildProcess;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'einmal-join-grpc-'));
    const authority = await createAuthority('authority of the test');
    const named = (participant: string) => issueLeaf(authority, { commonName: 'localhost', participant });
    const served = await named('system');
    writeIdentity(join(folder, 'system'), served);
    writeIdentity(join(folder, 'edge'), await named('edge'));
    const page = readFileSync(join(packageRoot, 'docs', 'join-a-register.md'), 'utf8');
    const [, yaml = ''] = /^```yaml grpc\.yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
    writeFileSync(join(folder, 'grpc.yaml'), yaml.replace('<x5t#S256>', thumbprintOfPem(served.cert)));
    const port = await freePort();
    environment = {
      DATA_URL: `https://localhost:${port}`,
      DATA_TLS: join(folder, 'edge'),
      EINMAL_CATALOGUE: join(packageRoot, 'catalogue'),
      HOME: folder,
      PATH: process.env.PATH ?? '',
    };
    system = spawn(process.execPath, [EXAMPLE, join(folder, 'system'), String(port)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    expect(String((await once(system.stderr!, 'data'))[0])).toBe('serving\n');
  }, 60_000);
  afterAll(async () => {
    system?.kill();
    if (system?.exitCode === null && system.signalCode === null) await once(system, 'exit');
    rmSync(folder, { recursive: true });
  });

  const einmal = async (...args: readonly string[]): Promise<Readonly<{ code: number; stdout: string }>> => {
    const asked = run(process.execPath, [PROGRAM, 'register', ...args], { cwd: folder, env: environment });
    return asked.then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => error,
    );
  };
  const tried = (person: Readonly<{ idnr: string; birth_date: string }>) => {
    writeFileSync(join(folder, 'person.json'), JSON.stringify(person));
    return einmal('try', '--config', 'grpc.yaml', '--person', 'person.json');
  };

  it('is ready but for its keys', async () => {
    const { stdout } = await einmal('check', '--config', 'grpc.yaml', '--json');
    const { findings } = JSON.parse(stdout) as { findings: readonly { state: string; rule: string }[] };
    expect(findings.filter(({ state }) => state !== 'holds').map(({ rule }) => rule)).toEqual([
      'keys and certificate are there and known',
    ]);
    expect(findings.map(({ rule }) => rule)).toContain('has its columns, and finds nobody where nobody is');
    expect(findings.map(({ rule }) => rule)).toContain('finds a record within 100 ms');
  }, 60_000);

  it('answers a whole exchange', async () => {
    const { code, stdout } = await tried({ idnr: '02476291358', birth_date: '2004-08-12' });
    expect([code, stdout]).toEqual([0, expect.stringContaining('✔ Answered')]);
    expect(stdout).toContain('degree_programme: has a value');
    expect(stdout).toContain('enrolled_until: no value');
    expect(stdout).not.toMatch(/Muster|0\d{10}/);
  }, 120_000);

  it('holds back who is blocked (IDNrG § 6 Abs. 5)', async () => {
    const { code, stdout } = await tried({ idnr: '02293417683', birth_date: '2003-01-31' });
    expect([code, stdout]).toEqual([1, expect.stringContaining('true cause: SUBJECT_BLOCKED')]);
  }, 120_000);

  it('says which column the system does not have', async () => {
    const yaml = readFileSync(join(folder, 'grpc.yaml'), 'utf8').replace(
      'institution: hochschule',
      'institution: universitaet',
    );
    writeFileSync(join(folder, 'other.yaml'), yaml);
    const { stdout } = await einmal('check', '--config', 'other.yaml');
    expect(stdout).toContain('lacks a configured column: universitaet');
  }, 60_000);
});

function writeIdentity(folder: string, { ca, cert, key }: TlsIdentity): void {
  mkdirSync(folder);
  for (const [name, pem] of Object.entries({ ca, cert, key }))
    writeFileSync(join(folder, `${name}.pem`), pem, { mode: 0o600 });
}
