import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { toTimestamp } from '../../src/platform/clock.js';
import { RpcFailure, serverStream } from '../../src/platform/grpc-client.js';
import type { RegisterLogEntry__Output } from '../../src/platform/rpc-types/einmal/register/v1/RegisterLogEntry.js';
import type { RegisterServiceClient } from '../../src/platform/rpc-types/einmal/register/v1/RegisterService.js';
import type { StreamLogResponse__Output } from '../../src/platform/rpc-types/einmal/register/v1/StreamLogResponse.js';
import { readTlsIdentity } from '../../src/platform/tls.js';
import { readEdgeConfig } from '../../src/register-edge/edge-config.js';
import { aDeployment, type Deployment } from '../register-edge/deployment.js';

const MELDEREGISTER = 'melderegister-bremen';
const DIRECTORY = 'identity-directory';
const HOUR_MS = 3_600_000;

const INSERT = `
  insert into edge.log (log_time, caller, consumer, evidence_type, purpose, legal_basis, retrieval_id, attributes,
                        outcome, reason, cause, subject_index)
  select to_timestamp($1::float8 / 1000) + n * interval '1 millisecond', $2, 'familienkasse-online', 'meldedaten',
         'kindergeld-antrag', 'egovg-5-1-1', $3 || n, '{birth_date}', 'refused', 'SUBJECT_NOT_AVAILABLE',
         'SUBJECT_BLOCKED', 'index-of-somebody'
    from generate_series(1, $4::int) n`;

