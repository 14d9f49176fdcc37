import { changeHead } from './change-head.js';
import { corruptPackets } from './corrupt-packets.js';
import { cutConnections } from './cut-connections.js';
import { failOver } from './fail-over.js';
import type { Fault } from './fault.js';
import { fillDisk } from './fill-disk.js';
import { flapRegisters } from './flap-registers.js';
import { flipBit } from './flip-bit.js';
import { hitLoneWriter } from './hit-lone-writer.js';
import { killLockHolder } from './kill-lock-holder.js';
import { killNode } from './kill-node.js';
import { killWaitingNode } from './kill-waiting-node.js';
import { killWriters } from './kill-writers.js';
import { loseStandby } from './lose-standby.js';
import { pauseHolder } from './pause-lock-holder.js';
import { restoreBackup } from './restore-backup.js';
import { restoreBeneath } from './restore-beneath.js';
import { secondNode } from './second-node.js';
import { setClockBack } from './set-clock-back.js';
import { skewClocks } from './skew-clocks.js';
import { stopPostgres } from './stop-postgres.js';
import { takeCore } from './take-core.js';

/** All faults, in the order of the report. */
export const FAULTS: readonly Fault[] = [
  killNode,
  killWaitingNode,
  killWriters,
  hitLoneWriter,
  killLockHolder,
  pauseHolder,
  stopPostgres,
  cutConnections,
  restoreBackup,
  restoreBeneath,
  flipBit,
  changeHead,
  fillDisk,
  setClockBack,
  secondNode,
  failOver,
  loseStandby,
  flapRegisters,
  corruptPackets,
  skewClocks,
  takeCore,
];
