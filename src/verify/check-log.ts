import type { Checkpoint } from '#libs/tlog/checkpoint.js';
import { NoteFault } from '#libs/tlog/note-fault.js';
import type { FetchResource } from '#libs/tlog/tile-reader.js';
import type { TreeFault } from '#libs/tlog/tree-fault.js';
import { verifyTree } from '#libs/tlog/verify-tree.js';
import { leafFault } from './leaf.js';
import { type LogTrust, openKept, openTrusted } from './log-trust.js';
import { type Check, type Report, report } from './report.js';

export type LogToCheck = Readonly<{
  source: FetchResource;
  trust: LogTrust;
  /** A checkpoint that was kept earlier: a signed note. */
  oldCheckpoint?: string;
  onProgress?: (leaves: number, size: number) => void;
}>;

/** `checkpoint` is the newest one, verbatim: worth keeping when the verdict is that the log holds. */
export type LogReport = Report & Readonly<{ checkpoint?: string }>;

const SIGNED = 'the log signed the checkpoint';
const ALL = 'entries and tiles make the signed tree';
const EARLIER = 'nothing that was signed earlier was changed or removed';

/** Verifies a whole log from what it serves (C2SP tlog-tiles), and that it extends the checkpoint that was kept earlier. */
export async function checkLog({ source, trust, oldCheckpoint, onProgress }: LogToCheck): Promise<LogReport> {
  const served = await source('checkpoint');
  if (served === undefined) return report({}, [{ what: SIGNED, state: 'unknown', detail: 'no checkpoint is served' }]);
  const note = Buffer.from(served).toString('utf8');
  const opened = openTrusted(note, trust);
  if (!('checkpoint' in opened)) return report({}, opened.checks);
  const { checkpoint, checks } = opened;
  const subject = { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root.toString('base64') };
  const old = oldCheckpoint === undefined ? undefined : openOld(oldCheckpoint, checkpoint.origin, trust);
  const earlier = old !== undefined && 'size' in old && old.size <= checkpoint.size ? old : undefined;
  const { leaves, faults } = await verifyTree({
    tree: checkpoint,
    ...(earlier !== undefined && { earlier }),
    fetchResource: source,
    checkEntry: leafFault,
    onProgress: (done) => onProgress?.(done, checkpoint.size),
  });
  const tree = faults.filter(({ kind }) => kind !== 'EARLIER_ROOT');
  const all: Check[] =
    tree.length === 0 ? [{ what: ALL, state: 'holds', detail: `${leaves} leaves` }] : tree.map(asCheck);
  const found = [...checks, ...all, ...(old === undefined ? [] : [earlierCheck(old, checkpoint, faults, leaves)])];
  return { ...report(subject, found), checkpoint: note };
}

function earlierCheck(
  old: Checkpoint | Check,
  { size }: Checkpoint,
  faults: readonly TreeFault[],
  leaves: number,
): Check {
  if ('what' in old) return old;
  if (old.size > size)
    return {
      what: EARLIER,
      state: 'fails',
      detail: `the log had ${old.size} leaves and has ${size} now: it went back`,
    };
  const broken = faults.find(({ kind }) => kind === 'EARLIER_ROOT');
  if (broken !== undefined) return { what: EARLIER, state: 'fails', detail: broken.message };
  if (leaves < old.size) return { what: EARLIER, state: 'unknown', detail: 'not all of its leaves could be read' };
  return { what: EARLIER, state: 'holds', detail: `${old.size} leaves` };
}

/** A kept checkpoint that the log did not sign says nothing about the log. */
function openOld(note: string, origin: string, trust: LogTrust): Checkpoint | Check {
  try {
    return openKept(note, origin, trust);
  } catch (error) {
    if (!(error instanceof NoteFault)) throw error;
    return { what: EARLIER, state: 'unknown', detail: `the older checkpoint cannot be used: ${error.message}` };
  }
}

function asCheck({ kind, message, path, byte, leaf }: TreeFault): Check {
  return {
    what: ALL,
    state: kind === 'MISSING' ? 'unknown' : 'fails',
    detail: message,
    ...(path !== undefined && { path }),
    ...(byte !== undefined && { byte }),
    ...(leaf !== undefined && { leaf }),
  };
}
