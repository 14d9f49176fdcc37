import type { RecoveryStatement } from '../tokens/recovery-token.js';

/** What the log records an event of. One entry each; identity and retrieval come in pairs of opened and closed. */
export const EVENTS = [
  'identity.opened',
  'identity.closed',
  'retrieval.opened',
  'retrieval.resumed',
  'retrieval.repeated',
  'retrieval.held',
  'preview.shown',
  'retrieval.closed',
  'retrieval.late',
  'exchange.closed',
  'refused',
  'trigger.granted',
  'trigger.withdrawn',
  'repeated',
  'catalogue.activated',
  'catalogue.proposed',
  'catalogue.approved',
  'catalogue.rejected',
  'incident',
  'discrepancy.reported',
  'record.opened',
  'entries.exported',
  'erasure',
  'session.opened',
  'subject.listed',
  'subject.inquired',
  'reconciliation.finding',
  'reconciliation.run',
  'participant.added',
  'participant.changed',
  'participant.removed',
  'key.added',
  'key.removed',
  'authentication.failed',
  'caller.locked',
  'caller.unlocked',
  'anomaly',
  'log.opened',
  'oversight.read',
  'case.changed',
  'sample.committed',
  'sample.fixed',
  'sample.drawn',
  'sample.finding',
] as const;
export type EventType = (typeof EVENTS)[number];

/**
 * Entries of a participant that it is not shown, the person is: each would say that a register was asked, and of nobody none
 * is (IDNrG § 6 Abs. 5).
 */
export const KEPT_FROM_CALLERS: readonly EventType[] = ['retrieval.repeated'];

/**
 * How a retrieval or an exchange ended; `held` only describes an exchange whose parts are still open. `deferred`: the register
 * will have it later; where the decision is kept open for it, further retrievals of the exchange say what became of it.
 */
