import type { Representation } from '../catalogue/catalogue.js';
import type { PersonKey } from '../tokens/register-request.js';
import type { Found } from './evidence-source.js';

export type DirectoryPerson = Readonly<{
  /** The surviving number. */
  idnr: string;
  birthDate: string;
  /** Whether the one who decides represents this person; true where nobody else decides. */
  represented: boolean;
}>;

/** Who decides for the person, and by virtue of what. */
export type Representative = Readonly<{ idnr: string; by: Representation }>;

/** Base data of everybody who has an identification number (IDNrG § 4). */
export abstract class PersonDirectory {
  /**
   * The one person that a key set means. A deceased person is found like any other: the date of death is one of the
   * base data (IDNrG § 4 Abs. 2), and evidence about the dead is needed.
   * @param signal ends the reading: nobody waits any more
   * @throws Fault IDENTITY_DIRECTORY_UNAVAILABLE
   */
  abstract find(
    key: PersonKey,
    representative: Representative | null,
    signal: AbortSignal,
  ): Promise<Found<DirectoryPerson>>;
}
