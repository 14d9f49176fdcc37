import { Argument, Command } from 'commander';
import type { Diagnosis } from '../doctor/diagnosis.js';

const PROCESSES = ['node', 'intermediary', 'register'] as const;
const LINGER_MS = 1000;

type Options = Readonly<{ json?: true }>;

const MARKS: Readonly<Record<Diagnosis['state'], string>> = { ok: '✔', warning: '!', failure: '✖' };

/** `einmal doctor`: exit code 0 if nothing fails, 1 if something does. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'look at a deployment with the environment of its process, and say what to do (exit code 1: something fails)',
    )
    .addArgument(new Argument('<process>', 'whose environment it is').choices(PROCESSES))
    .option('--json', 'print one JSON document')
    .action(async (whose: (typeof PROCESSES)[number], { json }: Options) => {
      const { diagnose } = await import('../doctor/start-doctor.js');
      const found = await diagnose(whose);
      const fails = found.some(({ state }) => state === 'failure');
      process.stdout.write(
        json ? `${JSON.stringify({ healthy: !fails, diagnoses: found }, undefined, 2)}\n` : readable(found),
      );
      process.exitCode = fails ? 1 : 0;
      // Whoever takes a connection and then says nothing keeps it open, and with it this process.
      setTimeout(() => process.exit(), LINGER_MS).unref();
    });
}

function readable(found: readonly Diagnosis[]): string {
  const lines = found.flatMap(({ what, state, detail, todo }) => [
    `${MARKS[state]} ${what}${detail === undefined ? '' : `: ${detail}`}`,
    ...(todo === undefined ? [] : [`    → ${todo}`]),
  ]);
  const count = (state: Diagnosis['state']) => found.filter((it) => it.state === state).length;
  const verdict = `${count('ok')} ok, ${count('warning')} warnings, ${count('failure')} failures.`;
  // What a file or a server says must not steer the terminal.
  return `${[...lines, verdict].map((line) => line.replace(/\p{Cc}/gu, '\ufffd')).join('\n')}\n`;
}