export const OUTCOMES = [
  'released',
  'partly_released',
  'refused',
  'failed',
  'deferred',
  'held',
  'withheld_by_applicant',
  'unknown',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * The half of a record that the caller may open; clear columns in the database. Never personal data: names of
 * participants, catalogue ids and random references only. Member names are part of the commitment and stay.
 */
export type CallerPart = Readonly<{
  event: EventType;
  /** ISO 8601, UTC, milliseconds; set by the log, never falls from one entry to the next. */
  log_time: string;
  exchange_ref?: string;
  retrieval_ref?: string;
  consumer: string;
  register?: string;
  evidence_type?: string;
  purpose?: string;
  legal_basis?: string;
  outcome?: Outcome;
  /** The reason that the caller saw. */
  reason?: string;
  subject_role?: string;
  /** base64url, salted digest of what is about to be released. */
  release_digest?: string;
  trigger_id?: string;
  /** RFC 7638: of the key that signed what is released, or of the key that came or went. */
  key_thumbprint?: string;
}>;

/** Optional members of the caller's half. */
export const CALLER_DETAILS = [
  'exchange_ref',
  'retrieval_ref',
  'register',
  'evidence_type',
  'purpose',
  'legal_basis',
  'outcome',
  'reason',
  'subject_role',
  'release_digest',
  'trigger_id',
  'key_thumbprint',
] as const satisfies readonly (keyof CallerPart)[];

/**
 * A person as the log finds them again: by identification number, or where there is none by a register and its own
 * key for the person; a decider may be known by a pairwise pseudonym only.
 */
export type PersonRef =
  | Readonly<{ kind: 'idnr'; idnr: string }>
  | Readonly<{ kind: 'local'; register: string; key: string }>
  | Readonly<{ kind: 'pseudonym'; issuer: string; value: string }>;

/**
 * What a register answered, as its asker knows it. `evidence`: something that was meant as such, whatever it was worth;
 * `none`: nothing that came in time; `not_asked`: nobody asked it.
 */
export type RegisterStatement = Readonly<{
  answered: 'evidence' | 'not_available' | 'refused' | 'deferred' | 'none' | 'not_asked';
  /** The reason it gave, where it refused. */
  register_reason?: string;
}>;

/** The encrypted half of a record: about the event, never evidence content. BZRG § 21a, BMG § 40 name such fields. */
export type ProtectedPart = Readonly<{
  /** The true cause, where the caller sees a neutral reason (IDNrG § 6 Abs. 5). */
  cause?: string;
  subjects?: readonly Readonly<{ role: string; person: PersonRef }>[];
  /** Where somebody else decides for the subject: in which role of the exchange, and by virtue of what the directory is asked to confirm. */
  representation?: Readonly<{ role: string; by: string }>;
  /** Names of attributes, never values. */
  attributes?: readonly string[];
  file_reference?: string;
  acting_official?: string;
  note?: string;
  /** Until when the person whom an authority looked for is not told of it, ISO 8601, and by which norm. */
  delayed_notice?: Readonly<{ norm: string; until: string }>;
  /** About how many of the released data the person states something themself (EGovG § 5 Abs. 5). */
  own_statements?: number;
  /** Session at the pages in which somebody acted; `actor` is their pairwise pseudonym there. */
  session?: Readonly<{ id: string; role: string; assurance: string; actor: string }>;
  /** Rules that permitted or refused it. */
  rule_ids?: readonly string[];
  /** Register id → the retrieval id that this register was given: only the node can join them. */
  register_refs?: Readonly<Record<string, string>>;
  answered?: RegisterStatement['answered'];
  register_reason?: string;
  /** Versions of the catalogue that came into force, and of the one before it. */
  activation?: Readonly<{ version: string; previous?: string; proposal?: string }>;
  /** A change of the catalogue: what, by which administrator, with their signature. Times in ISO 8601. */
  proposal?: ProposalStatement;
  /** What an activation changed about one participant or one of its keys: names and thumbprints, nothing secret. */
  change?: Readonly<{ participant: string; before?: ChangedFacts; after?: ChangedFacts; key?: ChangedFacts }>;
  /** How often somebody was refused before it was known who they are, by door and code; ISO 8601. */
  failures?: Readonly<{ from: string; to: string; counts: Readonly<Record<string, number>> }>;
  /** A report to a register: handle, attribute, and who reports. What it says is at the register alone. */
  discrepancy?: Readonly<{ report: string; attribute: string; reporter: 'subject' | 'consumer' }>;
  /** Index of the entry that was read. */
  opened_index?: number;
  /** What an export was limited to. */
  filter?: Readonly<Record<string, string | number>>;
  /** What an erasure removes. */
  erasure?: ErasureStatement;
  /** How our log and a register's differ. */
  finding?: FindingStatement;
  /** What a comparison with a register's log covered. */
  reconciliation?: RunStatement;
  /** What of the log an officer or auditor looked at; in `filter` what it was limited to. */
  view?: string;
  /** Numbers that make something an anomaly. */
  anomaly?: AnomalyStatement;
  /** A step of an officer in a case; the case is named by the entry that it is about. */
  case?: Readonly<{ entry: number; state: string; report?: BreachStatement }>;
  /** A sample for the spot checks of IDNrG § 8, as it is committed to, drawn and looked at. */
  sample?: SampleStatement;
  /** In the first entry of a log: which one it goes on for, what of it is lost, and who decided, with their signatures. */
  recovery?: Readonly<{ statement: RecoveryStatement; by: readonly string[]; signed: readonly string[] }>;
}>;

export type ProposalStatement = Readonly<{
  id: string;
  version: string;
  previous: string;
  by: string;
  signed: string;
  /** Names of the files that change; none where an earlier version comes back. */
  changed?: readonly string[];
  activate_at?: string;
}>;

/** One difference; its kind is the cause of the record. */
export type FindingStatement = Readonly<{
  /** What our log says that the register answered; absent where it knows no such retrieval. */
  ours?: string;
  /** The register's line, in its words; absent where it has none. */
  line?: Readonly<Record<string, string | number>>;
  /** Particulars that are not the same on both sides. */
  members?: readonly string[];
}>;

/** Times in ISO 8601. `undecided` could not be compared any more, `open` not yet. */
export type RunStatement = Readonly<{
  from: string;
  to: string;
  lines: number;
  retrievals: number;
  open: number;
  undecided: number;
  differences: number;
  new_differences: number;
  /** Whether the whole period was compared. */
  complete: boolean;
}>;

/** Times in ISO 8601. `expected` by the consumer's own history; 0 where a fixed limit counts. */
export type AnomalyStatement = Readonly<{
  kind: string;
  consumer: string;
  from: string;
  to: string;
  observed: number;
  expected: number;
  threshold: number;
  /** One of the entries, where single ones are meant. */
  entry?: number;
}>;

/** What a report of a breach states beyond what the log knows (GDPR Art. 33 Abs. 1 and 3). */
export type BreachStatement = Readonly<{
  /** Approximately; absent until somebody states it. */
  persons?: number;
  records?: number;
  contact: string;
  consequences: string;
  measures: string;
  /** Why it comes after more than 72 hours. */
  delay: string;
}>;

/** Indices of entries; digests and the nonce in base64url; checkpoints with their cosignatures. */
export type SampleStatement =
  | Readonly<{ nonce_hash: string; first_index: number; end_index: number; size: number }>
  /** By what it will be drawn; the hash is over the text of the checkpoint and its cosignatures (docs/adr/0139). */
  | Readonly<{ sample: number; checkpoint_hash: string; checkpoint: string }>
  | Readonly<{
      sample: number;
      nonce: string;
      checkpoint: string;
      /** Entry that fixed the checkpoint, and a tree with that entry which the witnesses had signed before the nonce was told. */
      fixed_index: number;
      witnessed: string;
      drawn: readonly number[];
      counted: readonly number[];
    }>
  | Readonly<{ sample: number; entry: number; finding: string }>;

type ChangedFacts = Readonly<Record<string, string | boolean>>;

/**
 * What was removed: `count` records of one epoch from `first_index` to `last_index`. `root` is the RFC 6962 root over the
 * leaf hashes of their entries in order, base64url: the leaves stay, and with them everybody can tell which they were.
 */
export type ErasureStatement = Readonly<{
  retention_class: string;
  month: string;
  count: number;
  first_index?: number;
  last_index?: number;
  root: string;
  /** ISO 8601; everything that was logged before. */
  before?: string;
  /** Of single erasures: the random ids of the records. */
  record_ids?: readonly string[];
  /** The epoch is over: its keys are destroyed too, and with them what backups hold. */
  keys_destroyed: boolean;
}>;

/** What an entry says of a look that the person is told of later. `until`: NumericDate, as it was decided. */
export function toldLater({
  delayed_notice,
}: Readonly<{ delayed_notice?: Readonly<{ norm: string; until: number }> | undefined }>): Pick<
  ProtectedPart,
  'delayed_notice'
> {
  if (delayed_notice === undefined) return {};
  const { norm, until } = delayed_notice;
  return { delayed_notice: { norm, until: new Date(until * 1000).toISOString() } };
}

/** Who is found by this entry: one row in the index for each subject and each decider. */
export type IndexedPerson = Readonly<{ person: PersonRef; as: 'subject' | 'decider' }>;

/**
 * An entry that cannot be logged as it stands: a mistake of the program, not of the caller. Names the member, never
 * the value.
 *
 * @public
 */
export class EntryInvalid extends Error {
  override readonly name = 'EntryInvalid';

  constructor(readonly member: string) {
    super(`the entry's ${member} cannot be logged`);
  }
}

/** The caller's half without absent members. Throws {@link EntryInvalid} for text that no database column takes. */
export function callerPart(
  caller: Readonly<{ [Member in keyof CallerPart]: CallerPart[Member] | undefined }>,
): CallerPart {
  const { event, log_time, consumer } = caller;
  if (event === undefined || !EVENTS.includes(event)) throw new EntryInvalid('event');
  if (log_time === undefined || new Date(log_time).toISOString() !== log_time) throw new EntryInvalid('log_time');
  if (caller.outcome !== undefined && !OUTCOMES.includes(caller.outcome)) throw new EntryInvalid('outcome');
  const details = CALLER_DETAILS.flatMap((name) =>
    caller[name] === undefined ? [] : [[name, clearText(name, caller[name])]],
  );
  return { event, log_time, consumer: clearText('consumer', consumer ?? ''), ...Object.fromEntries(details) };
}

function clearText(member: string, text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL refuses NUL, and no identifier has control characters
  if (text === '' || text.length > 300 || !text.isWellFormed() || /[\u0000-\u001f]/.test(text))
    throw new EntryInvalid(member);
  return text;
}
