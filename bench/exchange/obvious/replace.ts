import { registerHooks } from 'node:module';

/** Parts of Einmal that have an obvious form beside this file, by the end of their path. */
const PARTS: Readonly<Record<string, string>> = {
  '/src/tokens/jws.js': 'jws.js',
  '/src/tokens/evidence-credential.js': 'evidence-credential.js',
  '/src/tokens/evidence-jwe.js': 'evidence-jwe.js',
  '/src/audit/log-store.postgres.js': 'log-store.postgres.js',
  '/src/exchange/repeat-store.postgres.js': 'repeat-store.postgres.js',
  '/src/permission/intermediary.known.js': 'intermediary.known.js',
  '/src/platform/peer-certificate.js': 'peer-certificate.js',
};

// Loaded before a process of Einmal (`--import`): whoever imports such a part gets the obvious one.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const part = Object.keys(PARTS).find((end) => resolved.url.endsWith(end));
    if (part === undefined) return resolved;
    return { ...resolved, url: new URL(PARTS[part] ?? '', import.meta.url).href };
  },
});
