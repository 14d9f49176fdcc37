/** Misbehaviour of the connection, whatever is spoken over it. */
export const TRANSPORT_FAULTS = [
  /** Never answers. */
  'hang',
  /** A byte now and then, without end. */
  'byte-by-byte',
  /** Ends in the middle. */
  'cut-off',
  /** More than any receiver takes. */
  'huge',
  'redirect',
  'wrong-content-type',
  'compressed',
  'invalid-utf8',
  'not-found',
  /** Fails, and quotes the request. */
  'talkative-failure',
] as const;

export const XROAD_FAULTS = [
  'other-id',
  'other-client',
  'other-service',
  'other-hash',
  'no-hash',
  /** A right hash of a request that was never made. */
  'hash-of-other-request',
  'other-person',
  /** A fault of X-Road with status 200, which quotes the request. */
  'talkative-xroad-error',
  'not-json',
  'no-list',
  'nul',
  'half-character',
  'deep',
  'many-records',
  'missing-field',
  'no-time-zone',
] as const;

export const XNACHWEIS_FAULTS = [
  'other-request',
  'other-person',
  'no-number',
  'other-provider',
  'other-requester',
  'other-type',
  'other-version',
  'other-message',
  'later-in-the-past',
  'unknown-error',
  /** An error that quotes the request. */
  'talkative-error',
  'reference',
  'item-not-json',
  'doctype',
  'external-entity',
  'entity-bomb',
  'deep',
  'wide',
  'not-well-formed',
] as const;

export type TransportFault = (typeof TRANSPORT_FAULTS)[number];
/** `later`: XNachweis announces the evidence for a time. */
export type ForeignFault =
  | 'none'
  | 'later'
  | TransportFault
  | (typeof XROAD_FAULTS)[number]
  | (typeof XNACHWEIS_FAULTS)[number];

/** Stands wherever a simulator puts something that must not get anywhere. */
export const MARKER = 'Simulatorfehlerwert';

/** Some are known in both tongues. */
export const FOREIGN_FAULTS: readonly ForeignFault[] = [
  ...new Set<ForeignFault>(['none', 'later', ...TRANSPORT_FAULTS, ...XROAD_FAULTS, ...XNACHWEIS_FAULTS]),
];
