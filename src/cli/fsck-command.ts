import { Command } from 'commander';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { StartFault } from '../platform/run-process.js';
import type { Finding } from '../recovery/finding.js';
import type { FsckResult } from '../recovery/fsck.js';
import { startFsck } from '../recovery/start-fsck.js';
import { type Check, type Report, report } from '../verify/report.js';
import { conclude, EXIT_CODES } from './conclude.js';
import { ProgressBar } from './progress-bar.js';

type Options = Readonly<{ vkey?: string; withoutKeys?: true; json?: true }>;

/** `einmal audit fsck`: exit code 0 if everything in the database holds, 1 if not, 2 if it cannot tell. */
export function fsckCommand(): Command {
  return new Command('fsck')
    .description(
      're-hash everything in the database of the log and name the first wrong byte (exit code 0 holds, 1 does not hold, 2 cannot tell)',
    )
    .option('--vkey <key>', 'verifier key of the log, instead of that of the key folder')
    .option('--without-keys', 'open no protected half: a login that reads the log, and --vkey, are enough')
    .option('--json', 'print one JSON document')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_CODES.cannot_tell))
    .action((options: Options) => conclude(options, [StartFault, NoteFault], () => run(options)));
}

async function run({ vkey, withoutKeys }: Options): Promise<Report> {
  const bar = new ProgressBar('entries');
  try {
    const found = await startFsck({
      onProgress: (done, total) => bar.update(done, total),
      ...(vkey !== undefined && { vkey: vkey.trim() }),
      ...(withoutKeys !== undefined && { withoutKeys }),
    });
    return described(found, withoutKeys === true);
  } finally {
    bar.end();
  }
}

function described({ fault, root, ...counts }: FsckResult, isWithoutKeys: boolean): Report {
  const { size, records, opened, erased, unopened } = counts;
  const subject = { size, root: root.toString('base64'), records, opened, erased };
  if (fault !== undefined) return report(subject, [failed(fault)]);
  const halves: Check = isWithoutKeys
    ? { what: 'protected halves were not opened, as was asked', state: 'holds' }
    : { what: 'protected halves and the index of persons are those that were logged', state: 'holds' };
  return report(subject, [
    { what: 'every record is what its leaf commits to', state: 'holds' },
    { what: 'leaves, nodes and root are those of the signed checkpoint', state: 'holds' },
    unopened === 0
      ? halves
      : { what: 'protected halves can be opened', state: 'unknown', detail: `${unopened} have no keys in this vault` },
    { what: 'every missing record was erased by an entry that states it', state: 'holds' },
    { what: 'states of triggers and retrievals are those of the entries', state: 'holds' },
  ]);
}

function failed({ table, row, column, byte, what }: Finding): Check {
  const path = [table, row, ...(column === undefined ? [] : [column])].join(', ');
  return {
    what: 'everything in the database is what was logged',
    state: 'fails',
    path,
    detail: what,
    ...(byte !== undefined && { byte }),
  };
}
