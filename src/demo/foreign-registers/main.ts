import { readFileSync } from 'node:fs';
import { ConfigFault, MODES, oneOf, readConfig, text, whole } from '../../platform/config.js';
import { operationalLog } from '../../platform/operational-log.js';
import { runProcess } from '../../platform/run-process.js';
import { readTlsIdentity } from '../../platform/tls.js';
import { openFaultSwitch } from '../fault-switch.js';
import { FOREIGN_FAULTS } from './fault.js';
import { startHttpsSimulator } from './https-simulator.js';
import { answerXNachweis } from './xnachweis.js';
import type { XNachweisSimulation } from './xnachweis-simulation.js';
import { answerXRoad, type XRoadSimulation } from './xroad.js';

/** What the simulated register is, in JSON. */
type Simulation = Readonly<{ kind: 'xroad' } & XRoadSimulation> | Readonly<{ kind: 'xnachweis' } & XNachweisSimulation>;

/** SIMULATOR of a register that is asked over X-Road, or of a data service that speaks XNachweis. It never runs in production. */
await runProcess('simulator of a foreign register', async () => {
  const config = readConfig({
    mode: oneOf('EINMAL_MODE', MODES, 'production'),
    keyFolder: text('EINMAL_KEYS'),
    port: whole('EINMAL_SIMULATOR_PORT', { min: 1, max: 65535 }),
    simulationFile: text('EINMAL_SIMULATION_FILE'),
    adminPort: whole('EINMAL_SIMULATOR_ADMIN_PORT', { min: 1, max: 65535 }),
    logLevel: oneOf('EINMAL_LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
  });
  if (config.mode !== 'development') throw new ConfigFault(['this is a simulator: EINMAL_MODE must be development']);
  const simulation: Simulation = JSON.parse(readFileSync(config.simulationFile, 'utf8'));
  const log = operationalLog('simulator', config.logLevel);
  const faults = await openFaultSwitch(config.adminPort, FOREIGN_FAULTS, 'none');
  const server = await startHttpsSimulator({
    ...{ host: 'localhost', port: config.port, tls: readTlsIdentity(config.keyFolder) },
    fault: () => faults.now().mode,
    answer: (received, fault) => {
      log.info({ mode: fault }, 'asked');
      return simulation.kind === 'xroad'
        ? answerXRoad(simulation, received, fault)
        : answerXNachweis(simulation, received, fault);
    },
  });
  log.warn({ port: server.port, kind: simulation.kind }, 'SIMULATOR of a foreign register serves');
  return {
    stop: async () => {
      await Promise.all([server.stop(), faults.close()]);
    },
  };
});
