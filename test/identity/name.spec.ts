import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  familyNameKey,
  givenNameKeys,
  matchFamilyName,
  matchGivenNames,
  matchTown,
  type NameMatch,
  type NameRules,
  normaliseName,
  STRICT_NAMES,
} from '../../src/identity/name.js';

const TRANSCRIBED: NameRules = { transcription: 'din-91379', particles: 'required' };
const BARE: NameRules = { transcription: 'none', particles: 'optional' };
const WIDEST: NameRules = { transcription: 'din-91379', particles: 'optional' };

describe('the form in which names are compared', () => {
  it.each([
    ['composed and decomposed letters', 'Jörn Łuk\u0061\u0301š', 'Jo\u0308rn Łukáš'],
    ['upper and lower case', 'VON MUSTERMANN', 'von Mustermann'],
    ['ß, ẞ and ss (Unicode full case folding)', 'STRAẞ', 'Strass'],
    ['the two small sigmas', 'ΝΊΚΟΣ', 'νίκος'],
    ['spaces, no-break spaces and tabs', '  von\u00a0 Beispiel\t', 'von Beispiel'],
    ['a doctorate (BMG § 3 Abs. 1 Nr. 4: a datum of its own)', 'Dr. Mustermann', 'Mustermann'],
    ['two doctorates', 'Dr. Dr. Mustermann', 'Mustermann'],
    ['a doctorate with its field', 'Dr. rer. nat. Mustermann', 'Mustermann'],
    ['a doctorate in engineering', 'Dr.-Ing. Mustermann', 'Mustermann'],
    ['an honorary doctorate, without spaces', 'Dr.h.c.Mustermann', 'Mustermann'],
    ['a doctorate before a particle', 'DR. von Mustermann', 'von Mustermann'],
  ])('treats as equal: %s', (_, left, right) => {
    expect(normaliseName(left)).toBe(normaliseName(right));
  });

  it.each([
    ['umlaut and its transcription', 'Müller', 'Mueller'],
    ['a letter with and without diacritic', 'Łukasz', 'Lukasz'],
    ['with and without particle', 'von Muster', 'Muster'],
    ['hyphen and space', 'Muster-Feld', 'Muster Feld'],
    ['a name that only begins like a doctorate', 'Dreher', 'Eher'],
    ['a name and nothing', 'Dr.', ''],
    ['a name with a full stop in it', 'Mustermann jun.', 'jun. Mustermann'],
  ])('keeps apart: %s', (_, left, right) => {
    expect(normaliseName(left)).not.toBe(normaliseName(right));
  });

  it('does not change a name that is already normalised', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(normaliseName(normaliseName(name))).toBe(normaliseName(name));
      }),
    );
  });

  it('takes its time by the length of a name, whatever stands in it', () => {
    const began = performance.now();
    for (const name of ['dr.'.repeat(66), 'dr. '.repeat(50), `${"d'".repeat(99)} `, 'von '.repeat(50)])
      expect(familyNameKey(name).length).toBeLessThan(201);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('compares given names one by one and keeps a hyphenated name whole', () => {
    expect(givenNameKeys('Björn  Łukasz-Íñigo')).toEqual(['björn', 'łukasz-íñigo']);
  });
});

type Case = readonly [
  what: string,
  given: string,
  held: string,
  found: Readonly<{ strict: NameMatch; transcribed: NameMatch; bare: NameMatch; widest: NameMatch }>,
];

const all = (match: NameMatch) => ({ strict: match, transcribed: match, bare: match, widest: match });
const byTranscription = { strict: 'other', transcribed: 'by-rule', bare: 'other', widest: 'by-rule' } as const;
const byParticle = { strict: 'other', transcribed: 'other', bare: 'by-rule', widest: 'by-rule' } as const;
const byBoth = { strict: 'other', transcribed: 'other', bare: 'other', widest: 'by-rule' } as const;

