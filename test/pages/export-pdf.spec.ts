import { describe, expect, it } from '@jest/globals';
import type { ListedEntries } from '../../src/client/listed-entries.js';
import { linesOf } from '../../src/pages/tracker/export-pdf.js';
import type { Overview } from '../../src/pages/tracker/overview.js';
import { Titles } from '../../src/pages/tracker/titles.js';
import { aFederation } from '../register-edge/federation.js';
import { NOW } from '../support/builders.js';

const { current } = await aFederation();
const REGISTER = 'melderegister-bremen';
const nothing: ListedEntries = { entries: [], next: '', reaches_back_to: '' };

describe('the file to take along (GDPR Art. 15 (3))', () => {
  const saysSo = (overview: Overview) =>
    linesOf(overview, new Titles(current.lookup, 'de'), NOW).filter(([, , text]) =>
      text.startsWith('Nicht vollständig'),
    );
  const answer = {
    register: REGISTER,
    state: 'no_entries',
    not_asked: '',
    reaches_back_to: '',
    entries: [],
    next: '',
    elapsed_ms: 9,
  } as const;

  it('says where it does not hold everything: of the log and of each register', () => {
    expect(
      saysSo({ log: { ...nothing, next: 'more' }, registers: [{ ...answer, next: 'more' }, answer] }),
    ).toHaveLength(2);
    expect(saysSo({ log: nothing, registers: [answer] })).toEqual([]);
  });
});
