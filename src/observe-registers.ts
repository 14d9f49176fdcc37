import type { SharedParties } from './platform/guard/shared-party.js';
import type { Telemetry } from './platform/telemetry/telemetry.js';
import type { GuardedRegisterGateway } from './registers/register-gateway.guarded.js';

/** Has shown how the guard of each register stands, and those of intermediary and identity directory. */
export function observeRegisters(
  telemetry: Telemetry,
  gateway: Pick<GuardedRegisterGateway, 'loads'>,
  parties: Pick<SharedParties, 'loads'>,
): void {
  telemetry.observe(['einmal_register_suspended', 'einmal_register_running', 'einmal_register_waiting'], () => {
    const shared = parties.loads().map(({ party, ...load }) => ({ register: party, ...load }));
    return [...gateway.loads(), ...shared].flatMap(({ register, isSuspended, running, waiting }) => [
      { name: 'einmal_register_suspended', value: Number(isSuspended), labels: { register } },
      { name: 'einmal_register_running', value: running, labels: { register } },
      { name: 'einmal_register_waiting', value: waiting, labels: { register } },
    ]);
  });
}
