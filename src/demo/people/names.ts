import type { Sex } from './person.js';
import type { Random } from './random.js';

/** First halves that say "specimen" in one language or another: no family is called so by accident. */
const specimens = [
  'Muster',
  'Beispiel',
  'Probe',
  'Schablonen',
  'Modell',
  'Attrappen',
  'Vorlagen',
  'Übungs',
  'Entwurfs',
  'Prøve',
  'Próba',
  'Örnek',
] as const;

const secondHalves = [
  'mann',
  'bäcker',
  'müller',
  'höfer',
  'straß',
  'grün',
  'weiß',
  'söhn',
  'brück',
  'feld',
  'kjær',
  'søndergård',
  'łąka',
  'şahin',
  'dağ',
  'ová',
  'ič',
  'ņš',
  'sjö',
  'þór',
] as const;

const particles = ['von', 'zu', 'von und zu', 'de', 'van der', "d'", 'ter'] as const;

const girls = [
  'Jördis',
  'Mia',
  'Łucja',
  'Zoë',
  'Ayşe',
  'Çağla',
  'Siân',
  'Frauke',
  'Inés',
  'Noémie',
  'Åse',
  'Wiebke',
  'Ñusta',
  'Žofie',
  'Elif',
  'Käthe',
  'Renée',
  'Solveig',
] as const;

const boys = [
  'Jörn',
  'Björn',
  'Ægir',
  'Łukasz',
  'Uğur',
  'Søren',
  'René',
  'Fiete',
  'Ștefan',
  'Dušan',
  'Íñigo',
  'Þórður',
  'Hauke',
  'Göran',
  'Emre',
  'Matthäus',
  'Ángel',
  'Jürgen',
] as const;

const neutral = ['Kim', 'Luca', 'Robin', 'Noa', 'Toni'] as const;

export function pickFamilyName(random: Random): string {
  const name = random.chance(0.08) ? `${bareName(random)}-${bareName(random)}` : bareName(random);
  if (!random.chance(0.05)) return name;
  const particle = random.pick(particles);
  return particle.endsWith("'") ? `${particle}${name}` : `${particle} ${name}`;
}

function bareName(random: Random): string {
  return `${random.pick(specimens)}${random.pick(secondHalves)}`;
}

export function pickSex(random: Random): Sex {
  if (random.chance(0.004)) return 'divers';
  return random.chance(0.5) ? 'weiblich' : 'männlich';
}

export function pickGivenNames(sex: Sex, random: Random): string {
  const source = sex === 'weiblich' ? girls : sex === 'männlich' ? boys : neutral;
  const wanted = random.chance(0.35) ? (random.chance(0.15) ? 3 : 2) : 1;
  const names = new Set<string>();
  while (names.size < wanted) names.add(random.pick(source));
  const given = [...names];
  return given.length === 2 && random.chance(0.15) ? given.join('-') : given.join(' ');
}

export function pickDoctorate(random: Random): string | null {
  if (!random.chance(0.03)) return null;
  return random.chance(0.06) ? 'Dr. Dr.' : 'Dr.';
}

/** How another register spells the same name: letters that its older system could not hold. */
export function transcribed(name: string): string {
  const spellings: Readonly<Record<string, string>> = {
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
    ß: 'ss',
    Ä: 'Ae',
    Ö: 'Oe',
    Ü: 'Ue',
    ø: 'oe',
    å: 'aa',
    æ: 'ae',
  };
  const plain = name.replace(/[äöüßÄÖÜøåæ]/g, (letter) => spellings[letter] ?? letter);
  return plain === name ? `${name}n` : plain;
}
