import type { SessionRole } from '../../tokens/session-token.js';
import { cast } from '../people/cast.js';

/** Somebody who can sign in at the simulator, with the attributes that BundID attests. */
export type Login = Readonly<{
  id: string;
  name: string;
  /** What the person is in the demo; for whoever chooses. */
  note: string;
  role: SessionRole;
  person?: Readonly<{ familyName: string; givenNames: string; birthDate: string; postcode: string; town: string }>;
}>;

type Figure = Readonly<{
  familyName: string;
  givenNames: string;
  birthDate: string;
  address: Readonly<{ postcode: string; town: string }>;
}>;

function citizen(id: string, note: string, { familyName, givenNames, birthDate, address }: Figure): Login {
  const { postcode, town } = address;
  const person = { familyName, givenNames, birthDate, postcode, town };
  return { id, name: `${givenNames} ${familyName}`, note, role: 'citizen', person };
}

/** Of an office: no attributes by which a person could be looked up. */
function official(role: Exclude<SessionRole, 'citizen'>, number: number, note: string): Login {
  return { id: `${role}-${number}`, name: `${note} ${number} (erfunden)`, note, role };
}

export const LOGINS: readonly Login[] = [
  citizen('mother', 'Mutter eines Neugeborenen', cast.mother),
  citizen('father', 'Vater', cast.father),
  citizen('student', 'Studentin', cast.student),
  citizen('twins-mother', 'Mutter von Zwillingen', cast.twinsMother),
  citizen('student-mother', 'Bevollmächtigte der Studentin', cast.studentMother),
  citizen('guardian', 'Vormund eines Kindes', cast.widow),
  citizen('blocked', 'mit Auskunftssperre', cast.blocked),
  citizen('markup', 'in keinem Register; der Name enthält Auszeichnungen', {
    familyName: '<script>alert(1)</script>',
    givenNames: '<img src=x onerror=alert(2)>',
    birthDate: '1980-01-01',
    address: { postcode: '28195', town: '"><b>Bremen' },
  }),
  official('officer', 1, 'Datenschutzbeauftragte Person'),
  official('officer', 2, 'Datenschutzbeauftragte Person'),
  official('auditor', 1, 'Prüfende Person'),
  official('administrator', 1, 'Verwaltung des Katalogs'),
  official('administrator', 2, 'Verwaltung des Katalogs'),
];

export const LEVELS = [
  { id: 'http://eidas.europa.eu/LoA/high', title: 'hoch (Online-Ausweis)' },
  { id: 'http://eidas.europa.eu/LoA/substantial', title: 'substantiell (ELSTER-Zertifikat)' },
  { id: 'http://eidas.europa.eu/LoA/low', title: 'niedrig (Benutzername und Passwort)' },
] as const;
