import type { Draw, Home } from './adults.js';
import { dayNumber, isoDay } from './calendar.js';
import { draftPerson } from './drafts.js';
import { pickGivenNames } from './names.js';
import { type Person, REFERENCE_DATE } from './person.js';
import { otherSpelling } from './places.js';

const TODAY = dayNumber(REFERENCE_DATE);
const YEAR = 365.25;
/** How long it takes until a newborn has an identification number, at most. */
const DAYS_WITHOUT_IDNR = 21;

export type ChildrenPlan = Readonly<{
  motherBorn: number;
  fatherBorn: number;
  /** The children, born at home if `fewer` leaves any: at most four less `fewer`, and always one. */
  children(home: Home, familyName: string, fewer: number): Person[];
}>;

/** Draws birthdays first, then parents who were grown up by then. */
export function drawChildren({ random, numbering }: Draw, wanted: 'siblings' | 'twins'): ChildrenPlan {
  const birthdays = drawBirthdays();
  const eldest = Math.min(...birthdays);
  const motherBorn = eldest - Math.round(random.between(19, 36) * YEAR) - random.below(365);
  const fatherBorn = Math.min(eldest - Math.round(18 * YEAR), motherBorn - random.between(-700, 2_900));
  return { motherBorn, fatherBorn, children };

  function drawBirthdays(): number[] {
    const first = TODAY - random.between(1, Math.round(20 * YEAR));
    if (wanted === 'twins') return [first, first];
    const days = [first];
    for (let more = random.pick([0, 0, 1, 1, 1, 2, 3]); more > 0; more -= 1) {
      const next = (days.at(-1) ?? first) + random.between(400, 1_700);
      if (next < TODAY) days.push(next);
    }
    return days;
  }

  function children(home: Home, familyName: string, fewer: number): Person[] {
    const taken = new Set<string>();
    return birthdays.slice(0, 4 - fewer).map((born) => {
      const sex = random.chance(0.5) ? 'weiblich' : 'männlich';
      let givenNames = pickGivenNames(sex, random);
      while (taken.has(givenNames)) givenNames = pickGivenNames(sex, random);
      taken.add(givenNames);
      const birthPlace = home.address.town;
      const tooYoung = TODAY - born <= DAYS_WITHOUT_IDNR;
      const birthDate = isoDay(born);
      const movedInOn = isoDay(Math.max(born, home.movedIn));
      return draftPerson({
        number: numbering.nextPerson(),
        idnr: tooYoung && random.chance(0.8) ? null : numbering.nextIdnr(),
        familyName,
        givenNames,
        birthDate,
        birthPlace,
        sex,
        address: home.address,
        movedInOn,
        blocked: random.chance(0.003),
        melderegisterDeviation: random.chance(0.015) ? { birthPlace: otherSpelling(birthPlace) } : {},
        asOf: `${movedInOn}T${random.pick(['08', '10', '13'])}:30:00Z`,
      });
    });
  }
}
