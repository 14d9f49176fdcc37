import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ed25519Verifier } from '#libs/tlog/signed-note.js';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import { withClient } from '../../src/demo/database.js';
import { DEMO_REGISTERS } from '../../src/demo/demo-databases.js';
import { cast } from '../../src/demo/people/cast.js';
import { type RunningSystem, startSystem } from '../../src/demo/supervisor.js';
import { packageRoot } from '../../src/platform/paths.js';
import { parseForkEvidence, showsFork } from '../../src/tokens/fork-evidence.js';
import { logSource } from '../../src/verify/log-source.js';
import { majorityOf } from '../../src/witnesses/trust-policy.js';
import { eventually } from '../support/eventually.js';
import { PagesOverHttp } from '../support/pages-over-http.js';

/** As many as make a majority of the demo's registers. */
const EDGES = DEMO_REGISTERS.slice(0, majorityOf(DEMO_REGISTERS.length)).map(({ id }) => id);
const NODE_DATABASE = 'einmal_node';

type Status = Readonly<{
  size: number;
  witnessed_size: number;
  stopped: boolean;
  witnesses: readonly Readonly<{ witness: string; state: string; cosigned_size: number }>[];
  disputes: readonly Readonly<{
    kind: string;
    witness: string;
    size: number;
    proven: boolean;
    log_index: number | null;
  }>[];
}>;

