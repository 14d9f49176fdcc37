import type { Command } from 'commander';
import { SystemClock } from '../platform/clock.js';
import { operationalLog } from '../platform/operational-log.js';
import { openPool } from '../platform/pool.js';
import { readSeal } from '../platform/secrets.js';
import { DiscrepancyDesk, type FiledDiscrepancy } from '../register-edge/discrepancy-desk.js';
import { DISCREPANCY_STATES, type DiscrepancyState } from '../register-edge/discrepancy-store.js';
import { PostgresDiscrepancyStore } from '../register-edge/discrepancy-store.postgres.js';
import { readEdgeConfig } from '../register-edge/edge-config.js';
import { PostgresEdgeLog } from '../register-edge/edge-log.postgres.js';

const MAX_EXPLANATION = 1000;

type ListOptions = Readonly<{ config?: string; all?: boolean; json?: boolean }>;
type SettleOptions = Readonly<{ config?: string; state: string; explanation: string }>;

/** `einmal register discrepancies` and `settle`: what was reported to the register (IDNrG § 10), for its staff. */
export function addDiscrepancyCommands(register: Command): void {
  register
    .command('discrepancies')
    .description('list the reports that a datum seems to be wrong, with the environment of the edge')
    .option('--config <file>', 'configuration file of the edge; EINMAL_REGISTER_CONFIG if absent')
    .option('--all', 'those that are settled, too')
    .option('--json', 'print one JSON document')
    .action(async ({ config, all = false, json = false }: ListOptions) => {
      const reports = await withDesk(config, (desk) => desk.list(all));
      process.stdout.write(json ? `${JSON.stringify(reports, undefined, 2)}\n` : readable(reports));
    });
  register
    .command('settle <report>')
    .description('say what became of a report; who reported it is shown that')
    .option('--config <file>', 'configuration file of the edge; EINMAL_REGISTER_CONFIG if absent')
    .requiredOption('--state <state>', DISCREPANCY_STATES.join(', '))
    .option('--explanation <text>', 'for who reported it', '')
    .action(async (report: string, { config, state, explanation }: SettleOptions) => {
      const known = DISCREPANCY_STATES.find((it) => it === state);
      process.exitCode =
        known === undefined ? refuse('no such state') : await settle(report, known, explanation, config);
    });
}

async function settle(report: string, state: DiscrepancyState, explanation: string, config: string | undefined) {
  const isText = explanation.length <= MAX_EXPLANATION && explanation.isWellFormed() && !/\p{Cc}/u.test(explanation);
  if (!isText) return refuse(`the explanation must be a line of at most ${MAX_EXPLANATION} characters`);
  const isKnown = await withDesk(config, (desk) => desk.settle(report, state, explanation));
  return isKnown ? 0 : refuse('no such report');
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}

async function withDesk<T>(configFile: string | undefined, work: (desk: DiscrepancyDesk) => Promise<T>): Promise<T> {
  const config = readEdgeConfig(undefined, configFile);
  const seal = await readSeal(config.keyFolder);
  const pool = openPool(config.databaseUrl, { max: 2, log: operationalLog('register', 'silent') });
  try {
    const reports = new PostgresDiscrepancyStore(pool, seal);
    const desk = new DiscrepancyDesk(reports, new PostgresEdgeLog(pool), seal, new SystemClock(), config.participant);
    return await work(desk);
  } finally {
    await pool.end();
  }
}

function readable(reports: readonly FiledDiscrepancy[]): string {
  if (reports.length === 0) return 'No report.\n';
  const parts = reports.map((it) =>
    [
      `${it.reportId}  ${it.state}  ${new Date(it.acceptedAt).toISOString()}`,
      `  ${it.evidenceType} ${it.attribute}, given to ${it.consumer}; reported by the ${it.reporter}`,
      `  about ${it.idnr}: ${it.remark.replaceAll('\n', ' / ')}`,
    ].join('\n'),
  );
  // What somebody wrote must not steer the terminal.
  return `${parts.join('\n').replace(/[^\P{Cc}\n]/gu, '\ufffd')}\n`;
}
