import type { Assurance, Limits, ParticipantKind, TriggerKind } from '../catalogue/catalogue.js';

/**
 * A proper request, as the law means it: who asks what of whom, and what the person decided. Scenarios depart from one.
 */
export type Transfer = Readonly<{
  consumer: string;
  evidence: string;
  /** Role of the person whom the evidence is about. */
  about: string;
  purpose: string;
  basis: string;
  kind: TriggerKind;
  fields: readonly string[];
  assurance: Assurance;
  /** Official region key. */
  region?: string;
}>;

/** How a request departs from the proper one. */
export type Asked = Readonly<{
  consumer?: string;
  /** Asked directly, instead of the one that is competent. */
  register?: string;
  evidence?: string;
  about?: string;
  purpose?: string;
  basis?: string;
  /** Exactly these; otherwise whatever of the proper ones may pass. */
  fields?: readonly string[];
  region?: string;
  /** Without a region. */
  nowhere?: true;
}>;

/** How the decision of the person departs from the proper one for what is asked. */
export type Decided = Readonly<{
  /** Nobody decided anything. */
  nothing?: true;
  kind?: TriggerKind;
  for?: string;
  purpose?: string;
  /** Of the version before. */
  purpose_version?: 'old';
  evidence?: string;
  about?: string;
  fields?: readonly string[];
  assurance?: Assurance;
  attested_by?: string;
  /** In which language it was shown; `other`: a text that the catalogue does not have. */
  text?: 'de' | 'de-simple' | 'en' | 'other';
  is?: 'used' | 'withdrawn' | 'expired';
}>;

/** A rule of a scenario: patterns that are absent are those of `like`, or `any`. */
export type ScenarioRule = Readonly<{
  id: string;
  like?: string;
  effect?: 'allow' | 'deny';
  consumer?: string;
  provider?: string;
  evidence_type?: string;
  purpose?: string;
  legal_basis?: string;
  fields?: readonly string[];
  attested_by?: readonly ParticipantKind[];
  min_assurance?: Assurance;
  limits?: Limits;
}>;

/** A register of a scenario: another one like an existing one, or that one changed. */
export type ScenarioRegister = Readonly<{
  id: string;
  like?: string;
  type?: string;
  evidence_types?: readonly string[];
  competence?: readonly string[];
  /** Whether a route leads there. */
  connected?: boolean;
  /** Whether the law lets it process the identification number. */
  idnr?: boolean;
}>;

/** How the catalogue departs from the one that is in force. */
export type Variation = Readonly<{
  without?: readonly string[];
  rules?: readonly ScenarioRule[];
  registers?: readonly ScenarioRegister[];
  /** Purposes that let pass whatever the rules allow: what the rules alone decide is seen without the bound of necessity. */
  unbounded?: readonly string[];
  /** Participant → area. */
  areas?: Readonly<Record<string, string>>;
  check_inside_areas?: boolean;
  /** Service → level of assurance. */
  assurance?: Readonly<Record<string, Assurance>>;
}>;

/** What must come of it. What is not stated may be anything; either `permitted` or `refused` is. */
export type Expected = Readonly<{
  /** Attributes that pass. */
  permitted?: readonly string[];
  refused?: string;
  /** What a check of the decision says it demands, or how that begins. */
  because?: string;
  /** Rules that made it. */
  rules?: readonly string[];
  /** Where no rule allows it: those that would, were it not for … */
  nearest?: readonly string[];
  /** … these members of the request. */
  differs?: readonly string[];
  /** Attribute → norm that keeps it back, of all that the evidence has. */
  withheld?: Readonly<Record<string, string>>;
  register?: string;
  bound?: boolean;
  preview?: boolean;
  attested_by?: readonly ParticipantKind[];
  assurance?: Assurance;
  look_back_days?: number;
  use_days?: number;
  /** `<max> requests per <period> (<rule>)`. */
  limits?: readonly string[];
}>;

export type Scenario = Readonly<{
  /** File and place in it, with the row of its table. */
  id: string;
  paragraph: string;
  says: string;
  transfer: Transfer;
  law: Variation;
  ask: Asked;
  decision: Decided;
  expect: Expected;
  /** Part of the sample that also runs against the whole system. */
  isSampled: boolean;
}>;
