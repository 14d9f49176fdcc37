import { loadCatalogue } from '../../src/catalogue/load-catalogue.js';
import { CatalogueLookup } from '../../src/catalogue/lookup.js';
import { RuleIndex } from '../../src/permission/rule-index.js';

/** Loads one catalogue in a process that does nothing else, until it could decide, and says what that took. */
const [folder = ''] = process.argv.slice(2);
const began = performance.now();
const index = new RuleIndex(new CatalogueLookup(loadCatalogue({ folder })));
const seconds = (performance.now() - began) / 1000;
// Kilobytes, the most that the process ever had, the runtime included.
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, megabytes, rules: index.lookup.catalogue.rules.length }));
