import { letOthersGoFirst } from '../platform/own-priority.js';
import { Pauses } from '../platform/pauses.js';

// Half of what reading costs is to load what reads: before that, whoever waits for an answer goes first, and between its parts.
letOthersGoFirst();
const pauses = new Pauses();
for (const load of [
  () => import('./yaml-file.js'),
  () => import('./schema-check.js'),
  () => import('./cross-references.js'),
  () => import('./load-catalogue.js'),
]) {
  await load();
  pauses.take();
}
await import('./read-in-pieces.js');
