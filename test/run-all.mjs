// All tests, in two rows side by side: those that start a whole system wait for it most of their time. Each line of one
// row is printed as it comes, those of the other when it has ended; the last line counts both.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const CLOSING = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

async function run(project, print) {
  const jest = ['run', 'test:jest', '--', '--selectProjects', project, ...process.argv.slice(2)];
  const child = spawn('npm', jest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const count = { passed: 0, failed: 0, skipped: 0, closed: false };
  const read = (line) => {
    const [, passed, failed, skipped = '0'] = CLOSING.exec(line) ?? [];
    if (passed === undefined) return print(line);
    Object.assign(count, { passed: Number(passed), failed: Number(failed), skipped: Number(skipped), closed: true });
  };
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', read);
  const [code] = await ended;
  // A run that ends without counting has not tested what it should.
  if (!count.closed || (code !== 0 && count.failed === 0)) count.failed += 1;
  return count;
}

/** One project after another. @returns one count for each */
async function inTurn(projects, print) {
  const counts = [];
  for (const project of projects) counts.push(await run(project, print));
  return counts;
}

const later = [];
const counts = await Promise.all([
  inTurn(['systems'], (line) => process.stdout.write(`${line}\n`)),
  inTurn(['e2e', 'contract', 'unit'], (line) => later.push(line)),
]);
for (const line of later) process.stdout.write(`${line}\n`);
const sum = (name) => counts.flat().reduce((total, count) => total + count[name], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped}\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
