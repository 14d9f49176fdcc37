import { join } from 'node:path';
import type { DemoProcess } from '../demo-process.js';
import { setFault } from '../fault-switch.js';
import { freePort } from '../free-port.js';
import { registerProcess } from '../register-process.js';
import type { RunningSystem } from '../supervisor.js';
import type { FaultMode } from './fault.js';

/** The simulator in the place of one register: same address, certificate and signing key. */
export type FaultyRegister = Readonly<{
  process: DemoProcess;
  /** Of its admin port. */
  adminPort: number;
  misbehave(mode: FaultMode, more?: Readonly<{ delayMs?: number; share?: number }>): Promise<void>;
  /** The real register serves again. */
  leave(): Promise<void>;
}>;

export async function takePlaceOf(system: RunningSystem, register: string): Promise<FaultyRegister> {
  const real = system.process(register);
  const adminPort = await freePort();
  const process = registerProcess(system, register, {
    entry: 'dist/src/demo/faulty-register/main.js',
    logFile: join(system.dataFolder, 'log', `faulty-${register}.log`),
    env: { EINMAL_SIMULATOR_ADMIN_PORT: String(adminPort) },
  });
  const misbehave: FaultyRegister['misbehave'] = (mode, { delayMs, share } = {}) =>
    setFault(adminPort, {
      mode,
      ...(delayMs !== undefined && { delay_ms: delayMs }),
      ...(share !== undefined && { share }),
    });
  await real.stop();
  await process.start();
  const leave = async () => {
    await process.stop();
    await real.start();
  };
  return { process, adminPort, misbehave, leave };
}