/** What each rule makes of a family name; the columns are the four settings of a directory. */
const FAMILY_NAMES: readonly Case[] = [
  ['the same letters', 'Mustermann', 'MUSTERMANN', all('spelled')],
  ['a doctorate that was typed', 'Dr. Mustermann', 'Mustermann', all('spelled')],
  ['ß and ss', 'Vorlagenstraß', 'Vorlagenstrass', all('spelled')],
  ['another name', 'Mustermann', 'Musterfrau', all('other')],
  ['one letter left out', 'Musterman', 'Mustermann', all('other')],
  ['the two halves turned round', 'Feld-Muster', 'Muster-Feld', all('other')],
  ['one half of a double name', 'Muster', 'Muster-Feld', all('other')],

  ['ä as ae', 'Musterbaecker', 'Musterbäcker', byTranscription],
  ['ö as oe', 'Mustersoehn', 'Mustersöhn', byTranscription],
  ['ü as ue', 'Mustergruen', 'Mustergrün', byTranscription],
  ['upper case Ü as UE', 'UEBUNGSFELD', 'Übungsfeld', byTranscription],
  ['ö as o: no transcription of German', 'Mustersohn', 'Mustersöhn', all('other')],
  ['é as e', 'Modellnoe', 'Modellnoé', byTranscription],
  ['ø as oe', 'Proevefeld', 'Prøvefeld', byTranscription],
  ['å as aa', 'Proevegaard', 'Prøvegård', byTranscription],
  ['æ as ae', 'Musterkjaer', 'Musterkjær', byTranscription],
  ['œ as oe', 'Mustercoeur', 'Mustercœur', byTranscription],
  ['ł as l', 'Musterlaka', 'Musterłąka', byTranscription],
  ['ş as s', 'Oerneksahin', 'Örnekşahin', byTranscription],
  ['ş with cedilla and ș with comma', 'Örneköş', 'Örneköș', byTranscription],
  ['dotless ı and i', 'Muster-Işık', 'Muster-Isik', byTranscription],
  ['İ with dot', 'İzmirli', 'Izmirli', byTranscription],
  ['þ and ð', 'Musterthordur', 'Musterþórður', byTranscription],
  ['đ, ħ, ŧ, ŋ: letters without decomposition', 'Dhtn', 'Đħŧŋ', byTranscription],
  ['ů as u, not as ua', 'Prubava', 'Průbavá', byTranscription],
  ['ǖ: umlaut below another mark as ue', 'Probuefeld', 'Probǖfeld', byTranscription],
  ['a letter that only a sequence of characters makes', 'Probekhan', 'Probek͟han', byTranscription],
  ['kinds of apostrophe', 'd’Örneksjö', "d'Örneksjö", { ...all('by-rule'), strict: 'other', bare: 'by-rule' }],
  ['an apostrophe and a space', "O'Muster", 'O Muster', byTranscription],
  ['an apostrophe that was left out', 'OMuster', "O'Muster", all('other')],
  ['a hyphen and a space', 'Muster Feld', 'Muster-Feld', byTranscription],
  ['a hyphen that does not break', 'Muster‑Feld', 'Muster-Feld', byTranscription],

  ['von left out', 'Mustermann', 'von Mustermann', byParticle],
  ['von written where there is none', 'von Mustermann', 'Mustermann', byParticle],
  ['another particle', 'zu Mustermann', 'von Mustermann', byParticle],
  ['several particles', 'Mustermann', 'von und zu Mustermann', byParticle],
  ['van der', 'Entwurfsbrück', 'van der Entwurfsbrück', byParticle],
  ["d' without a space", 'Örneksjö', "d'Örneksjö", byParticle],
  ['a name that begins like a particle', 'Demuster', 'Muster', all('other')],
  ['a name that is a particle', 'Van', 'Von', all('other')],
  ['a particle in the middle', 'Muster von Feld', 'Muster Feld', all('other')],
  ['particle and transcription at once', 'Entwurfsbrueck', 'van der Entwurfsbrück', byBoth],
];

