import { describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { mayAskAbout, policyScope } from '../../src/permission/policy-scope.js';

const lookup = new CatalogueLookup(loadCatalogue({ folder: 'catalogue', deployment: { none: true } }));
const { participants, registers } = lookup.catalogue;
const questions = participants.flatMap(({ id: consumer }) =>
  registers.map(({ id: provider, participant }) => ({ consumer, provider, participant })),
);
/** Of all questions that there could be. */
const askedBy = (id: string) => {
  const scope = policyScope(lookup.participant(id)!, lookup);
  return questions.filter((it) => mayAskAbout(scope, it));
};

describe('what a participant may ask the rules about', () => {
  it.each(['familienkasse-online', 'ihk-bremen', 'pages'])('%s: what it would receive itself', (id) => {
    expect(askedBy(id)).toEqual(questions.filter(({ consumer }) => consumer === id));
  });

  it.each(['melderegister-bremen', 'identity-directory'])('%s: what it would deliver itself', (id) => {
    expect(askedBy(id)).toEqual(questions.filter(({ participant }) => participant === id));
  });

  it.each(['node', 'intermediary'])('%s: everything', (id) => {
    expect(askedBy(id)).toEqual(questions);
  });
});
