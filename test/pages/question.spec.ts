import { describe, expect, it } from '@jest/globals';
import type { RegisterAnswer } from '../../src/client/citizen-calls.js';
import { htmlOf } from '../../src/pages/shell/html.js';
import { EntryList, RegisterLines } from '../../src/pages/tracker/entry-list.js';
import { questionAbout, questionValue } from '../../src/pages/tracker/line-question.js';
import { QuestionPage } from '../../src/pages/tracker/question.page.js';
import { Titles } from '../../src/pages/tracker/titles.js';
import { aFederation } from '../register-edge/federation.js';

const { current } = await aFederation();
const { catalogue } = current;
const titles = new Titles(current.lookup, 'de');
const visit = {
  language: 'de',
  path: '/',
  account: { csrf: 'token', name: '', signedIn: { role: 'citizen' } },
} as unknown as Parameters<QuestionPage['show']>[0];
const AT = '2026-11-01T00:00:00.000Z';
const texts = { log_time: AT, event: '', evidence_type: '', purpose: '', legal_basis: '', outcome: '', reason: '' };
const line = { ...texts, consumer: 'familienkasse-online', attributes: [] };
const entry = { ...texts, consumer: 'familienkasse-online', exchange_id: '', register: '', capacities: [] };
const asked = (form: Record<string, unknown>) => htmlOf(new QuestionPage(current).show(visit, form), visit);

describe('a question or complaint about an entry (GDPR Art. 15, 77)', () => {
  it('can be had from every entry of the node, steps on the way included', () => {
    const entries = ['retrieval.closed', 'retrieval.opened', 'subject.listed', 'incident'].map((event, log_index) => ({
      ...entry,
      ...{ event, log_index, purpose: event === 'subject.listed' ? 'datenauskunft' : '' },
    }));
    const html = htmlOf({ title: '', body: EntryList({ entries, titles }) }, visit);
    for (const { log_index } of entries) expect(html.split(`href="/data/entry/${log_index}#ask"`)).toHaveLength(2);
  });

  it('can be had from every line of a register, by a form with what it is about', () => {
    const lines = [line, { ...line, consumer: 'pages', purpose: 'datenauskunft' }, { ...line, consumer: '' }];
    const answer = { register: 'melderegister-bremen', entries: lines } as unknown as RegisterAnswer;
    const html = htmlOf({ title: '', body: RegisterLines({ answers: [answer], titles, visit }) }, visit);
    expect(html).toContain('<form method="post" action="/data/question">');
    expect(html).toContain('name="register" value="melderegister-bremen"');
    for (const it of lines) expect(html.split(`name="line" value="${questionValue(it)}"`)).toHaveLength(2);
  });

  it('goes to who answers for it, as the catalogue has it, and says where nobody has confirmed it or there is nothing', () => {
    for (const { id, contact } of catalogue.participants) {
      const html = asked({ register: 'handelsregister', line: questionValue({ ...line, consumer: id }) });
      expect(html).toContain(`An: ${titles.participant(id)}`);
      const said = contact === undefined ? 'Die Anschrift steht nicht im Katalog' : contact.data_protection_officer;
      expect(html).toContain(said);
      expect(html.includes('hat die Stelle noch nicht bestätigt')).toBe(contact?.verified === false);
    }
    const html = asked({ register: 'melderegister-bremen', line: questionValue({ ...line, consumer: '' }) });
    expect(html).toContain('datenschutz@meldebehoerde.example');
    expect(html).not.toContain('Im Protokoll des Registers');
  });

  it('is of what a list shows, and of nothing else', () => {
    expect(questionAbout('r', questionValue(line))).toEqual({ register: 'r', consumer: line.consumer, log_time: AT });
    for (const given of [undefined, '', 'x', `${AT} a b`, '2026-99-01T00:00:00.000Z a', ['x']])
      expect(questionAbout('r', given)).toBeUndefined();
    const ended = expect.objectContaining({ reason: 'REQUEST_NOT_VALID' });
    expect(() => asked({ register: 'nowhere', line: questionValue(line) })).toThrow(ended);
    expect(() => asked({})).toThrow(ended);
  });
});
