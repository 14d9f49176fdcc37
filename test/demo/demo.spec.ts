import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { verifyArchive } from '../verifier/second-verifier.js';

type Document = Readonly<{
  service: string;
  fields: readonly Readonly<{ fim_id: string; value: string; subject_role: string; source: Record<string, string> }>[];
  not_delivered: readonly Readonly<{ evidence_type: string; reason: string; detail: string }>[];
  verification: Readonly<Record<string, boolean>>;
  evidence: readonly string[];
  trust: Readonly<{
    registers: Readonly<Record<string, JSONWebKeySet>>;
    node: JSONWebKeySet;
    log: string;
    policy: string;
  }>;
  receipt: Readonly<Record<string, unknown>>;
  endpoints: Readonly<{ grpc: string; http: string }>;
  tls: Readonly<Record<string, string>>;
  timings_ms: Readonly<Record<string, number>>;
}>;

describe('npm run demo', () => {
  let folder: string;
  let demo: ChildProcess;
  let output = '';
  let errors = '';
  let document: Document;

  const start = async (...options: string[]) => {
    output = '';
    demo = spawn(
      process.execPath,
      ['dist/src/demo/main.js', '--json', '--people', '500', '--data', join(folder, 'demo'), ...options],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    demo.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    demo.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const over = once(demo, 'exit');
    while (!output.endsWith('\n') && demo.exitCode === null) await Promise.race([sleep(50), over]);
    if (output === '') throw new Error(errors);
    document = JSON.parse(output);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-demo-'));
    await chmod(folder, 0o711);
    await start();
  }, 120_000);

  afterAll(async () => {
    if (demo.exitCode === null && demo.signalCode === null) {
      demo.kill('SIGTERM');
      await once(demo, 'exit');
    }
    await rm(folder, { recursive: true });
  }, 60_000);

  it('prints exactly one JSON document on standard output, and progress on standard error', () => {
    expect(output.trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(document)).toEqual([
      'service',
      'fields',
      'not_delivered',
      'receipt',
      'verification',
      'evidence',
      'trust',
      'endpoints',
      'tls',
      'timings_ms',
    ]);
    expect(errors).toContain('PostgreSQL 18');
  });

  it('fills the form from three registers, verifiably, and says what is missing', () => {
    const all = { evidence: true, permission: true, trigger: true, inclusion: true, witnesses: true };
    expect(document.verification).toEqual(all);
    expect(new Set(document.fields.map(({ source }) => source.register))).toEqual(
      new Set(['melderegister-bremen', 'personenstand-bremen', 'familienkasse-register']),
    );
    expect(document.fields.find((it) => it.fim_id === 'F60000230')?.value).toBe('Mühlenbröck');
    expect(document.not_delivered).toMatchObject([
      { evidence_type: 'auslaendische-familienleistung', reason: 'REGISTER_NOT_FOUND' },
    ]);
  });

  it('lets jose and node:crypto alone verify every piece of evidence (RFC 9901 § 7.1)', async () => {
    expect(document.evidence).toHaveLength(3);
    for (const compact of document.evidence) {
      const [jws = '', ...disclosures] = compact.split('~').slice(0, -1);
      const claims = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
      const keys = document.trust.registers[String(claims.iss).slice('urn:einmal:register:'.length)];
      const { protectedHeader } = await compactVerify(jws, createLocalJWKSet(keys!), { algorithms: ['ES256'] });
      expect(protectedHeader.typ).toBe('dc+sd-jwt');
      expect(disclosures.length).toBeGreaterThan(0);
      for (const disclosure of disclosures) {
        const digest = createHash('sha256').update(disclosure).digest('base64url');
        expect(claims.attributes._sd.filter((it: string) => it === digest)).toHaveLength(1);
      }
    }
  });

  it('lets an online service fill its form with the example client, from its keys on', async () => {
    const profile = join(folder, 'demo', 'clients', 'familienkasse-online.json');
    const example = spawn(process.execPath, ['dist/examples/prefill-client.js', profile]);
    let text = '';
    example.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    const [code] = await once(example, 'close');
    expect(code).toBe(0);
    expect(text).toContain('Geburtsname: Mühlenbröck (melderegister-bremen, 2026-09-21T09:15:00.000Z)');
    expect(text).toContain('auslaendische-familienleistung is missing (REGISTER_NOT_FOUND)');
  }, 30_000);

  it('ends with all its processes on SIGTERM', async () => {
    expect(await listens(document.endpoints.grpc)).toBe(true);
    demo.kill('SIGTERM');
    const [code] = await once(demo, 'exit');
    expect(code).toBe(0);
    await silent(document);
  }, 60_000);

  it('is an authority that asks in a task of its own, archives the answer, and serves (GewO § 14 Abs. 8)', async () => {
    const file = join(folder, 'answer.json');
    await start('--as', 'authority', '--archive', file);
    expect(document).toMatchObject({
      authority: 'ihk-bremen',
      task: { norm: 'GewO § 14 Abs. 8', file_reference: 'GA-7-2026', acting_official: 'Sachbearbeitung 12' },
      state: 'COMPLETE',
      attributes: { field_01: expect.stringMatching(/^Feld 1 zu /) },
      archive: { file, verdict: 'holds' },
      verification: { evidence: true, permission: true, trigger: true, inclusion: true, witnesses: true },
    });
    expect(verifyArchive(JSON.parse(await readFile(file, 'utf8')), document.trust.log)).toEqual([]);
    const profile = join(folder, 'demo', 'clients', 'ihk-bremen.json');
    const example = spawn(process.execPath, ['dist/examples/task-client.js', profile]);
    let text = '';
    example.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    const [code] = await once(example, 'close');
    expect([code, text]).toEqual([
      0,
      expect.stringMatching(/^gewerbeanzeige-anmeldung from gewerberegister-bremen as of /),
    ]);
    demo.kill('SIGTERM');
    await once(demo, 'exit');
    await silent(document);
  }, 120_000);

  it('leaves no process behind when it is killed, and goes on with its data afterwards', async () => {
    await start('--service', 'elterngeld');
    expect(document.service).toBe('elterngeld');
    demo.kill('SIGKILL');
    await silent(document);
    await start('--once');
    if (demo.exitCode === null) await once(demo, 'exit');
    expect(demo.exitCode).toBe(0);
    await silent(document);
  }, 240_000);
});

async function silent({ endpoints }: Document): Promise<void> {
  for (const until = Date.now() + 15_000; Date.now() < until; await sleep(100)) {
    const answers = await Promise.all([listens(endpoints.grpc), listens(endpoints.http.replace('https://', ''))]);
    if (answers.every((it) => !it)) return;
  }
  throw new Error('the system still listens');
}

async function listens(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  const socket = connect({ host, port: Number(port) });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
