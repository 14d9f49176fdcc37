import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Catalogue } from '../catalogue/catalogue.js';
import { CatalogueFault } from '../catalogue/catalogue-fault.js';
import { loadCatalogue } from '../catalogue/load-catalogue.js';
import { CatalogueLookup } from '../catalogue/lookup.js';
import { explainAgreed } from '../permission/explain-agreed.js';
import { loosenedDemands } from '../permission/loosened-demands.js';
import { permissionMatrix } from '../permission/permission-matrix.js';
import { replayChecks } from '../permission/replay-checks.js';
import { RuleIndex } from '../permission/rule-index.js';
import { ConfigFault, readConfig, text } from '../platform/config.js';
import { coarseMutants, departuresOf, fineMutants, limitMutants, mutationScore } from '../scenario/mutants.js';
import { readScenarios } from '../scenario/read-scenarios.js';
import { loggedChecks } from './logged-checks.js';
import { addChangeCommands } from './policy-change-command.js';
import {
  explanationText,
  loosenedText,
  matrixCsv,
  matrixRows,
  matrixText,
  replayText,
  scenariosText,
} from './policy-report.js';
import { type SignOptions, signAgreement } from './sign-agreement.js';

/** 0: nothing to complain of, 1: something, 2: cannot tell. */
const CODES = { yes: 0, no: 1, unknown: 2 } as const;

type CatalogueOptions = Readonly<{ catalogue?: string; deployment?: string }>;
type JsonOption = Readonly<{ json?: true }>;
type QuestionOptions = CatalogueOptions &
  JsonOption &
  Readonly<{
    consumer: string;
    register: string;
    evidence: string;
    purpose: string;
    basis: string;
    fields?: readonly string[];
  }>;
type MatrixOptions = CatalogueOptions & Readonly<{ format: 'table' | 'csv' | 'json' }>;
type TestOptions = CatalogueOptions & JsonOption & Readonly<{ scenarios: string; mutants?: true }>;
type SimulateOptions = CatalogueOptions & JsonOption & Readonly<{ since: number }>;

/** `einmal policy`: the rules of a folder, and what other rules would have decided. */
export function policyCommand(): Command {
  const command = new Command('policy')
    .description('check, explain, list, test, simulate and change the rules of a catalogue')
    // A wrong option says nothing about the rules: not the code of "no".
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? CODES.yes : CODES.unknown));
  withCatalogue(command.command('check'))
    .description('validate a catalogue: every fault with file and line (exit code 0 none, 1 some, 2 cannot tell)')
    .option('--json', 'print one JSON document')
    .action((options: CatalogueOptions & JsonOption) => conclude(() => check(options)));
  withCatalogue(command.command('explain'))
    .description('say why a transfer is permitted (exit code 0) or refused (1), and what would turn that')
    .requiredOption('--consumer <participant>', 'who would receive the evidence')
    .requiredOption('--register <register>', 'who would deliver it')
    .requiredOption('--evidence <type>', 'evidence type')
    .requiredOption('--purpose <purpose>', 'what for')
    .requiredOption('--basis <legal basis>', 'on which legal basis')
    .option('--fields <list>', 'attributes, with commas; those that the nearest rules name if absent', list)
    .option('--json', 'print one JSON document')
    .action((options: QuestionOptions) => conclude(() => explain(options)));
  withCatalogue(command.command('matrix'))
    .description('list who may have which evidence, for what, on which basis')
    .addOption(new Option('--format <format>').choices(['table', 'csv', 'json']).default('table'))
    .action((options: MatrixOptions) => conclude(() => matrix(options)));
  withCatalogue(command.command('test'))
    .description('run scenarios against a catalogue (exit code 0 all come out as expected, 1 some do not)')
    .requiredOption('--scenarios <folder>', 'folder of scenarios, with their transfers.yaml')
    .option('--mutants', 'and say of each rule whether they notice that it is removed, turned round or changed')
    .option('--json', 'print one JSON document')
    .action((options: TestOptions) => conclude(() => test(options)));
  withCatalogue(command.command('simulate'))
    .description(
      'decide again, by another catalogue, what the intermediary checked (exit code 0 all the same, 1 some flip); configured by the environment of a process that may read its log',
    )
    .requiredOption('--since <time>', 'how far back, for example 30d or 12h, or a date', since)
    .option('--json', 'print one JSON document')
    .action((options: SimulateOptions) => conclude(() => simulate(options)));
  command
    .command('sign')
    .description("print one side's signature under an agreement, or under its revocation")
    .argument('<agreement>', 'its id')
    .requiredOption('--file <file>', 'agreements.yaml with its content; signatures in it do not matter')
    .requiredOption('--key <file>', 'private key of that side (JWK)')
    .option('--revoke <time>', 'sign that it is revoked since then, for example 2026-12-01T00:00:00Z')
    .action((id: string, options: SignOptions) =>
      conclude(async () => {
        process.stdout.write(`${await signAgreement(id, options)}\n`);
        return CODES.yes;
      }),
    );
  addChangeCommands(command, conclude);
  return command;
}

