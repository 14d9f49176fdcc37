import type { Check, Report, Verdict } from '../verify/report.js';

export const EXIT_CODES: Readonly<Record<Verdict, number>> = { holds: 0, does_not_hold: 1, cannot_tell: 2 };
const SENTENCES: Readonly<Record<Verdict, string>> = {
  holds: 'It holds.',
  does_not_hold: 'It does NOT hold.',
  cannot_tell: 'Cannot tell.',
};
const MARKS: Readonly<Record<Check['state'], string>> = { holds: '✔', fails: '✖', unknown: '?' };

/** Kinds of errors that say what is missing; another one is a fault of the program. */
type Expected = readonly (abstract new (...args: never[]) => Error)[];

/** Runs a check, prints what it found and sets the exit code: 0 it holds, 1 it does not, 2 cannot tell. */
export async function conclude(
  { json }: Readonly<{ json?: true }>,
  expected: Expected,
  verify: () => Promise<Report>,
): Promise<void> {
  let found: Report;
  try {
    found = await verify();
  } catch (error) {
    const isExpected = expected.some((kind) => error instanceof kind);
    const detail = error instanceof Error ? error.message : String(error);
    const what = isExpected ? 'what is to be verified can be read' : 'the verifier itself works';
    found = { verdict: 'cannot_tell', subject: {}, checks: [{ what, state: 'unknown', detail }] };
  }
  process.stdout.write(json ? `${JSON.stringify(found, undefined, 2)}\n` : readable(found));
  process.exitCode = EXIT_CODES[found.verdict];
}

function readable({ verdict, subject, checks }: Report): string {
  const facts = Object.entries(subject).map(
    ([name, value]) => `  ${name.replaceAll('_', ' ')}: ${[value].flat().join(', ')}`,
  );
  const lines = checks.map(({ what, state, detail, path, byte, leaf }) => {
    const place = [path, leaf === undefined ? '' : `leaf ${leaf}`, byte === undefined ? '' : `byte ${byte}`];
    const where = place.filter((it) => it !== undefined && it !== '').join(', ');
    return `${MARKS[state]} ${what}${where === '' ? '' : ` [${where}]`}${detail === undefined ? '' : `: ${detail}`}`;
  });
  // What a file says must not steer the terminal.
  const clean = [...facts, ...lines].map((line) => line.replace(/\p{Cc}/gu, '\ufffd'));
  return `${[...clean, SENTENCES[verdict]].join('\n')}\n`;
}
