import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { startTrialEdge } from '../demo/trial/trial-edge.js';
import { type TrialOutcome, type TrialPerson, tryExchange } from '../demo/trial/trial-exchange.js';
import { trialFederation } from '../demo/trial/trial-federation.js';
import { type TrialTransfer, trialTransfer } from '../demo/trial/trial-transfer.js';
import { optional, readConfig, text } from '../platform/config.js';
import { packageRoot } from '../platform/paths.js';
import { StartFault } from '../platform/run-process.js';
import { dataVariables } from '../register-edge/edge-config.js';
import { isDirectory, readRegisterConfig } from '../register-edge/register-config.js';

export type TryOptions = Readonly<{ config: string; catalogue?: string; evidence?: string; person?: string }>;

/** What an operator can do about a true cause. */
const TODO: Readonly<Record<string, string>> = {
  SUBJECT_NONE: 'the source has no valid record under this number and date of birth',
  SUBJECT_SEVERAL:
    'the source has several records under this number and date of birth: `einmal register check` counts them',
  SUBJECT_BLOCKED: 'the record is blocked, or its block is neither true nor false',
  REGISTER_UNAVAILABLE:
    'the source did not answer, or a value is not what the catalogue promises: run `einmal register check`',
};

/** One exchange with a register that has joined nobody yet: everybody else is made for it and thrown away. @returns exit code */
export async function tryRegister(options: TryOptions): Promise<0 | 1> {
  const config = readRegisterConfig(options.config);
  if (isDirectory(config)) throw new StartFault('an identity directory answers no evidence: there is nothing to try');
  const names = dataVariables(config);
  const environment = readConfig(Object.fromEntries(names.map((it) => [it, text(it)])));
  const { folder = join(packageRoot, 'catalogue') } = readConfig({ folder: optional('EINMAL_CATALOGUE') });
  const person = options.person === undefined ? await askForPerson() : personIn(options.person);
  tell('Making keys, agreements and a database for this trial …');
  const federation = await trialFederation(options.catalogue ?? folder);
  try {
    const { lookup } = federation.current;
    const transfer = trialTransfer(lookup, config.register, options.evidence);
    const participant = lookup.register(config.register)?.participant ?? '';
    const program = fileURLToPath(new URL('./main.js', import.meta.url));
    const edge = await startTrialEdge({ program, configFile: options.config, participant, environment }, federation);
    try {
      const outcome = await tryExchange(edge.port, transfer, person, federation);
      process.stdout.write(readable(transfer, outcome));
      return outcome.kind === 'answered' ? 0 : 1;
    } finally {
      await edge.stop();
    }
  } finally {
    await federation.end();
  }
}

/** Which attributes came, and none of their values. */
function readable({ consumer, evidenceType, purpose, legalBasis }: TrialTransfer, outcome: TrialOutcome): string {
  const asked = `Asked for ${evidenceType}, by ${consumer}, for ${purpose} (${legalBasis.norm}).`;
  const took = `${outcome.tookMs.toFixed(0)} ms`;
  if (outcome.kind === 'refused') {
    const { reason, cause } = outcome;
    const todo = TODO[cause ?? reason] ?? 'see the log of the register edge';
    return `${asked}\n✖ Refused after ${took}: ${reason}; true cause: ${cause ?? reason}\n    → ${todo}\n`;
  }
  const attributes = Object.entries(outcome.attributes).map(
    ([name, value]) => `  ${name}: ${value === null ? 'no value' : 'has a value'}`,
  );
  return `${[asked, `✔ Answered after ${took}, signed, encrypted, verified:`, ...attributes].join('\n')}\n`;
}

function personIn(file: string): TrialPerson {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'), { schema: 'failsafe' });
  } catch {
    // The parser's message quotes the line.
    throw new StartFault('the file of the person cannot be read as YAML or JSON');
  }
  const { idnr, birth_date: birthDate } = (content ?? {}) as Readonly<{ idnr?: unknown; birth_date?: unknown }>;
  if (typeof idnr !== 'string' || typeof birthDate !== 'string')
    throw new StartFault('the file of the person needs idnr and birth_date');
  return { idnr, birthDate };
}

/** Never as an argument: those are in the history of the shell and in the list of processes. */
async function askForPerson(): Promise<TrialPerson> {
  const terminal = createInterface({ input: process.stdin });
  const lines = terminal[Symbol.asyncIterator]();
  const answerTo = async (question: string): Promise<string> => {
    tell(question);
    const { value, done } = await lines.next();
    if (done === true) throw new StartFault('nobody was named');
    return value.trim();
  };
  try {
    const idnr = await answerTo('Identification number of a person in the register:');
    return { idnr, birthDate: await answerTo('Date of birth (YYYY-MM-DD):') };
  } finally {
    terminal.close();
  }
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