describe('a family name, by the rules that a directory is configured with', () => {
  it.each(FAMILY_NAMES)('%s', (_, given, held, found) => {
    expect({
      strict: matchFamilyName(given, held, STRICT_NAMES),
      transcribed: matchFamilyName(given, held, TRANSCRIBED),
      bare: matchFamilyName(given, held, BARE),
      widest: matchFamilyName(given, held, WIDEST),
    }).toEqual(found);
  });

  it.each(FAMILY_NAMES)('is the same whichever way round: %s', (_, given, held, { widest }) => {
    expect(matchFamilyName(held, given, WIDEST)).toBe(widest);
  });

  it('is looked for under one key by every spelling that some rule takes for the same', () => {
    for (const [what, given, held, { widest }] of FAMILY_NAMES)
      expect([what, familyNameKey(given) === familyNameKey(held)]).toEqual([what, widest !== 'other']);
  });

  it('is looked for under one key wherever a rule takes two names for the same, whatever they are', () => {
    const before = fc.array(fc.constantFrom('von ', 'VAN ', 'd’', "d' ", 'Dr. ', 'zu-', ' '), { maxLength: 3 });
    const part = fc.string({
      unit: fc.constantFrom(...'aouäöüåøæßłxEr', 'u\u0308', 'a\u030a'),
      minLength: 1,
      maxLength: 3,
    });
    const names = fc
      .tuple(before, part, fc.constantFrom('', '-', ' ', '’', ' von '), part)
      .map(([words, one, between, other]) => `${words.join('')}${one}${between}${other}`);
    fc.assert(
      fc.property(names, names, fc.constantFrom(STRICT_NAMES, TRANSCRIBED, BARE, WIDEST), (left, right, rules) => {
        if (matchFamilyName(left, right, rules) !== 'other') expect(familyNameKey(left)).toBe(familyNameKey(right));
      }),
      { numRuns: 3000 },
    );
  });

  it('never comes closer by a narrower rule', () => {
    const RANK = { spelled: 0, 'by-rule': 1, other: 2 } as const;
    for (const [, , , { strict, transcribed, bare, widest }] of FAMILY_NAMES)
      for (const narrower of [strict, transcribed, bare]) expect(RANK[narrower]).toBeGreaterThanOrEqual(RANK[widest]);
    expect(FAMILY_NAMES.some(([, , , { widest }]) => widest === 'by-rule')).toBe(true);
  });
});

describe('given names', () => {
  it.each<readonly [what: string, given: string, held: string, strict: NameMatch, transcribed: NameMatch]>([
    ['all of them', 'Erika Jördis', 'Erika Jördis', 'spelled', 'spelled'],
    ['one of several', 'Jördis', 'Erika Jördis', 'spelled', 'spelled'],
    ['in another order', 'Jördis Erika', 'Erika Jördis', 'spelled', 'spelled'],
    ['transcribed', 'Joerdis', 'Erika Jördis', 'other', 'by-rule'],
    ['without diacritics', 'Lukasz', 'Łukasz Íñigo', 'other', 'by-rule'],
    ['one more than there are', 'Erika Maria', 'Erika Jördis', 'other', 'other'],
    ['half of a hyphenated name', 'Anna', 'Anna-Lena', 'other', 'other'],
    ['a doctorate before them', 'Dr. Erika', 'Erika Jördis', 'spelled', 'spelled'],
  ])('%s', (_, given, held, strict, transcribed) => {
    expect(matchGivenNames(given, held, STRICT_NAMES)).toBe(strict);
    expect(matchGivenNames(given, held, TRANSCRIBED)).toBe(transcribed);
  });
});

describe('the name of a town', () => {
  it('is transcribed like a name, and keeps its particles', () => {
    expect(matchTown('Flensburg', 'FLENSBURG', STRICT_NAMES)).toBe('spelled');
    expect(matchTown('Neumuenster', 'Neumünster', STRICT_NAMES)).toBe('other');
    expect(matchTown('Neumuenster', 'Neumünster', WIDEST)).toBe('by-rule');
    expect(matchTown('Musterstadt', 'Den Musterstadt', WIDEST)).toBe('other');
  });
});