describe('the log of a register over the wire (IDNrG § 9)', () => {
  let all: Deployment;
  let register: RegisterServiceClient;
  let directory: RegisterServiceClient;
  let registerPort: number;
  let ownLog: pg.Client;
  /** Each test has a day of its own. */
  let from = Date.now() - 400 * 24 * HOUR_MS;

  beforeAll(async () => {
    all = await aDeployment();
    const first = readEdgeConfig(await all.environment(MELDEREGISTER));
    const second = readEdgeConfig(await all.environment(DIRECTORY));
    for (const config of [first, second]) await all.start(config);
    registerPort = first.grpcPort;
    register = all.registerClient(first.grpcPort);
    directory = all.registerClient(second.grpcPort);
    ownLog = await all.connect(`${MELDEREGISTER}-edge`, 'owner');
  }, 60_000);

  afterAll(async () => {
    await ownLog?.end();
    await all?.end();
  });

  afterEach(() => {
    from += 24 * HOUR_MS;
  });

  const write = (count: number, { at = from, caller = 'node', prefix = 'retrieval-' } = {}, client = ownLog) =>
    client.query(INSERT, [at, caller, prefix, count]);
  const stream = (client = register, fromMs = from, toMs = from + HOUR_MS) =>
    serverStream<StreamLogResponse__Output>(
      (metadata, options) =>
        client.StreamLog({ from_time: toTimestamp(fromMs), to_time: toTimestamp(toMs) }, metadata, options),
      { deadline: Date.now() + 60_000 },
    );
  const read = async (...of: Parameters<typeof stream>) => {
    const entries: RegisterLogEntry__Output[] = [];
    for await (const { entry } of stream(...of)) if (entry) entries.push(entry);
    return entries;
  };
  const failureOf = async (...of: Parameters<typeof stream>) => {
    const failure = await read(...of).catch((error: unknown) => error);
    if (!(failure instanceof RpcFailure)) throw new Error('was answered');
    return failure;
  };

  it('says of each exchange what both sides know, and nothing of the person or the true cause (IDNrG § 6 Abs. 5)', async () => {
    await write(1);
    const [entry, ...more] = await read();
    expect(more).toEqual([]);
    expect(entry).toEqual({
      sequence: expect.stringMatching(/^\d+$/),
      retrieval_id: 'retrieval-1',
      log_time: toTimestamp(from + 1),
      consumer: 'familienkasse-online',
      evidence_type: 'meldedaten',
      purpose: 'kindergeld-antrag',
      outcome: 'refused',
      reason: 'SUBJECT_NOT_AVAILABLE',
    });
  });

  it('is served by the identity directory too: a lookup is a retrieval', async () => {
    const edge = await all.connect(`${DIRECTORY}-edge`, 'owner');
    await write(2, { prefix: 'lookup-' }, edge);
    await edge.end();
    expect((await read(directory)).map(({ retrieval_id }) => retrieval_id)).toEqual(['lookup-1', 'lookup-2']);
  });

  it('gives every line of the period once, in sequence, while others are written', async () => {
    await write(2600);
    await write(50, { caller: 'node-2' });
    await write(1300, { prefix: 'later-' });
    await write(70, { at: from + HOUR_MS, prefix: 'next-hour-' });
    let isReading = true;
    const writing = (async () => {
      while (isReading) await write(20, { at: Date.now(), prefix: 'meanwhile-' });
    })();
    const entries = await read();
    isReading = false;
    await writing;
    const sequences = entries.map(({ sequence }) => Number(sequence));
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(3900);
    expect(new Set(entries.map(({ retrieval_id }) => retrieval_id?.split('-')[0]))).toEqual(
      new Set(['retrieval', 'later']),
    );
  });

  it('waits for a slow reader, and ends with a reader who leaves', async () => {
    await write(5000);
    let count = 0;
    for await (const _ of stream()) if (++count === 700) break;
    expect(count).toBe(700);
    expect(await read()).toHaveLength(5000);
  });

  it('has every read on record before its first line leaves, and reads are no exchanges', async () => {
    await write(1);
    await read();
    const { rows } = await ownLog.query('select * from edge.log where event = $1 and read_from = to_timestamp($2)', [
      'log-read',
      from / 1000,
    ]);
    expect(rows).toMatchObject([
      { caller: 'node', outcome: 'answered', read_to: new Date(from + HOUR_MS), retrieval_id: null, consumer: null },
    ]);
    const today = await read(register, Date.now() - HOUR_MS, Date.now() - 60_000);
    expect(today.filter(({ retrieval_id }) => retrieval_id === '')).toEqual([]);
  });

  it('gives nothing that is not on record (FZV § 68)', async () => {
    await write(1);
    await ownLog.query("alter table edge.log add constraint no_reads check (event <> 'log-read') not valid");
    expect(await failureOf()).toMatchObject({ reason: 'AUDIT_LOG_UNAVAILABLE' });
    await ownLog.query('alter table edge.log drop constraint no_reads');
    expect(await read()).toHaveLength(1);
  });

  it('is for nodes: others are refused, on record', async () => {
    const service = all.registerClient(registerPort, readTlsIdentity(all.pki.folderOf('familienkasse-online')));
    expect(await failureOf(service)).toMatchObject({ reason: 'CALL_NOT_ALLOWED' });
    const { rows } = await ownLog.query('select * from edge.log order by sequence desc limit 1');
    expect(rows).toMatchObject([{ event: 'log-read', caller: 'familienkasse-online', cause: 'CALLER_KIND' }]);
  });

  it.each([
    ['reversed', () => [from + HOUR_MS, from], ['to_time']],
    ['not over', () => [from, Date.now() + HOUR_MS], ['to_time']],
    ['so young that lines may still be on their way', () => [from, Date.now() - 1000], ['to_time']],
    ['older than lines are kept (IDNrG § 9 Abs. 3)', () => [from - 800 * 24 * HOUR_MS, from], ['from_time']],
  ] as const)('is refused for a period that is %s', async (_what, period, fields) => {
    const [fromMs = 0, toMs = 0] = period();
    const failure = await failureOf(register, fromMs, toMs);
    expect(failure.reason).toBe('REQUEST_INVALID');
    expect(failure.violations.map(({ field }) => field)).toEqual(fields);
  });
});
