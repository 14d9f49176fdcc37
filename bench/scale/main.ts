import { row, run, SCENARIOS } from './scenarios.js';

for (const scenario of SCENARIOS) process.stdout.write(`${row(scenario, run(scenario))}\n`);
