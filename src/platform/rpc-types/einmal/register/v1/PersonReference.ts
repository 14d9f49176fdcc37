// Original file: einmal/register/v1/register_service.proto

import type { CommitmentOpening as _einmal_register_v1_CommitmentOpening, CommitmentOpening__Output as _einmal_register_v1_CommitmentOpening__Output } from '../../../einmal/register/v1/CommitmentOpening.js';

/**
 * The person, as the law lets a register be asked: the number with the date of birth to check it (EGovG § 5 Abs. 4), and
 * what opens the commitment in the attested trigger.
 */
export interface PersonReference {
  /**
   * Identification number, 11 digits.
   */
  'idnr'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown.
   */
  'birth_date'?: (string);
  /**
   * Opening of the commitment in the attested trigger.
   */
  'commitment'?: (_einmal_register_v1_CommitmentOpening | null);
}

/**
 * The person, as the law lets a register be asked: the number with the date of birth to check it (EGovG § 5 Abs. 4), and
 * what opens the commitment in the attested trigger.
 */
export interface PersonReference__Output {
  /**
   * Identification number, 11 digits.
   */
  'idnr'?: (string);
  /**
   * `YYYY-MM-DD`; `YYYY-MM` or `YYYY` where the rest is unknown.
   */
  'birth_date'?: (string);
  /**
   * Opening of the commitment in the attested trigger.
   */
  'commitment'?: (_einmal_register_v1_CommitmentOpening__Output);
}
