/**
 * The catalogue: the law of the exchange as data. Every process holds its own copy of the same folder
 * and trusts no word about keys, rules or competences that is not in it.
 */

/** BCP 47 tag of the languages in which texts are kept: German, plain German (Einfache Sprache), English. */
export type Language = 'de' | 'de-simple' | 'en';

export type Text = Readonly<Partial<Record<Language, string>> & { de: string }>;

/** One of the at least six areas ("Bereiche") whose borders a transfer with the IDNr may not cross unchecked (IDNrG § 7 Abs. 2, § 12 Abs. 1). */
export type Area = Readonly<{
  id: string;
  title: Text;
  /** The area that this one is a part of; the law counts and separates the outermost. */
  part_of?: string;
  source: string;
  verified: boolean;
}>;

/** `authority`: a public body that receives evidence for a task of its own, without an online service. */
export type ParticipantKind =
  | 'online-service'
  | 'authority'
  | 'register'
  | 'identity-directory'
  | 'intermediary'
  | 'node'
  | 'pages';

export type Participant = Readonly<{
  id: string;
  title: Text;
  kind: ParticipantKind;
  area: string;
  /** Who answers for what it processes, and their data-protection officer: each one line (GDPR Art. 13 (1) a, b; Art. 30 (1) a). */
  contact?: Readonly<{ controller: string; data_protection_officer: string; verified: boolean }>;
  /** Where a person may be sent back to after deciding at the pages; https, each as a whole. */
  return_urls?: readonly string[];
}>;

/** What one key may be used for. One key serves exactly one purpose with exactly one algorithm (RFC 8725bis). */
export type KeyUse =
  | 'client-assertion'
  | 'attestation'
  | 'permission'
  | 'trigger'
  | 'access-token'
  | 'evidence'
  | 'encryption'
  | 'session'
  | 'receipt'
  | 'notice'
  | 'log'
  | 'witness'
  | 'agreement';

/** A public JWK with the algorithm it is bound to. The `kid` of a log or witness key is its name (C2SP signed-note). */
export type ParticipantKey = Readonly<{
  kid: string;
  use: KeyUse;
  alg: 'ES256' | 'Ed25519' | 'PS256' | 'ECDH-ES';
  jwk: Readonly<Record<string, unknown>>;
}>;

/** Keys and certificates of one participant, as its co-signed agreement names them. */
export type ParticipantKeys = Readonly<{
  participant: string;
  /** base64url SHA-256 of the DER certificate (`x5t#S256`, RFC 8705 § 3.1). */
  certificates: readonly string[];
  keys: readonly ParticipantKey[];
  /** Who holds the private half of the encryption key: a node that was commissioned, or the consumer itself. */
  decryption_by?: string;
}>;

/** One kind of evidence, for one purpose, on one legal basis, with the attributes that may pass at most. */
export type AgreedTransfer = Readonly<{
  evidence_type: string;
  purpose: string;
  legal_basis: string;
  fields: readonly string[];
}>;

/** What a consumer and the keeper of a register have agreed on, signed by both. Without one in force nothing passes. */
export type Agreement = Readonly<{
  id: string;
  consumer: string;
  register: string;
  /** Who asks for the consumer. */
  node: string;
  /** RFC 7638 thumbprints of keys of the consumer, and of the keys that the node signs triggers with. */
  encryption_keys: readonly string[];
  node_keys: readonly string[];
  /** ISO 8601, UTC, to the second. */
  valid_from: string;
  valid_until: string;
  transfers: readonly AgreedTransfer[];
  /** Compact JWS with detached payload (RFC 7515 appendix F) over the RFC 8785 form of everything above. */
  signatures: Readonly<{ consumer?: string; register?: string }>;
  revoked?: Readonly<{ by: 'consumer' | 'register'; at: string; signature: string }>;
}>;

/** Where a participant is reached. */
export type Endpoint = Readonly<{
  participant: string;
  /** gRPC; absent where the participant is not called. */
  address?: string;
  server_name: string;
  /** HTTPS, if the participant co-signs checkpoints (C2SP tlog-witness). */
  witness_address?: string;
  /** HTTPS URL at which an online service or an authority is told how a deferred exchange stands. */
  notice_url?: string;
}>;

