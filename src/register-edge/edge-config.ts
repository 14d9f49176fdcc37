import { processSettings, readConfig, text, whole } from '../platform/config.js';
import { type RegisterConfig, readRegisterConfig } from './register-config.js';

const edgeSettings = {
  ...processSettings,
  registerConfigFile: text('EINMAL_REGISTER_CONFIG'),
  /** 0: this edge is no witness. */
  witnessPort: whole('EINMAL_WITNESS_PORT', { min: 0, max: 65535, fallback: 0 }),
} as const;

export type EdgeConfig = Omit<ReturnType<typeof readConfig<typeof edgeSettings>>, 'registerConfigFile'> &
  Readonly<{
    registerConfig: RegisterConfig;
    /** URL of a role that may only read the configured views. */
    dataUrl: string;
  }>;

/** From the environment and the file that it names. @throws ConfigFault */
export function readEdgeConfig(environment?: Readonly<Record<string, string | undefined>>): EdgeConfig {
  const { registerConfigFile, ...settings } = readConfig(edgeSettings, environment);
  const registerConfig = readRegisterConfig(registerConfigFile);
  const { dataUrl } = readConfig({ dataUrl: text(registerConfig.data_source.url_env) }, environment);
  return { ...settings, registerConfig, dataUrl };
}
