/** A receipt as it crossed the border of a process: JSON, bytes in base64. */
export type SeenReceipt = Readonly<{
  log_index: number;
  tree_size: number;
  root_hash: string;
  checkpoint: string;
  entry: string;
  opening: Readonly<{ caller: Readonly<Record<string, unknown>> }>;
}>;

/** By a log writer, and by a node. */
const OUTAGES: readonly string[] = ['LogUnavailable', 'AUDIT_LOG_UNAVAILABLE'];

/** Somebody outside was told that this is in the log. */
export type Acknowledgement = Readonly<{ by: string; what: string; receipt: SeenReceipt }>;

/** What was seen since the last look. */
export type SeenLately = Readonly<{
  acknowledgements: readonly Acknowledgement[];
  /** Whole answers to a prefill, as `verifyRelease` of the second verifier reads them. */
  releases: readonly Readonly<{ by: string; document: unknown }>[];
  /** Retrievals for which a writer asked its register. */
  asked: readonly string[];
  answers: number;
  /** By reason. */
  refused: ReadonlyMap<string, number>;
  unanswered: number;
}>;

/**
 * What clients and registers saw. Only what left a process counts: what a process believes dies with it, and nobody
 * outside was told.
 */
export class Seen {
  #acknowledgements: Acknowledgement[] = [];
  #releases: { by: string; document: unknown }[] = [];
  #asked: string[] = [];
  #answers = 0;
  #refused = new Map<string, number>();
  #unanswered = 0;
  #outages = 0;
  readonly #answeredBy = new Map<string, number>();

  acknowledged(by: string, what: string, receipt: SeenReceipt): void {
    this.#acknowledgements.push({ by, what, receipt });
    this.#answers += 1;
    this.#answeredBy.set(by, this.answersOf(by) + 1);
  }

  released(by: string, document: unknown): void {
    this.#releases.push({ by, document });
  }

  asked(retrieval: string): void {
    this.#asked.push(retrieval);
  }

  refused(reason: string): void {
    if (OUTAGES.includes(reason)) this.#outages += 1;
    this.#refused.set(reason, (this.#refused.get(reason) ?? 0) + 1);
  }

  unanswered(): void {
    this.#unanswered += 1;
  }

  /** Answers of this process since the beginning. */
  answersOf(by: string): number {
    return this.#answeredBy.get(by) ?? 0;
  }

  /** How often somebody was told that the log cannot be written, since the beginning. */
  get outages(): number {
    return this.#outages;
  }

  take(): SeenLately {
    const lately = {
      acknowledgements: this.#acknowledgements,
      releases: this.#releases,
      asked: this.#asked,
      answers: this.#answers,
      refused: this.#refused,
      unanswered: this.#unanswered,
    };
    this.#acknowledgements = [];
    this.#releases = [];
    this.#asked = [];
    this.#answers = 0;
    this.#refused = new Map();
    this.#unanswered = 0;
    return lately;
  }
}