type KeyInUse<Key> = Readonly<Key & { valid_from?: string; valid_until?: string }>;

/**
 * What a register is competent for: a prefix of the official region key ("ARS"), the empty one being the whole country, or the
 * number of a register, in full. Keys change, as municipalities merge: with the first and last day of a key, ISO 8601.
 */
export type Competence =
  | string
  | KeyInUse<{ ars: string; register_number?: never }>
  | KeyInUse<{ register_number: string; ars?: never }>;

export type Register = Readonly<{
  id: string;
  participant: string;
  /** For example `melderegister`; several registers share a type and differ in competence. */
  type: string;
  /** Number in the annex of the IDNrG; a register that is not listed must not receive the IDNr (EGovG § 5 Abs. 4), unless `idnr_norm` says so. */
  idnrg_annex?: number;
  /** Norm outside the annex that lets this register process the IDNr. See `mayReceiveIdnr`. */
  idnr_norm?: string;
  competence: readonly Competence[];
  evidence_types: readonly string[];
  /** False: described, and not connected to this federation. No route leads there; the applicant brings the evidence. */
  connected?: boolean;
  source: string;
  verified: boolean;
}>;

export type Attribute = Readonly<{
  id: string;
  title: Text;
  type: 'string' | 'string-list' | 'date' | 'partial-date' | 'object';
  /** Element id of the FIM Baukasten, where one is known. */
  fim?: string;
  /** Element of an XÖV standard or its data catalogue, such as `DSMeld 0101a`, where one is known. */
  xoev?: string;
  /** Where the law names this datum. */
  norm?: string;
}>;

/** Whom evidence and services are about. A legal person decides through a natural one, who is looked up like anybody. */
export type SubjectKind = 'natural' | 'legal';

/** What routing needs beside the evidence type: a register of the whole country needs nothing. */
export type CompetenceParameter = 'none' | 'ars' | 'register_number';

export type EvidenceType = Readonly<{
  id: string;
  /** `natural`, if absent. */
  subject?: SubjectKind;
  /** SD-JWT VC type (`vct`). */
  vct: string;
  title: Text;
  register_type: string;
  competence_parameter: CompetenceParameter;
  attributes: readonly Attribute[];
  /** Number of digests every credential of this type carries, decoys included, so that absence leaves no trace. */
  digest_count: number;
  /** Norm by which the values pass unaltered: a correction stands beside them, never in them. */
  unalterable?: string;
  source: string;
  verified: boolean;
}>;

/** Attribute ids by evidence type. */
export type FieldLists = Readonly<Record<string, readonly string[]>>;

export type TriggerKind = 'CHOICE' | 'CONSENT' | 'EXPLICIT_REQUEST' | 'STATUTORY_TASK';

export type LegalBasis = Readonly<{
  id: string;
  norm: string;
  paragraph: string;
  trigger: TriggerKind;
  /** Whether the law gives the person a preview before use (EGovG § 5 Abs. 5). */
  preview: boolean;
  /** Evidence type to attributes, where the norm itself ends the list (BEEG § 25): no rule lets more through. */
  closed_lists?: FieldLists;
  /** By which norms, and for how long at most, an authority may keep its look for a person from that person. */
  delayed_notice?: readonly Readonly<{ norm: string; max_days: number }>[];
  source: string;
  verified: boolean;
}>;

export type Purpose = Readonly<{
  id: string;
  version: number;
  title: Text;
  /** W3C DPV purpose IRI. */
  dpv: string;
  /** What the purpose needs at most (GDPR Art. 5 (1) b, c); no rule lets more through. The schema demands it of every file. */
  necessary?: FieldLists;
  /** Norm that the purpose serves. */
  norm?: string;
  /** Retention class of the records about it; `standard`, if absent. */
  retention?: string;
  /** base64url SHA-256 over the RFC 8785 form of the purpose without this member; the file states it, so that a purpose cannot change by mistake. */
  hash: string;
}>;

