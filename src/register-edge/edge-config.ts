import { readFileSync } from 'node:fs';
import { followingSettings } from '../catalogue/start-following.js';
import { processSettings, readConfig, type Setting, text, whole } from '../platform/config.js';
import { telemetryFaults, telemetrySettings } from '../platform/telemetry/telemetry-settings.js';
import { readIdentityIn, type TlsIdentity } from '../platform/tls.js';
import { type RegisterConfig, readRegisterConfig } from './register-config.js';

const edgeSettings = {
  ...processSettings,
  ...telemetrySettings,
  ...followingSettings,
  /** 0: this edge is no witness. */
  witnessPort: whole('EINMAL_WITNESS_PORT', { min: 0, max: 65535, fallback: 0 }),
} as const;

export type EdgeConfig = ReturnType<typeof readConfig<typeof edgeSettings>> &
  Readonly<{
    registerConfig: RegisterConfig;
    /** URL of a role that may only read the configured views, of an interface, or where files are. */
    dataUrl: string;
    /** Bearer token, and PEM of the authorities to trust; of an interface. */
    dataToken?: string;
    dataAuthorities?: string;
    /** Of a system that knows the edge by its certificate. */
    dataIdentity?: TlsIdentity;
  }>;

/** From the environment and the file that it names, unless another is given. @throws ConfigFault */
export function readEdgeConfig(
  environment?: Readonly<Record<string, string | undefined>>,
  configFile?: string,
): EdgeConfig {
  const named = { ...edgeSettings, registerConfigFile: text('EINMAL_REGISTER_CONFIG', configFile) };
  const { registerConfigFile: fromEnvironment, ...settings } = readConfig(named, environment, telemetryFaults);
  const registerConfigFile = configFile ?? fromEnvironment;
  const registerConfig = readRegisterConfig(registerConfigFile);
  return { ...settings, registerConfig, ...readDataAccess(registerConfig, environment) };
}

const NO_VARIABLES = { token_env: undefined, authorities_env: undefined, identity_env: undefined } as const;

/** How the data source is reached. @throws ConfigFault */
export function readDataAccess(
  { data_source }: RegisterConfig,
  environment?: Readonly<Record<string, string | undefined>>,
): Pick<EdgeConfig, 'dataUrl' | 'dataToken' | 'dataAuthorities' | 'dataIdentity'> {
  const { token_env, authorities_env, identity_env } = { ...NO_VARIABLES, ...data_source };
  return readConfig(
    {
      dataUrl: text(data_source.url_env),
      ...(token_env === undefined ? {} : { dataToken: text(token_env) }),
      ...(authorities_env === undefined ? {} : { dataAuthorities: fileContent(authorities_env) }),
      ...(identity_env === undefined ? {} : { dataIdentity: identityIn(identity_env) }),
    },
    environment,
  );
}

/** Names of the variables by which a register's data are reached. */
export function dataVariables({ data_source }: RegisterConfig): readonly string[] {
  const { url_env, token_env, authorities_env, identity_env } = { ...NO_VARIABLES, ...data_source };
  return [url_env, token_env, authorities_env, identity_env].filter((it) => it !== undefined);
}

function fileContent(variable: string): Setting<string> {
  return {
    variable,
    read: (file) => {
      if (file === undefined) return { fault: 'is required' };
      try {
        return readFileSync(file, 'utf8');
      } catch {
        return { fault: 'names no file that can be read' };
      }
    },
  };
}

/** Folder with `ca.pem`, `cert.pem` and `key.pem`. */
function identityIn(variable: string): Setting<TlsIdentity> {
  return {
    variable,
    read: (folder) => {
      if (folder === undefined) return { fault: 'is required' };
      try {
        return readIdentityIn(folder);
      } catch {
        return { fault: 'names no folder with ca.pem, cert.pem and key.pem that can be read' };
      }
    },
  };
}
