/** What one check found: `unknown` where something that it needs is missing. */
export type CheckState = 'holds' | 'fails' | 'unknown';

/** `path`, `byte` and `leaf` say where in the log, as far as that is known. Nothing in it is personal data. */
export type Check = Readonly<{
  what: string;
  state: CheckState;
  detail?: string;
  path?: string;
  byte?: number;
  leaf?: number;
}>;

/** One failure outweighs everything, one gap everything but a failure. */
export type Verdict = 'holds' | 'does_not_hold' | 'cannot_tell';

/** `subject` are facts about what was verified, such as the size of the log. */
export type Report = Readonly<{
  verdict: Verdict;
  subject: Readonly<Record<string, string | number | readonly string[]>>;
  checks: readonly Check[];
}>;

export function report(subject: Report['subject'], checks: readonly Check[]): Report {
  const has = (state: CheckState) => checks.some((check) => check.state === state);
  const verdict = has('fails') ? 'does_not_hold' : has('unknown') || checks.length === 0 ? 'cannot_tell' : 'holds';
  return { verdict, subject, checks };
}

/** A check that its faults decide. */
export function check(what: string, faults: readonly string[]): Check {
  return faults.length === 0 ? { what, state: 'holds' } : { what, state: 'fails', detail: faults.join('; ') };
}

/** Whoever altered a document could have put other keys beside it: they show no more than that it fits together. */
export function ownKeysCheck(ofWhom: string): Check {
  const detail = `${ofWhom} is taken from the document itself, which proves nothing to whoever does not trust it already`;
  return { what: 'the keys are those that you trust', state: 'unknown', detail };
}
