import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadLaw } from '../catalogue/load-catalogue.js';
import { cataloguePage } from '../catalogue/printed/catalogue-page.js';
import { packageRoot } from '../platform/paths.js';

type PageOptions = Readonly<{ folder: string; out?: string }>;

/** `einmal catalogue page`: the catalogue for people who read law. */
export function catalogueCommand(): Command {
  const command = new Command('catalogue').description('read a catalogue');
  command
    .command('page')
    .description('write a catalogue as a Markdown page, after checking it; keys and addresses are not needed')
    .option('--folder <folder>', 'folder of the catalogue', join(packageRoot, 'catalogue'))
    .option('--out <file>', 'file to write; standard output if absent')
    .action(async ({ folder, out }: PageOptions) => {
      const page = cataloguePage(loadLaw(folder));
      if (out === undefined) process.stdout.write(page);
      else await writeFile(out, page);
    });
  return command;
}
