import { describe, expect, it } from '@jest/globals';
import type { ListedEntry } from '../../src/client/listed-entries.js';
import { LANGUAGES } from '../../src/pages/language.js';
import { packageLines, subjectPackage } from '../../src/pages/oversight/subject-package.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const { current } = await aFederation();
const entry = (log_index: number, deviation: Partial<ListedEntry>): ListedEntry => ({
  ...{ log_index, log_time: new Date(NOW).toISOString(), event: 'retrieval.closed', exchange_id: '', reason: '' },
  ...{ consumer: 'familienkasse-online', register: 'melderegister-bremen', evidence_type: 'meldedaten' },
  ...{ purpose: 'kindergeld-antrag', legal_basis: 'egovg-5-1-1', outcome: 'released', capacities: ['subject'] },
  ...deviation,
});
const refusedToTaxOffice = {
  ...{ consumer: 'finanzamt-bremen', register: 'gewerberegister-bremen', outcome: 'refused' },
  ...{ evidence_type: 'gewerbeanzeige-anmeldung', purpose: 'gewerbeanzeige-aufgaben', legal_basis: 'gewo-14-8' },
};
const looked = { event: 'subject.listed', consumer: 'pages', register: '', evidence_type: '', outcome: '' };
const entries = [
  entry(1, {}),
  entry(2, refusedToTaxOffice),
  entry(3, { ...looked, purpose: 'datenschutzkontrolle', legal_basis: 'idnrg-9' }),
];
const about = { fileReference: 'DSB-1', reachesBackTo: new Date(NOW).toISOString(), entries };
const content = subjectPackage(current, about, NOW, 'de');

describe('an answer to a request of a person (GDPR Art. 15)', () => {
  it('says for what and on which basis, who got it, from where and how long it stays, ids with readable titles (Abs. 1 a, c, d, g)', () => {
    expect(content.purposes.map(({ id, legal_bases }) => [id, ...legal_bases])).toEqual([
      ['kindergeld-antrag', 'EGovG § 5 Abs. 1 Nr. 1'],
      ['gewerbeanzeige-aufgaben', 'GewO § 14 Abs. 8'],
      ['datenschutzkontrolle', 'IDNrG § 9'],
    ]);
    expect(content.recipients).toMatchObject([
      { id: 'familienkasse-online', received: true, data_protection_officer: expect.stringContaining('@') },
      { id: 'finanzamt-bremen', received: false, contact: '' },
    ]);
    expect(content.sources.map(({ id }) => id)).toEqual(['melderegister-bremen', 'gewerberegister-bremen']);
    expect(content.retention.map(({ period }) => period)).toContain('24 Monate (IDNrG § 9 Abs. 3)');
    for (const { id, title } of [...content.purposes, ...content.recipients, ...content.sources])
      expect(title).not.toBe(id);
  });

  it('names the data that could be retrieved for this, readable, and none of other purposes (Abs. 1 b)', () => {
    expect(content.categories.map(({ id }) => id)).toEqual(['meldedaten', 'gewerbeanzeige-anmeldung']);
    const { attributes } = content.categories[0]!;
    expect(attributes).toContainEqual({ id: 'family_name', title: expect.stringContaining('Familienname') });
  });

  it('names each right with its norm (Abs. 1 e, f)', () => {
    const norms = ['Art. 16', 'Art. 17', 'Art. 18', 'Art. 21', 'Art. 77'];
    for (const language of LANGUAGES) {
      const { rights } = subjectPackage(current, about, NOW, language);
      for (const norm of norms) expect(rights.filter((it) => it.norm.endsWith(norm))).toHaveLength(1);
    }
  });

  it('keeps the clear columns of each entry, and says beside them what they are', () => {
    expect(content.entries[0]).toMatchObject(entries[0]!);
    expect(content.entries[0]?.sentence).toContain('abgerufen');
    expect(content.entries[1]?.titles).toMatchObject({ outcome: 'abgelehnt', legal_basis: 'GewO § 14 Abs. 8' });
    expect(Object.keys(content.entries[2]?.titles ?? {})).not.toContain('register');
  });

  it('can be read: every part is a heading with paragraphs, and of an id nobody is told', () => {
    for (const language of LANGUAGES) {
      const lines = [...packageLines(subjectPackage(current, about, NOW, language), language)];
      const headings = lines.filter(([tag]) => tag === 'H2');
      expect(headings).toHaveLength(8);
      for (const [at, [tag]] of lines.entries()) if (tag !== 'P') expect(lines[at + 1]?.[0]).toBe('P');
      const text = lines.map(([, it]) => it).join('\n');
      expect(text).not.toMatch(/kindergeld-antrag|melderegister-bremen|retrieval\.|egovg-5/);
    }
  });
});
