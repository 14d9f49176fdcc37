import type { Address } from './person.js';
import type { Random } from './random.js';

export type Municipality = Readonly<{
  town: string;
  /** Official region key (Amtlicher Regionalschlüssel), 12 digits. */
  ars: string;
  postcodes: readonly [string, ...string[]];
  /** Share of the population, in thousands of inhabitants, roughly. */
  weight: number;
}>;

/** Real municipalities (independent cities of four Länder) with their real region keys and postcodes. Streets are invented. */
export const municipalities = [
  { town: 'Bremen', ars: '040110000000', postcodes: ['28195', '28203', '28215'], weight: 570 },
  { town: 'Bremerhaven', ars: '040120000000', postcodes: ['27568', '27570'], weight: 115 },
  { town: 'Hamburg', ars: '020000000000', postcodes: ['20095', '20099', '22767'], weight: 1850 },
  { town: 'Flensburg', ars: '010010000000', postcodes: ['24937', '24939'], weight: 92 },
  { town: 'Kiel', ars: '010020000000', postcodes: ['24103', '24105'], weight: 247 },
  { town: 'Lübeck', ars: '010030000000', postcodes: ['23552', '23554'], weight: 218 },
  { town: 'Neumünster', ars: '010040000000', postcodes: ['24534'], weight: 80 },
  { town: 'Dessau-Roßlau', ars: '150010000000', postcodes: ['06844', '06846'], weight: 79 },
  { town: 'Halle (Saale)', ars: '150020000000', postcodes: ['06108', '06110'], weight: 238 },
  { town: 'Magdeburg', ars: '150030000000', postcodes: ['39104', '39106'], weight: 239 },
] as const satisfies readonly Municipality[];

const foreignPlaces = [
  { country: 'DK', town: 'Aabenraa', postcode: '6200', streets: ['Prøvegade', 'Mønstervej'] },
  { country: 'PL', town: 'Łódź', postcode: '90-001', streets: ['ul. Wzorcowa', 'ul. Próbna'] },
  { country: 'NL', town: 'Groningen', postcode: '9712 AA', streets: ['Voorbeeldstraat', 'Proefpad'] },
  { country: 'TR', town: 'Çanakkale', postcode: '17100', streets: ['Örnek Sokağı', 'Deneme Caddesi'] },
  { country: 'AT', town: 'Salzburg', postcode: '5020', streets: ['Mustergasse', 'Beispielgasse'] },
] as const;

const foreignBirthPlaces = [
  'İzmir',
  'Wrocław',
  'Plovdiv',
  'Åbenrå',
  'Székesfehérvár',
  'Iași',
  'Ourense',
  'Ḩalab',
] as const;

const streets = [
  'Musterstraße',
  'Beispielweg',
  'Probegasse',
  'Übungsallee',
  'Am Schaukasten',
  'Straße der Vorlagen',
  'Modellufer',
  'Lindenprobe',
  'Zum Entwurf',
  'Versuchsfähre',
  'An der Attrappe',
  'Größenmaßweg',
] as const;

const totalWeight = municipalities.reduce((sum, place) => sum + place.weight, 0);

export function pickMunicipality(random: Random): Municipality {
  let rest = random.below(totalWeight);
  for (const place of municipalities) {
    if (rest < place.weight) return place;
    rest -= place.weight;
  }
  return municipalities[0];
}

export function addressIn(place: Municipality, random: Random): Address {
  const suffix = random.chance(0.12) ? random.pick(['a', 'b', 'c']) : '';
  return {
    street: random.pick(streets),
    houseNumber: `${random.between(1, 180)}${suffix}`,
    postcode: random.pick(place.postcodes),
    town: place.town,
    ars: place.ars,
    country: 'DE',
  };
}

export function addressAbroad(random: Random): Address {
  const place = random.pick(foreignPlaces);
  return {
    street: random.pick(place.streets),
    houseNumber: String(random.between(1, 90)),
    postcode: place.postcode,
    town: place.town,
    ars: null,
    country: place.country,
  };
}

export function birthPlace(random: Random): string {
  return pickMunicipality(random).town;
}

export function birthPlaceAbroad(random: Random): string {
  return random.pick(foreignBirthPlaces);
}

/** The same place as another register writes it. */
export function otherSpelling(town: string): string {
  return town.includes(' (') ? town.replace(' (', '/').replace(')', '') : `${town}, Stadt`;
}