function withCatalogue(command: Command): Command {
  return command
    .option('--catalogue <folder>', 'folder of the catalogue; EINMAL_CATALOGUE if absent')
    .option(
      '--deployment <folder>',
      'folder with keys.yaml, administrators.yaml, agreements.yaml and endpoints.yaml, if they are to be checked and elsewhere',
    );
}

function check(options: CatalogueOptions & JsonOption): number {
  try {
    // What is checked is to come into force: an agreement that has ended is a fault then.
    const { version, rules, services } = read(options, Date.now());
    if (options.json) print({ version, rules: rules.length, services: services.length, faults: [] });
    else process.stdout.write(`No faults: ${rules.length} rules, ${services.length} services, version ${version}\n`);
    return CODES.yes;
  } catch (error) {
    if (!(error instanceof CatalogueFault)) throw error;
    if (options.json) print({ faults: error.faults });
    else process.stdout.write(error.faults.map(({ file, line, message }) => `${file}:${line}: ${message}\n`).join(''));
    return CODES.no;
  }
}

function explain({ consumer, register, evidence, purpose, basis, fields, ...options }: QuestionOptions): number {
  const rules = new RuleIndex(new CatalogueLookup(read(options)));
  const question = { consumer, provider: register, evidence_type: evidence, purpose, legal_basis: basis };
  const explained = explainAgreed(rules, question, fields, { nowMs: Date.now() });
  if (options.json) print(explained);
  else process.stdout.write(explanationText(explained));
  return explained.decision.kind === 'allowed' && explained.refused.length === 0 ? CODES.yes : CODES.no;
}

function matrix({ format, ...options }: MatrixOptions): number {
  const catalogue = read(options);
  const permitted = permissionMatrix(new RuleIndex(new CatalogueLookup(catalogue)));
  if (format === 'json') print(matrixRows(permitted));
  else process.stdout.write(format === 'csv' ? matrixCsv(permitted) : matrixText(catalogue, permitted));
  return CODES.yes;
}

function test({ scenarios: folder, mutants, json, ...options }: TestOptions): number {
  const catalogue = read(options);
  const scenarios = readScenarios(folder);
  const failures = scenarios.flatMap(({ id, says, ...it }) => {
    const departs = departuresOf({ id, says, ...it }, catalogue, catalogue);
    return departs.length === 0 ? [] : [{ id, says, departs }];
  });
  const scores = mutants && {
    coarse: mutationScore(catalogue, scenarios, coarseMutants(catalogue)),
    fine: mutationScore(catalogue, scenarios, fineMutants(catalogue)),
    limits: mutationScore(catalogue, scenarios, limitMutants(catalogue)),
  };
  const report = { scenarios: scenarios.length, failures, ...(scores && { mutants: scores }) };
  if (json) print(report);
  else process.stdout.write(scenariosText(report));
  const survivors = Object.values(scores ?? {}).flatMap((it) => it.survivors);
  return failures.length + survivors.length === 0 ? CODES.yes : CODES.no;
}

async function simulate({ since: sinceMs, json, ...options }: SimulateOptions): Promise<number> {
  const catalogue = read(options);
  const rules = new RuleIndex(new CatalogueLookup(catalogue));
  const replay = await loggedChecks(sinceMs, (checks) => replayChecks(rules, checks, Date.now()));
  // The folder by which the intermediary is found holds what counts today.
  const today = loadCatalogue({ folder: readConfig({ folder: text('EINMAL_CATALOGUE') }).folder });
  const loosened = await loosenedDemands(today, catalogue);
  if (json) print({ version: catalogue.version, ...replay, loosened });
  else process.stdout.write(`${replayText(catalogue.version, replay)}${loosenedText(loosened)}`);
  return replay.flips.length === 0 ? CODES.yes : CODES.no;
}

/** Keys and addresses are checked with the rest where there are any: a catalogue that is not deployed has none. */
function read({ catalogue, deployment }: CatalogueOptions, nowMs?: number): Catalogue {
  const folder = catalogue ?? readConfig({ folder: text('EINMAL_CATALOGUE') }).folder;
  if (!existsSync(folder)) throw new ConfigFault([`there is no folder ${folder}`]);
  const isDeployed = ['keys.yaml', 'administrators.yaml', 'agreements.yaml', 'endpoints.yaml'].some((it) =>
    existsSync(join(folder, it)),
  );
  const where = { folder, deployment: deployment ?? (isDeployed ? folder : ({ none: true } as const)) };
  return loadCatalogue(nowMs === undefined ? where : { ...where, nowMs });
}

async function conclude(act: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await act();
  } catch (error) {
    process.exitCode = CODES.unknown;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function print(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

function list(value: string): readonly string[] {
  return value
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

const UNITS_MS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000 };

/** Milliseconds since the epoch. */
function since(value: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([hd])$/.exec(value) ?? [];
  const moment = count === undefined ? Date.parse(value) : Date.now() - Number(count) * (UNITS_MS[unit] ?? 0);
  if (!Number.isFinite(moment)) throw new InvalidArgumentError('days (30d), hours (12h) or a date');
  return moment;
}
