import { describe, expect, it } from '@jest/globals';
import { CurrentCatalogue } from '../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { explainedWords } from '../../src/pages/oversight/explained-words.js';
import { ENGLISH, EXPLAINED, type ExplainedCode } from '../../src/platform/explained.js';

const current = new CurrentCatalogue(loadCatalogue({ folder: 'catalogue', deployment: 'test/catalogue/deployment' }));
const values = {
  ...{ consumer: 'familienkasse-online', provider: 'personenstand-bremen', evidence_type: 'geburt' },
  ...{ purpose: 'kindergeld-antrag', legal_basis: 'egovg-5-1-1', rule: 'kindergeld-geburt', limit: 'purpose:x' },
  ...{ source: 'EGovG § 5', attribute: 'religion', attributes: 'birth_date, birth_place' },
  ...{ member: 'purpose', value: 'elterngeld-antrag' },
};
const codes = Object.keys(EXPLAINED) as ExplainedCode[];
const about = (language: 'de' | 'de-simple' | 'en') => ({ current, evidenceType: 'geburt', language });

describe('what an explanation says (BITV, language of the page)', () => {
  it.each(codes)('%s is said in German and plain German, with all that the English sentence names', (code) => {
    const named = [...EXPLAINED[code].matchAll(/\{(\w+)\}/g)].map(([, kind = '']) => kind);
    for (const language of ['de', 'de-simple'] as const) {
      const said = explainedWords({ code, values }, 'the own words', about(language));
      expect(said).not.toMatch(/[{}]|undefined|the own words|\b(rule|allows|register is)\b/);
      if (named.includes('provider')) expect(said).toContain('Personenstandsregister');
      if (named.includes('attributes')) expect(said).toContain('Ort der Geburt');
      if (named.includes('rule')) expect(said).toContain('kindergeld-geburt');
      if (named.includes('source')) expect(said).toContain('EGovG § 5');
    }
  });

  it('names the parts of a question in the words of the page', () => {
    const like = { code: 'ALLOWS_THE_LIKE', values: { rule: 'r', purpose: 'kindergeld-antrag' } };
    expect(explainedWords(like, '', about('de'))).toBe(
      'Die Regel „r“ erlaubt Ähnliches für: Zweck Bearbeitung eines Antrags auf Kindergeld.',
    );
    const stranger = { code: 'NOT_LISTED', values: { member: 'purpose', value: 'z' } };
    expect(explainedWords(stranger, '', about('en'))).toBe('The purpose "z" is not in the catalogue.');
    expect(Object.keys(ENGLISH.members)).toHaveLength(5);
  });

  it('is shown in the own words of a node that says what these pages do not know', () => {
    expect(explainedWords({ code: 'constructor', values: {} }, 'Own words.', about('de'))).toBe('Own words.');
    expect(explainedWords({ code: 'NOT_LISTED', values: { member: 'x' } }, 'Own words.', about('de'))).toBe(
      'Own words.',
    );
    expect(explainedWords({}, 'Own words.', about('de'))).toBe('Own words.');
  });
});
