import { readFile, rename, writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { NoteFault } from '#libs/tlog/note-fault.js';
import { parsePolicy } from '#libs/tlog/policy.js';
import { PolicyFault } from '#libs/tlog/policy-fault.js';
import { checkArchive } from '../verify/check-archive.js';
import { checkEvidence, evidenceKeys } from '../verify/check-evidence.js';
import { checkLog } from '../verify/check-log.js';
import { checkProofFile } from '../verify/check-receipt.js';
import { checkReceiptToken, checkSignedReceipts, isCompactJws } from '../verify/check-receipt-token.js';
import { checkSample } from '../verify/check-sample.js';
import { DocumentFault, isKeySet, isOpening, parseDocument } from '../verify/document.js';
import { logSource, SourceFault } from '../verify/log-source.js';
import type { LogTrust } from '../verify/log-trust.js';
import type { Report } from '../verify/report.js';
import { conclude, EXIT_CODES } from './conclude.js';
import { ProgressBar } from './progress-bar.js';

const EXPECTED = [SourceFault, DocumentFault, PolicyFault, NoteFault];

/** @see DocumentTrust */
const ownKeys = (others: string[]) =>
  new Option(
    '--own-keys',
    'believe the keys that the document brings itself: shows no more than that it fits together',
  ).conflicts(others);

type TrustOptions = Readonly<{ vkey?: string; policy?: string }>;
type LogOptions = TrustOptions & Readonly<{ oldCheckpoint?: string; save?: string; ca?: string; json?: true }>;
type ReceiptOptions = TrustOptions &
  Readonly<{ entry?: string; opening?: string; jwks?: string; proof?: string; ownKeys?: true; json?: true }>;
type ArchiveOptions = Readonly<{ vkey?: string; ownKeys?: true; json?: true }>;
type SampleOptions = TrustOptions & Readonly<{ json?: true }>;
type EvidenceOptions = Readonly<{ jwks?: string; ownKeys?: true; json?: true }>;

/** `einmal verify`: offline, with public keys alone. Exit code 0, 1, 2: it holds, it does not, cannot tell. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description(
      'verify log, receipt, evidence, archive or sample with public keys alone (exit code 0 holds, 1 does not hold, 2 cannot tell)',
    )
    // A wrong option says nothing about what was to be verified: not the code of "does not hold".
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : EXIT_CODES.cannot_tell));
  command
    .command('log')
    .description('verify a whole log from its checkpoint, tiles and entry bundles (C2SP tlog-tiles)')
    .argument('<place>', 'http(s) prefix or directory')
    .option('--vkey <key>', 'verifier key of the log')
    .option('--policy <file>', 'whom to believe: logs, witnesses and their quorum (C2SP tlog-policy)')
    .option('--old-checkpoint <file>', 'checkpoint that was kept earlier: the log must extend it')
    .option('--save <file>', 'keep the checkpoint there if the log holds')
    .option('--ca <file>', 'PEM certificates of a private authority')
    .option('--json', 'print one JSON document')
    .action((place: string, options: LogOptions) => conclude(options, EXPECTED, () => verifyLog(place, options)));
  command
    .command('receipt')
    .description(
      'verify the receipts of a JSON document, a .tlog-proof file with its entry (C2SP tlog-proof), or a receipt token (JWS)',
    )
    .argument('<file>')
    .option('--vkey <key>', 'verifier key of the log')
    .option('--policy <file>', 'whom to believe: logs, witnesses and their quorum (C2SP tlog-policy)')
    .option('--entry <file>', 'with a proof file: the entry, byte for byte')
    .option('--opening <file>', 'with a proof file: JSON with salt, caller and protected_hash')
    .option('--jwks <file>', 'with a receipt token: public keys of the node (JWK set)')
    .option('--proof <file>', 'with a receipt token: the proof file of the same entry')
    .addOption(ownKeys(['vkey', 'policy', 'jwks']))
    .option('--json', 'print one JSON document')
    .action((file: string, options: ReceiptOptions) =>
      conclude(options, EXPECTED, () => verifyReceipts(file, options)),
    );
  command
    .command('evidence')
    .description('verify the evidence of a JSON document, or one compact SD-JWT')
    .argument('<file>')
    .option('--jwks <file>', 'public keys of the register (JWK set), or a document with those of several')
    .addOption(ownKeys(['jwks']))
    .option('--json', 'print one JSON document')
    .action((file: string, options: EvidenceOptions) =>
      conclude(options, EXPECTED, () => verifyEvidence(file, options)),
    );
  command
    .command('archive')
    .description(
      'verify an archive: evidence, decision, key of the register and the entries of the log, by the archive alone',
    )
    .argument('<file>')
    .option('--vkey <key>', 'verifier key of the log')
    .addOption(ownKeys(['vkey']))
    .option('--json', 'print one JSON document')
    .action((file: string, options: ArchiveOptions) =>
      conclude(options, EXPECTED, async () =>
        checkArchive(parseDocument(await text(file)), { ...(await logTrust(options)), ...believed(options) }),
      ),
    );
  command
    .command('sample')
    .description('verify that nobody steered a random sample: commitment, cosigned checkpoint and what was drawn')
    .argument('<file>')
    .option('--policy <file>', 'whom to believe: log, witnesses and their quorum (C2SP tlog-policy)')
    .option('--vkey <key>', 'verifier key of the log')
    .option('--json', 'print one JSON document')
    .action((file: string, options: SampleOptions) =>
      conclude(options, EXPECTED, async () => checkSample(parseDocument(await text(file)), await logTrust(options))),
    );
  return command;
}

async function verifyLog(place: string, options: LogOptions): Promise<Report> {
  const bar = new ProgressBar('leaves');
  const ca = options.ca === undefined ? undefined : await text(options.ca);
  const oldCheckpoint = options.oldCheckpoint === undefined ? undefined : await text(options.oldCheckpoint);
  const trust = await logTrust(options);
  try {
    const { checkpoint, ...found } = await checkLog({
      source: logSource(place, ca),
      trust,
      ...(oldCheckpoint !== undefined && { oldCheckpoint }),
      onProgress: (done, size) => bar.update(done, size),
    });
    if (options.save !== undefined && found.verdict === 'holds' && checkpoint !== undefined)
      await replace(options.save, checkpoint);
    return found;
  } finally {
    bar.end();
  }
}

async function verifyReceipts(file: string, options: ReceiptOptions): Promise<Report> {
  const content = await text(file);
  const trust = await logTrust(options);
  const keys = options.jwks === undefined ? undefined : parseDocument(await text(options.jwks));
  if (keys !== undefined && !isKeySet(keys)) throw new DocumentFault(`${options.jwks} holds no keys`);
  if (isCompactJws(content)) {
    const proof = options.proof === undefined ? undefined : await text(options.proof);
    return checkReceiptToken(content, { trust, ...(keys && { keys }), ...(proof !== undefined && { proof }) });
  }
  if (!content.startsWith('c2sp.org/tlog-proof@'))
    return checkSignedReceipts(parseDocument(content), { ...trust, ...believed(options) }, keys);
  const opening = options.opening === undefined ? undefined : parseDocument(await text(options.opening));
  if (opening !== undefined && !isOpening(opening)) throw new DocumentFault(`${options.opening} is not an opening`);
  const entry = options.entry === undefined ? undefined : await bytes(options.entry);
  return checkProofFile(content, { trust, ...(entry && { entry }), ...(opening && { opening }) });
}

async function verifyEvidence(file: string, options: EvidenceOptions): Promise<Report> {
  const content = await text(file);
  const keys = options.jwks === undefined ? undefined : evidenceKeys(parseDocument(await text(options.jwks)));
  if (options.jwks !== undefined && keys === undefined) throw new DocumentFault(`${options.jwks} holds no keys`);
  return checkEvidence(content.trimStart().startsWith('{') ? parseDocument(content) : content, keys, believed(options));
}

function believed({ ownKeys }: Readonly<{ ownKeys?: true }>): Readonly<{ ownKeys?: true }> {
  return ownKeys === undefined ? {} : { ownKeys };
}

async function logTrust({ vkey, policy }: TrustOptions): Promise<LogTrust> {
  return {
    ...(vkey !== undefined && { vkey: vkey.trim() }),
    ...(policy !== undefined && { policy: parsePolicy(await bytes(policy)) }),
  };
}

async function text(file: string): Promise<string> {
  return (await bytes(file)).toString('utf8');
}

/** @throws SourceFault */
async function bytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new SourceFault(`${file} cannot be read${code}`);
  }
}

/** Whole or not at all: half a checkpoint would be lost trust. */
async function replace(file: string, content: string): Promise<void> {
  const next = `${file}.new`;
  await writeFile(next, content);
  await rename(next, file);
}