/** Of UTC: each begins with the full minute, hour or day. */
export type Period = 'minute' | 'hour' | 'day';

export type Rate = Readonly<{ max: number; per: Period }>;

/** What an allow lets one consumer have at most. Of matching allows the strictest counts, whatever the others say. */
export type Limits = Readonly<{
  /** Requests to registers under this rule. BSI TR-03176-1: a limit for each sender, set by the permission. */
  requests?: Rate;
  /** Different persons asked about under this rule. */
  persons?: Rate;
  /** Evidence as of an earlier day is not delivered. */
  look_back_days?: number;
  /** How long the consumer may use the answer. */
  use_days?: number;
}>;

/** `any` matches everything; everything else must be equal. */
export type Pattern = string;

export type Rule = Readonly<{
  id: string;
  effect: 'allow' | 'deny';
  consumer: Pattern;
  /** A register id, or `type:<register type>`, or `any`. */
  provider: Pattern;
  evidence_type: Pattern;
  purpose: Pattern;
  legal_basis: Pattern;
  /**
   * Attribute ids. Of an allow: what it lets through; of matching allows the sets unite. Of a deny: what nobody gets
   * whatever an allow says; an empty list denies the whole transfer.
   */
  fields: readonly string[];
  /** Kinds of participants whose attestation of the decision is accepted. Of matching allows the strictest counts: the sets intersect. Empty in a deny. */
  attested_by: readonly ParticipantKind[];
  min_assurance: Assurance;
  /** Of an allow only. */
  limits?: Limits;
  source: string;
  verified: boolean;
}>;

/** Level of assurance, eIDAS: niedrig, substantiell, hoch. Ordered from weakest to strongest in `ASSURANCES`. */
export type Assurance = 'low' | 'substantial' | 'high';
export const ASSURANCES: readonly Assurance[] = ['low', 'substantial', 'high'];

export type SubjectRole = string;

/** One piece of evidence that a service needs about one of its subjects. */
export type Need = Readonly<{
  evidence_type: string;
  subject_role: SubjectRole;
  legal_basis: string;
  fields: readonly string[];
  /** The exact text shown to the person who decides. */
  decision_text: Text;
  /** The field the applicant types when the register path is not taken: the manual path always exists (EGovG § 5 Abs. 1). */
  manual: Text;
  /** Norm that wants an assurance of the person; the decision text contains it (BMG § 23 Abs. 4). */
  assured?: string;
}>;

/** From evidence attribute to form field. */
export type FieldMapping = Readonly<{
  /** Element id of the FIM Baukasten (`F60000227`), or `einmal:<name>` for a field of ours. */
  fim_id: string;
  label: Text;
  /** The person the field is about. */
  subject_role: SubjectRole;
  from: Readonly<{
    evidence_type: string;
    /** The person the evidence is about, where it is not the one the field is about. */
    subject_role?: SubjectRole;
    attribute: string;
    /** Member of an object attribute, or `day`, `month` or `year` of a partial date. */
    path?: string;
    /**
     * Picks from an attribute that is a list of objects the only element whose member `path` equals the attribute of
     * the evidence about the field's own subject. No such element, or several: no value, never a guess.
     */
    match?: Readonly<{ path: string; evidence_type: string; attribute: string }>;
    /** Takes the member `path` of every element of a list of objects. */
    each?: boolean;
  }>;
}>;

/** By virtue of what somebody decides for somebody else: the identity directory confirms it, of an organ of a company its register. */
export const REPRESENTATIONS = ['custody', 'guardianship', 'care', 'power-of-attorney', 'organ'] as const;
export type Representation = (typeof REPRESENTATIONS)[number];

