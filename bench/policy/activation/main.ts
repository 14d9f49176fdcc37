import { performance } from 'node:perf_hooks';
import { WorkerCatalogueReader } from '../../../src/catalogue/catalogue-reader.worker.js';
import { CurrentCatalogue } from '../../../src/catalogue/current-catalogue.js';
import { loadCatalogue } from '../../../src/catalogue/load-catalogue.js';
import { CurrentRules } from '../../../src/permission/current-rules.js';
import { decideTransfer } from '../../../src/permission/decide-transfer.js';
import { namesOfRule } from '../large-catalogue.js';

/**
 * Decides by one catalogue, at a steady rate, while another comes into force, as intermediary and register edge take it over. A
 * request that waits for the event loop has been waiting since its moment came. What is due in a stall waits that long.
 */
const [before = '', after = '', rules = '0'] = process.argv.slice(2);
const EVERY_MS = 1;
const IDLE_MS = 3000;

const current = new CurrentCatalogue(loadCatalogue({ folder: before }));
const currentRules = new CurrentRules(current);
const versions = new Set<string>();
let [asked, permitted, longestMs] = [0, 0, 0];
let dueAt = performance.now();

const load = setInterval(() => {
  for (; dueAt <= performance.now(); dueAt += EVERY_MS) {
    const { consumer, purpose } = namesOfRule((asked * 7919) % Number(rules));
    const provider = 'melderegister-bremen';
    const question = { consumer, provider, evidence_type: 'meldedaten', purpose, legal_basis: 'egovg-5-1-1' };
    const { index } = currentRules;
    asked++;
    if (decideTransfer(index, question).kind === 'allowed') permitted++;
    versions.add(index.lookup.catalogue.version);
    longestMs = Math.max(longestMs, performance.now() - dueAt);
  }
}, EVERY_MS);

/** The longest that a request waited while this ran. */
async function longestDuring(work: () => Promise<unknown>): Promise<number> {
  longestMs = 0;
  await work();
  return longestMs;
}

const idle = () => new Promise((resolve) => setTimeout(resolve, IDLE_MS));
await idle();
const idleMs = await longestDuring(idle);
const began = performance.now();
const activationMs = await longestDuring(async () => {
  await current.replace(await new WorkerCatalogueReader().folder(after));
  // What the old one leaves behind is cleared away by and by.
  await idle();
});
const tookMs = performance.now() - began - IDLE_MS;
clearInterval(load);
process.stdout.write(
  JSON.stringify({
    idleMs,
    activationMs,
    tookMs,
    asked,
    permitted,
    versions: versions.size,
    inForce: current.catalogue.rules.length,
  }),
);
