/** Foldings of Unicode CaseFolding.txt (status F and C) for letters of DIN 91379 that `toLowerCase` leaves alone. */
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', ſ: 's', ς: 'σ', ŉ: 'ʼn' };

/**
 * The form in which names are compared: Unicode NFC, case folded, white space trimmed and collapsed. Nothing else is
 * evened out: `ü` and `ue`, a particle or a doctorate stay different. Loader and lookup must both use this function.
 */
export function normaliseName(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßſςŉ]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** Each given name by itself, in official order, compared as `normaliseName` says. */
export function givenNameKeys(givenNames: string): readonly string[] {
  return normaliseName(givenNames).split(' ');
}