export type OnlineService = Readonly<{
  id: string;
  /** 14-digit LeiKa key; absent for what is no service of an administration. */
  leika?: string;
  title: Text;
  consumer: string;
  purpose: string;
  min_assurance: Assurance;
  /**
   * Roles of the persons in one application. `represented_by` names the role that decides for this one, `may_be_represented_by`
   * one that may instead of them; `representation` by virtue of what, custody if absent.
   */
  subjects: readonly Readonly<{
    role: SubjectRole;
    title: Text;
    represented_by?: SubjectRole;
    may_be_represented_by?: SubjectRole;
    representation?: readonly Representation[];
    /** `natural`, if absent. */
    kind?: SubjectKind;
    /** Whether an application may do without. */
    optional?: boolean;
  }>[];
  needs: readonly Need[];
  mapping: readonly FieldMapping[];
  source: string;
  verified: boolean;
}>;

/** Online services that are offered together; each is chosen, decided on and answered by itself. */
export type Bundle = Readonly<{
  id: string;
  title: Text;
  services: readonly string[];
  source: string;
  verified: boolean;
}>;

/** One class of recipients, in the words of the norm: everything but some fields, or some fields only. */
export type Recipient = Readonly<{
  id: string;
  title: Text;
  /** Place in the norm of the matrix. */
  paragraph: string;
  /** Norm of the task that the fields are for. */
  task?: string;
  participants: readonly string[];
  /** Who has waived gets nothing (GewAnzV § 3 Abs. 1 Satz 2). */
  waived?: boolean;
  source: string;
  verified: boolean;
}> &
  (Readonly<{ all_but: readonly string[]; only?: never }> | Readonly<{ only: readonly string[]; all_but?: never }>);

/**
 * Which recipient gets which fields of one evidence type, whatever a rule says. An evidence type with a matrix gives
 * nothing to participants that are not in it.
 */
export type RecipientMatrix = Readonly<{
  id: string;
  title: Text;
  evidence_type: string;
  norm: string;
  recipients: readonly Recipient[];
}>;
/** How long records of one class are kept in the log of the node. What departs from two years names its norm (IDNrG § 9 Abs. 3). */
export type RetentionClass = Readonly<{ id: string; months: number; norm?: string; source: string; verified: boolean }>;

/** A person who may decide, with a second one, what takes two; known by a pseudonym. */
export type Administrator = Readonly<{ id: string; keys: readonly Omit<ParticipantKey, 'use'>[] }>;

export type Settings = Readonly<{
  /** Whether the abstract check with a bound digest is also due inside one area (IDNrG § 12 Abs. 4). */
  check_inside_areas: boolean;
  /** What an applicant or an authority may always do instead, where no service says it more exactly (EGovG § 5 Abs. 1). */
  manual: Text;
  /** From when on an officer is told that something is unusual. */
  oversight?: OversightThresholds;
}>;

/** What is absent has the default of `src/oversight/anomaly.ts`. */
export type OversightThresholds = Readonly<{
  /** Retrievals of one consumer in an hour: more standard deviations above the mean of its last 28 days than this. */
  volume_deviations?: number;
  /** Nothing below so many in an hour is unusual by volume. */
  volume_min?: number;
  /** Refusals of one consumer in an hour. */
  refusals_per_hour?: number;
  /** Different consumers that asked about one person within a day. */
  consumers_per_person?: number;
  /** Retrievals of one authority in an hour between 22 and 6 o'clock, German time. */
  off_hours_retrievals?: number;
  /** Share of one consumer's retrievals within a day that nobody used, in per cent; of at least 20. */
  unused_percent?: number;
}>;

export type Catalogue = Readonly<{
  /** base64url SHA-256 over the RFC 8785 form of everything below except `endpoints`. */
  version: string;
  settings: Settings;
  areas: readonly Area[];
  participants: readonly Participant[];
  keys: readonly ParticipantKeys[];
  administrators: readonly Administrator[];
  /** Absent where rules are looked at without a deployment: nobody agrees there, and nothing is transferred. */
  agreements?: readonly Agreement[];
  endpoints: readonly Endpoint[];
  registers: readonly Register[];
  evidence_types: readonly EvidenceType[];
  legal_bases: readonly LegalBasis[];
  purposes: readonly Purpose[];
  rules: readonly Rule[];
  services: readonly OnlineService[];
  bundles: readonly Bundle[];
  recipient_matrices: readonly RecipientMatrix[];
  retention: readonly RetentionClass[];
}>;
