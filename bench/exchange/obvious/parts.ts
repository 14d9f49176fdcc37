/** Parts of Einmal that have an obvious form beside this file, by the end of their path. */
export const PARTS: Readonly<Record<string, string>> = {
  '/src/tokens/jws.js': 'jws.js',
  '/src/tokens/evidence-credential.js': 'evidence-credential.js',
  '/src/tokens/evidence-jwe.js': 'evidence-jwe.js',
  '/src/audit/log-store.postgres.js': 'log-store.postgres.js',
  '/src/exchange/repeat-store.postgres.js': 'repeat-store.postgres.js',
  '/src/permission/intermediary.known.js': 'intermediary.known.js',
  '/src/platform/peer-certificate.js': 'peer-certificate.js',
};
