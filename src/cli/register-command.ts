import { Command } from 'commander';
import { operationalLog } from '../platform/operational-log.js';
import { runProcess } from '../platform/run-process.js';
import { readEdgeConfig } from '../register-edge/edge-config.js';
import type { Finding } from '../register-edge/finding.js';
import { addDiscrepancyCommands } from './register-discrepancies.js';
import type { TryOptions } from './register-try.js';

type StartOptions = Readonly<{ config?: string }>;
type CheckOptions = Readonly<{ config: string; json?: true }>;

const MARKS: Readonly<Record<Finding['state'], string>> = { holds: '✔', fails: '✖', unknown: '?' };

/** `einmal register`: a register edge, and what comes before it. */
export function registerCommand(): Command {
  const command = new Command('register')
    .description('start a register edge, configured by the environment')
    .option('--config <file>', 'its configuration file; EINMAL_REGISTER_CONFIG if absent')
    // `--config` after a command below is that command's.
    .enablePositionalOptions()
    .action(({ config }: StartOptions) => start(config));
  command
    .command('check')
    .description(
      'connect, look at some records, and say rule by rule whether the register is ready (exit code 0 it is, 1 not)',
    )
    .requiredOption('--config <file>', 'its configuration file')
    .option('--json', 'print one JSON document')
    .action(check);
  command
    .command('try')
    .description('run one exchange against the register, with keys made for it (exit code 0 answered, 1 not)')
    .requiredOption('--config <file>', 'its configuration file')
    .option('--catalogue <folder>', 'rules to try it with; EINMAL_CATALOGUE, or those of this package, if absent')
    .option('--evidence <type>', 'evidence type; the first of the register if absent')
    .option('--person <file>', 'YAML or JSON with idnr and birth_date of a person in it; asked for if absent')
    .action(async (options: TryOptions) => {
      const { tryRegister } = await import('./register-try.js');
      process.exitCode = await tryRegister(options);
    });
  addDiscrepancyCommands(command);
  return command;
}

async function start(configFile: string | undefined): Promise<void> {
  await runProcess('register edge', async () => {
    // Other commands need not load it.
    const { startEdge } = await import('../register-edge/start-edge.js');
    const config = readEdgeConfig(undefined, configFile);
    return startEdge(config, operationalLog(config.participant, config.logLevel));
  });
}

async function check({ config, json }: CheckOptions): Promise<void> {
  const { readiness } = await import('../register-edge/readiness.js');
  const findings = await readiness(config, operationalLog('register check', 'silent'));
  const isReady = findings.every(({ state }) => state === 'holds');
  process.stdout.write(json ? `${JSON.stringify({ ready: isReady, findings }, undefined, 2)}\n` : readable(findings));
  process.exitCode = isReady ? 0 : 1;
}

function readable(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ rule, about, state, fault, detail, todo }) => [
    `${MARKS[state]} ${about}: ${rule}${detail === undefined ? '' : ` (${detail})`}${fault === undefined ? '' : `: ${fault}`}`,
    ...(todo === undefined ? [] : [`    → ${todo}`]),
  ]);
  const open = findings.filter(({ state }) => state !== 'holds').length;
  const verdict = open === 0 ? 'Ready.' : `Not ready: ${open} of ${findings.length} rules do not hold.`;
  // What a file says must not steer the terminal.
  return `${[...lines, verdict].map((line) => line.replace(/\p{Cc}/gu, '\ufffd')).join('\n')}\n`;
}
