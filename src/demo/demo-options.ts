import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';

/** Online services of the catalogue. */
export const SERVICES = [
  'kindergeld',
  'elterngeld',
  'geburtsurkunde',
  'bafoeg',
  'wohnsitzanmeldung',
  'gewerbeanmeldung',
  'kfz-zulassung',
] as const;

export type DemoOptions = Readonly<{
  once?: true;
  json?: true;
  fresh?: true;
  /** Who asks: an online service, if absent. */
  as?: 'authority';
  /** Where the authority keeps its answer. */
  archive?: string;
  service: (typeof SERVICES)[number];
  /** A simulator that misbehaves on demand takes the place of this register, once the run is over. */
  faulty?: string;
  people: number;
  seed: number;
  port?: number;
  httpPort?: number;
  pagesPort?: number;
  data?: string;
}>;

export function readDemoOptions(argv: readonly string[]): DemoOptions {
  const command = new Command('demo')
    .description('Starts the whole system on embedded parts and runs one real exchange. Ctrl-C ends it.')
    .addOption(
      new Option('--service <id>', 'online service whose form is filled').choices(SERVICES).default('kindergeld'),
    )
    .addOption(
      new Option('--as <who>', 'be an authority that asks for one piece of evidence in a task of its own')
        .choices(['authority'])
        // It fills no form.
        .conflicts('service'),
    )
    .option('--archive <file>', 'with --as authority: where the answer is archived', (file) => resolve(file))
    .addOption(
      new Option('--faulty <register>', 'serve with a simulator in its place, that misbehaves on demand').conflicts(
        'once',
      ),
    )
    .option('--once', 'end after the run; exit code 0 only if every verification held')
    .option('--json', 'print one JSON document on standard output, everything else on standard error')
    .option('--fresh', 'start over with new keys, databases and people')
    .option('--people <count>', 'number of synthetic persons', whole(1, 10_000_000), 10_000)
    .option('--seed <number>', 'seed of the synthetic population', whole(0, 2 ** 31), 1)
    .option('--port <number>', 'gRPC port of the node (default: a free one)', whole(1, 65_535))
    .option('--http-port <number>', 'HTTPS port of the node (default: a free one)', whole(1, 65_535))
    .option('--pages-port <number>', 'HTTP port of the pages (default: a free one)', whole(1, 65_535))
    .option('--data <folder>', 'data folder (default: data/demo)', (folder) => resolve(folder))
    .parse([...argv]);
  const options = command.opts<DemoOptions>();
  if (options.archive !== undefined && options.as === undefined)
    command.error(
      "error: option '--archive <file>' goes with '--as authority': an online service archives nothing here",
    );
  return options;
}

function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < min || number > max)
      throw new InvalidArgumentError(`a whole number from ${min} to ${max}`);
    return number;
  };
}
