import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { subjectKey } from '../../src/audit/subject-index.js';
import { LineExport } from '../../src/processing-log/export-lines.js';
import { OtlpLineCollector } from '../../src/processing-log/line-collector.https.js';
import { PostgresLineOutbox } from '../../src/processing-log/line-outbox.postgres.js';
import { anEntry, PERSON } from '../audit/entries.js';
import { attributeOf, Collector } from '../support/collector.js';
import { eventually } from '../support/eventually.js';
import { createNodeDatabase, type NodeDatabase } from '../support/node-database.js';
import { SilentLog } from '../support/silent-log.js';

const OTHER = { kind: 'idnr', idnr: '01357924680' } as const;
const ACTIVITIES = 'https://activities.example/';

let database: NodeDatabase;
let collector: Collector;
let log: SilentLog;

beforeEach(async () => {
  database = await createNodeDatabase();
  collector = await Collector.create();
  log = new SilentLog();
});
afterEach(async () => {
  await collector.remove();
  await database.close();
});

const outbox = () => new PostgresLineOutbox(database.pool);
const exporting = (from = outbox()) =>
  new LineExport(from, new OtlpLineCollector(collector.url, 'node', ACTIVITIES), log, 1);

/** Ticks until nothing waits any more. */
async function delivered(lines: LineExport): Promise<void> {
  const waiting = async () => {
    await lines.tick();
    return (await outbox().backlog()).entries;
  };
  await eventually(waiting, (entries) => entries === 0);
}

const indices = () => collector.spans().map((line) => Number(attributeOf(line, 'einmal.log_index')));

describe('the processing log (LDV core)', () => {
  it('has one line per subject and action, with the pseudonym of the epoch, and none of what is about nobody', async () => {
    await collector.start();
    const both = [
      { person: PERSON, as: 'subject' },
      { person: PERSON, as: 'decider' },
      { person: OTHER, as: 'subject' },
    ] as const;
    const event = { event: 'catalogue.activated', consumer: 'node' } as const;
    await database.log.append([anEntry(), anEntry({ persons: both }), anEntry({ caller: event, persons: [] })]);
    await delivered(exporting());
    expect(indices()).toEqual([0, 1, 1]);
    const subjects = collector.spans().map((line) => attributeOf(line, 'dpl.core.data_subject_id'));
    expect(new Set(subjects).size).toBe(2);
    const [first] = collector.spans();
    if (first === undefined) throw new Error('there is no line');
    expect(first).toMatchObject({ name: 'retrieval.opened', status: { code: 1 } });
    expect(attributeOf(first, 'dpl.core.processing_activity_id')).toBe(`${ACTIVITIES}kindergeld`);
    expect(attributeOf(first, 'dpl.core.data_subject_id_type')).toMatch(
      /^einmal-epoch-pseudonym:standard:\d{4}-\d{2}$/,
    );
    for (const { idnr } of [PERSON, OTHER]) expect(collector.text()).not.toContain(idnr);
    // A plain digest of a number could be undone by trying all.
    expect(subjects).not.toContain(subjectKey(Buffer.alloc(32), PERSON).toString('base64url'));
  });

  it('loses nothing while its collector is down, and gets every line once when it is back', async () => {
    const lines = exporting();
    for (let i = 0; i < 3; i += 1) {
      await database.log.append(Array.from({ length: 100 }, () => anEntry()));
      await lines.tick();
    }
    expect(await outbox().backlog()).toMatchObject({ entries: 300 });
    expect((await outbox().backlog()).ageS).toBeGreaterThan(0);
    await collector.start();
    await delivered(lines);
    expect(indices()).toEqual(Array.from({ length: 300 }, (_, index) => index));
    expect(new Set(collector.spans().map(({ spanId }) => spanId)).size).toBe(300);
    expect(await outbox().backlog()).toEqual({ entries: 0, ageS: 0 });
    // Told once, however often it failed.
    expect(log.lines.filter((line) => line.includes('not confirmed'))).toHaveLength(1);
  });

  it('counts a line that the collector rejects as not delivered, and sends it again', async () => {
    await collector.start('reject');
    await database.log.append([anEntry()]);
    const lines = exporting();
    await lines.tick();
    expect(await outbox().backlog()).toMatchObject({ entries: 1 });
    await collector.stop();
    await collector.start();
    await delivered(lines);
    expect(indices()).toEqual([0]);
  });

  it('gives the very same ids to a line that is sent twice, as where a node died before it noted the confirmation', async () => {
    await collector.start();
    await database.log.append([anEntry()]);
    const [dying, next] = [outbox(), outbox()];
    const taken = await dying.take();
    const sent = new OtlpLineCollector(collector.url, 'node', ACTIVITIES);
    await sent.send(taken?.lines ?? [], AbortSignal.timeout(5000));
    await dying.release();
    await delivered(exporting(next));
    const [first, second] = collector.spans();
    expect(collector.spans()).toHaveLength(2);
    expect(second).toEqual(first);
  });

  it('is sent by one of several nodes at a time', async () => {
    await database.log.append([anEntry()]);
    const [one, other] = [outbox(), outbox()];
    const taken = await one.take();
    expect(taken?.lines).toHaveLength(1);
    expect(await other.take()).toBeUndefined();
    if (taken === undefined) throw new Error('nothing was taken');
    await expect(other.confirm(taken)).rejects.toThrow('another node');
    await one.confirm(taken);
    expect(await other.take()).toBeUndefined();
    expect(await one.backlog()).toEqual({ entries: 0, ageS: 0 });
  });

  it('cannot be set back by the login of the nodes, nor taken away', async () => {
    await database.log.append([anEntry()]);
    await collector.start();
    await delivered(exporting());
    for (const statement of ['update app.processing_log set next_index = 0', 'delete from app.processing_log'])
      await expect(database.pool.query(statement)).rejects.toThrow();
  });
});
