import { describe, expect, it } from '@jest/globals';
import { breachLines } from '../../src/pages/oversight/breach-report.js';
import { toTimestamp } from '../../src/platform/clock.js';
import type { GetCaseResponse__Output as CaseFile } from '../../src/platform/rpc-types/einmal/broker/v1/GetCaseResponse.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const HOUR_MS = 3_600_000;
const { current } = await aFederation();
const file: CaseFile = {
  case: {
    entry: {
      ...{ log_index: '17', log_time: toTimestamp(NOW), event: 'incident', consumer: 'familienkasse-online' },
      ...{ register: 'melderegister-bremen', evidence_type: 'meldedaten', leaf: Buffer.of(1, 2) },
    },
    ...{ state: 'CASE_STATE_IN_PROGRESS', cause: 'SURPLUS_FIELDS', due_time: toTimestamp(NOW + 72 * HOUR_MS) },
  } as unknown as NonNullable<CaseFile['case']>,
  facts: { attributes: ['family_name', 'unknown-here'], subject_roles: ['child'], subjects: 1 },
};
const report = {
  ...{ persons: 3, records: 4, contact: 'Datenschutz, Am Markt 1' },
  ...{ consequences: 'Ein Ort wurde gesehen', measures: 'Register benachrichtigt', delay: '' },
};

async function text(given: CaseFile, nowMs = NOW + HOUR_MS): Promise<string> {
  async function* steps() {
    yield [{ time: toTimestamp(NOW), state: 'CASE_STATE_IN_PROGRESS', note: 'Register gefragt' } as never];
    yield [{ time: toTimestamp(NOW), state: 'CASE_STATE_DISMISSED', note: 'Doch nicht' } as never];
  }
  const lines: string[] = [];
  for await (const [tag, line] of breachLines(given, steps(), { current, language: 'de', nowMs }))
    lines.push(`${tag} ${line}`);
  return lines.join('\n');
}

describe('the report of a breach (GDPR Art. 33 (3))', () => {
  it('says nature, categories and numbers, contact, consequences, measures, and every step (GDPR Art. 33 (5))', async () => {
    const said = await text({ ...file, report });
    for (const part of [
      'H1 Meldung einer Verletzung',
      'Worum es geht: Register lieferte mehr als erlaubt',
      'Kategorien von Personen: child',
      'Betroffene Personen, ungefähr: 3',
      'Betroffene Datensätze, ungefähr: 4',
      'P Datenschutz, Am Markt 1',
      'P Ein Ort wurde gesehen',
      'P Register benachrichtigt',
      'Register gefragt',
      'Doch nicht',
      'Blatt im Protokoll für Eintrag 17: 0102',
    ])
      expect(said).toContain(part);
    expect(said).toMatch(/Kategorien von Daten: .*, unknown-here/);
    expect(said).not.toContain('nachgereicht');
  });

  it('says what is missing (GDPR Art. 33 (4))', async () => {
    expect((await text(file)).match(/Noch nicht angegeben/g)).toHaveLength(5);
  });

  it('takes no number for nought that nobody stated, and a nought that somebody stated for one (GDPR Art. 33 (4))', async () => {
    const { persons: _, records: __, ...texts } = report;
    const without = await text({ ...file, report: texts });
    expect(without).toContain('Betroffene Personen, ungefähr: Noch nicht angegeben');
    expect(without).toContain('Betroffene Datensätze, ungefähr: Noch nicht angegeben');
    const nought = await text({ ...file, report: { ...texts, persons: 1200, records: 0 } });
    expect(nought).toContain('Betroffene Personen, ungefähr: 1.200');
    expect(nought).toContain('Betroffene Datensätze, ungefähr: 0');
  });

  it('says whether it is late, and why (GDPR Art. 33 (1))', async () => {
    expect(await text({ ...file, report })).not.toContain('Nach Ablauf');
    expect(await text(file, NOW + 73 * HOUR_MS)).toContain('Grund der Verzögerung: Noch nicht angegeben');
    const late = { ...report, delay: 'Erst heute bemerkt' };
    const reported = { ...file.facts, report_time: toTimestamp(NOW + 80 * HOUR_MS) };
    expect(await text({ ...file, report: late, facts: reported } as CaseFile)).toContain('Erst heute bemerkt');
    const inTime = { ...file.facts, report_time: toTimestamp(NOW + HOUR_MS) };
    expect(await text({ ...file, report, facts: inTime } as CaseFile, NOW + 99 * HOUR_MS)).not.toContain('Nach Ablauf');
  });
});
