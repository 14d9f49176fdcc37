// Original file: einmal/broker/v1/transparency_service.proto

/**
 * In which capacity an entry names a person.
 */
export const PersonCapacity = {
  /**
   * Never sent.
   */
  PERSON_CAPACITY_UNSPECIFIED: 'PERSON_CAPACITY_UNSPECIFIED',
  /**
   * The entry is about the person.
   */
  PERSON_CAPACITY_SUBJECT: 'PERSON_CAPACITY_SUBJECT',
  /**
   * The person decided or acted, for themself or for somebody whom they represent.
   */
  PERSON_CAPACITY_DECIDER: 'PERSON_CAPACITY_DECIDER',
} as const;

/**
 * In which capacity an entry names a person.
 */
export type PersonCapacity =
  /**
   * Never sent.
   */
  | 'PERSON_CAPACITY_UNSPECIFIED'
  | 0
  /**
   * The entry is about the person.
   */
  | 'PERSON_CAPACITY_SUBJECT'
  | 1
  /**
   * The person decided or acted, for themself or for somebody whom they represent.
   */
  | 'PERSON_CAPACITY_DECIDER'
  | 2

/**
 * In which capacity an entry names a person.
 */
export type PersonCapacity__Output = typeof PersonCapacity[keyof typeof PersonCapacity]
