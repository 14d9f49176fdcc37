import { followingSettings } from '../catalogue/start-following.js';
import { processSettings, readConfig, text, whole } from '../platform/config.js';
import { telemetryFaults, telemetrySettings } from '../platform/telemetry/telemetry-settings.js';

const { mode, participant, catalogueFolder, keyFolder, databaseUrl, logLevel } = processSettings;

const settings = {
  mode,
  participant,
  catalogueFolder,
  keyFolder,
  databaseUrl,
  logLevel,
  ...followingSettings,
  ...telemetrySettings,
  httpHost: text('EINMAL_HTTP_HOST', 'localhost'),
  httpPort: whole('EINMAL_HTTP_PORT', { min: 1, max: 65535 }),
  /** Where browsers reach the pages: scheme, host and port, without a path. */
  url: text('EINMAL_PAGES_URL'),
  nodeProfile: text('EINMAL_NODE_PROFILE'),
  oidcIssuer: text('EINMAL_OIDC_ISSUER'),
  oidcClientId: text('EINMAL_OIDC_CLIENT_ID', 'einmal-pages'),
} as const;

export type PagesConfig = ReturnType<typeof readPagesConfig>;

export function readPagesConfig(environment?: Readonly<Record<string, string | undefined>>) {
  return readConfig(settings, environment, ({ mode, url, oidcIssuer, otlpUrl }) => {
    const faults = [...telemetryFaults({ mode, otlpUrl })];
    if (originOf(url) !== url) faults.push('EINMAL_PAGES_URL must be scheme, host and port, without a path');
    if (originOf(oidcIssuer) === undefined) faults.push('EINMAL_OIDC_ISSUER must be a URL');
    // A session cookie or a code in clear would be anybody's.
    for (const [variable, value] of [
      ['EINMAL_PAGES_URL', url],
      ['EINMAL_OIDC_ISSUER', oidcIssuer],
    ])
      if (mode === 'production' && !value?.startsWith('https:')) faults.push(`${variable} must be https in production`);
    return faults;
  });
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