/** One story on a system of its own, in order: each part goes on where the last one ended. */
describe('a log that was restored from a backup', () => {
  let system: RunningSystem;
  let ca: string;
  let connection: NodeConnection;
  /** What the witnesses saw when the backup had less. */
  let seen: number;

  beforeAll(async () => {
    system = await startSystem({
      dataFolder: join(packageRoot, 'data', 'test-e2e-fork'),
      fresh: true,
      personCount: 200,
      only: [...EDGES, 'node'],
      pages: true,
    });
    ca = await readFile(system.pki.caFile, 'utf8');
    connection = await connectToNode(system.profile('familienkasse-online'));
  }, 180_000);
  afterAll(async () => {
    connection?.close();
    await system?.stop();
  }, 180_000);

  const node = () => system.process('node');
  const stateFolder = () => join(system.dataFolder, 'state');
  const status = async (): Promise<Status> => {
    const body = await logSource(`${system.endpoints.http}/log`, ca)('status');
    return JSON.parse(Buffer.from(body ?? []).toString());
  };
  const witnessed = () => eventually(status, ({ size, witnessed_size }) => witnessed_size === size);
  const edges = (act: 'start' | 'stop' | 'restart') => Promise.all(EDGES.map((it) => system.process(it)[act]()));
  /** Every refusal of a participant is an entry. */
  const grow = async (entries: number) => {
    for (let i = 0; i < entries; i++)
      await expect(connection.describeService('no-such-service')).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  };
  const asSuperuser = (...statements: readonly string[]) =>
    withClient(system.postgres.url, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  /** The operator restores the database, and takes away all that the node itself kept of the lost part. */
  const restore = async (backup: string) => {
    await asSuperuser(
      `alter database ${NODE_DATABASE} rename to ${NODE_DATABASE}_lost`,
      `alter database ${backup} rename to ${NODE_DATABASE}`,
      `grant connect on database ${NODE_DATABASE} to ${NODE_DATABASE}`,
    );
    for (const kept of [stateFolder(), join(system.pki.folderOf('node'), 'vault', 'logs')])
      await rm(kept, { recursive: true });
    await mkdir(stateFolder());
  };

  it('was vouched for, also over a restart of the witnesses', async () => {
    await grow(4);
    await witnessed();
    await edges('restart');
    await grow(2);
    // A majority vouches for the whole first.
    const found = await eventually(
      status,
      ({ size, witnessed_size, witnesses }) =>
        witnessed_size === size && witnesses.every(({ state }) => state !== 'BEHIND'),
    );
    expect(found).toMatchObject({ stopped: false, disputes: [] });
    const states = Object.fromEntries(found.witnesses.map(({ witness, state }) => [witness, state]));
    expect(states).toEqual({
      ...Object.fromEntries(DEMO_REGISTERS.map(({ id }) => [id, 'UNREACHABLE'])),
      ...Object.fromEntries(EDGES.map((it) => [it, 'AGREED'])),
    });
  }, 120_000);

  it('is refused at the start of the node: its witnesses saw more', async () => {
    await node().stop();
    await asSuperuser(
      `create database backup template ${NODE_DATABASE}`,
      `create database backup_2 template ${NODE_DATABASE}`,
    );
    await node().start();
    await grow(5);
    seen = (await witnessed()).size;
    await node().stop();
    await restore('backup');
    await expect(node().start()).rejects.toThrow(
      new RegExp(`cosigned ${seen} entries, which the database does not have; run "einmal audit recover"`),
    );
    expect(await readdir(stateFolder())).toEqual([]);
  }, 120_000);

  it('is noticed by the witnesses where they did not answer at the start, recorded, and stops the node', async () => {
    await edges('stop');
    await node().start();
    await grow(12);
    expect(await status()).toMatchObject({ stopped: false });
    await edges('start');
    const found = await eventually(
      status,
      ({ disputes }) => disputes.filter((it) => it.log_index !== null).length === EDGES.length,
    );
    expect(found.stopped).toBe(true);
    for (const dispute of found.disputes) expect(dispute).toMatchObject({ kind: 'FORKED', size: seen, proven: true });
    expect(found.witnesses.filter(({ state }) => state === 'INCONSISTENT')).toHaveLength(EDGES.length);
    const incidents = await withClient(system.databases.ownerUrlOf('node'), async (client) => {
      const { rows } = await client.query<{ index: string }>(
        `select index from log.record where event = 'incident' order by index`,
      );
      return rows.map(({ index }) => Number(index));
    });
    expect(incidents).toEqual(found.disputes.map((it) => it.log_index).toSorted((a, b) => Number(a) - Number(b)));
    expect(await readFile(node().logFile, 'utf8')).toContain('"msg":"a witness disputes the log"');
  }, 120_000);

  it('serves no exchange and takes no decision, and still shows itself', async () => {
    const description = await connection.describeService('kindergeld');
    const person = {
      family_name: cast.mother.familyName,
      birth_date: cast.mother.birthDate,
      town: cast.mother.address.town,
      postcode: cast.mother.address.postcode,
    };
    const decisions = await connection.attest(
      description,
      description.subjects.map(({ role }) => ({ role, person })),
      { decider: 'synthetic-pseudonym-of-a-test', assurance: 'substantial' },
    );
    await expect(connection.grantTriggers(decisions)).rejects.toMatchObject({
      reason: 'LOG_DISPUTED',
      retryDelayMs: 60_000,
    });
    const { size } = await status();
    await expect(connection.describeService('no-such-service')).rejects.toMatchObject({ reason: 'LOG_DISPUTED' });
    expect((await status()).size).toBe(size);
    expect(await logSource(`${system.endpoints.http}/log`, ca)('checkpoint')).toBeDefined();
  }, 180_000);

  it('is an alarm that officers see without an entry: who, since when, what to do, and nobody else (ADR 146)', async () => {
    const { size, disputes } = await status();
    const officer = new PagesOverHttp(system.pagesUrl ?? '');
    await officer.signIn('officer-1', '/oversight');
    const page = await officer.get('/oversight');
    const html = await page.text();
    expect([page.status, /data-reason="(\w+)"/.exec(html)?.[1]]).toEqual([503, 'NODE_STOPPED']);
    expect(html.match(/durch Unterschriften des Protokolls bewiesen/g)).toHaveLength(disputes.length);
    expect(html).toContain('einmal audit recover');
    expect(html).toContain(`${system.endpoints.http}/log/status`);
    expect((await status()).size).toBe(size);
    const incidents = await (await officer.get('/oversight/incidents')).text();
    expect(incidents).toContain('data-reason="NODE_STOPPED"');
    expect(incidents).not.toContain(cast.mother.familyName);
  }, 60_000);

  it('is shown by the witnesses with both histories, which anybody can verify', async () => {
    const [row] = await withClient(system.databases.ownerUrlOf('melderegister-bremen'), async (client) => {
      const { rows } = await client.query<{ evidence: string }>('select evidence from witness.fork');
      return rows;
    });
    const evidence = parseForkEvidence(row?.evidence ?? '');
    expect(evidence && showsFork(evidence, ed25519Verifier(system.trust.log))).toBe(true);
  });

  it('is still disputed after a restart, with the witnesses and without them', async () => {
    await node().stop();
    await expect(node().start()).rejects.toThrow(
      /the first \d+ entries of the database are not those that .* cosigned/,
    );
    await edges('stop');
    await node().start();
    const found = await status();
    expect(found).toMatchObject({ stopped: true });
    expect(found.disputes).toHaveLength(EDGES.length);
  }, 120_000);
});
