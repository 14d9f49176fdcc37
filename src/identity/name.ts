/** Foldings of Unicode CaseFolding.txt (status F and C) for letters of DIN 91379 that `toLowerCase` leaves alone. */
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', ſ: 's', ς: 'σ', ŉ: 'ʼn' };

/** `dr.`, and what follows of it with a full stop: `-ing.`, `h. c.`, `rer. nat.`, another `dr.`; never a whole name. */
const DOCTORATE = /^dr\.(?:[ -]?[a-z]{1,6}\.)* ?(?=\S)/;

/**
 * The form in which names are compared: Unicode NFC, case folded, white space trimmed and collapsed, without a doctorate,
 * which is a datum of its own and no part of the name (BMG § 3 Abs. 1 Nr. 4). Nothing else is evened out: `ü` and `ue`, or a
 * particle, stay different. Loader and lookup must both use this function.
 */
export function normaliseName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßſςŉ]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(DOCTORATE, '')
    .normalize('NFC');
}

/** Each given name by itself, in official order, compared as `normaliseName` says. */
export function givenNameKeys(givenNames: string): readonly string[] {
  return normaliseName(givenNames).split(' ');
}

/**
 * How far a name may be spelled differently and still be taken for the same. By which rules the IDA compares could not be
 * read anywhere, so they are configuration; without them a name is the same only as `normaliseName` says.
 */
export type NameRules = Readonly<{
  /** `din-91379`: as in its search form, where `ü` is `ue` and `ł` is `l`. */
  transcription: 'none' | 'din-91379';
  /** `optional`: who is called `von Muster` is found as `Muster`, too. */
  particles: 'required' | 'optional';
}>;

export const STRICT_NAMES: NameRules = { transcription: 'none', particles: 'required' };

/** The same as spelled, the same by a rule only, or another name. */
export type NameMatch = 'spelled' | 'by-rule' | 'other';

/** Letters that the search form of DIN 91379 writes in basic letters and that have no decomposition in Unicode. */
const BASIC_LETTERS: Readonly<Record<string, string>> = {
  ...{ æ: 'ae', œ: 'oe', ø: 'oe', þ: 'th', ĳ: 'ij', ð: 'd', đ: 'd', ħ: 'h', ı: 'i', ɨ: 'i', ĸ: 'k' },
  ...{ ł: 'l', ŋ: 'n', ŧ: 't', ƈ: 'c', ə: 'e', ʒ: 'z', ǥ: 'g', ŀ: 'l' },
};
const DIAERESIS = '\u0308';
const RING_ABOVE = '\u030a';
/** Apostrophes and hyphens, which people type in many ways: parts of a name are parts, whatever stands between them. */
const BETWEEN_PARTS = /['`´ʹʺʻʼʾʿˈˌ‘’\-‐‑–]/gu;

/** The name in basic letters: the search form of DIN 91379, in lower case, of a normalised name. */
function searchForm(normalised: string): string {
  return normalised
    .normalize('NFD')
    .replace(/([aou])(\p{M}+)/gu, (_, letter: string, marks: string) => basicVowel(letter, marks))
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9 ]/gu, (letter) => BASIC_LETTERS[letter] ?? letter)
    .replace(BETWEEN_PARTS, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

function basicVowel(letter: string, marks: string): string {
  if (marks.includes(DIAERESIS)) return `${letter}e`;
  return letter === 'a' && marks.includes(RING_ABOVE) ? 'aa' : letter;
}

/** Words before a family name that some write and some leave out. */
const PARTICLE =
  /^(?:(?:von|vom|van|zu|zum|zur|und|auf|aus|der|den|dem|des|de|del|della|di|da|do|dos|du|la|le|ten|ter|af|av|d) |d['’ʼ] ?)+(?=\S)/u;

function withoutParticles(normalised: string): string {
  return normalised.replace(PARTICLE, '');
}

/**
 * What all spellings of one family name have in common that any rule takes for the same: by this, registers look for
 * candidates. Equal keys do not make names the same; that is for `matchFamilyName`.
 */
export function familyNameKey(familyName: string): string {
  return withoutParticles(searchForm(normaliseName(familyName)));
}

export function matchFamilyName(given: string, held: string, rules: NameRules): NameMatch {
  const [left, right] = [normaliseName(given), normaliseName(held)];
  if (left === right) return 'spelled';
  return byRule(left, rules) === byRule(right, rules) ? 'by-rule' : 'other';
}

function byRule(normalised: string, { transcription, particles }: NameRules): string {
  const name = transcription === 'din-91379' ? searchForm(normalised) : normalised;
  return particles === 'optional' ? withoutParticles(name) : name;
}

/** Whoever has several given names may know themselves by some of them, in whatever order. Particles are no part of these. */
export function matchGivenNames(given: string, held: string, { transcription }: NameRules): NameMatch {
  const [wanted, known] = [givenNameKeys(given), givenNameKeys(held)];
  if (wanted.every((name) => known.includes(name))) return 'spelled';
  if (transcription === 'none') return 'other';
  const forms = known.map(searchForm);
  return wanted.every((name) => forms.includes(searchForm(name))) ? 'by-rule' : 'other';
}

/** Names of towns have no particles: `den` and `der` are parts of them. */
export function matchTown(given: string, held: string, { transcription }: NameRules): NameMatch {
  return matchFamilyName(given, held, { transcription, particles: 'required' });
}
