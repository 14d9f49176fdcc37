import { registerHooks } from 'node:module';
import { PARTS } from './parts.js';

// Loaded before a process of Einmal (`--import`): whoever imports such a part gets the obvious one.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const part = Object.keys(PARTS).find((end) => resolved.url.endsWith(end));
    if (part === undefined) return resolved;
    return { ...resolved, url: new URL(PARTS[part] ?? '', import.meta.url).href };
  },
});
