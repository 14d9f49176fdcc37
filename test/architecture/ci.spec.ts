import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('.ci/run', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'einmal-ci-'));
    mkdirSync(join(folder, '.ci'));
    mkdirSync(join(folder, 'bin'));
    copyFileSync(join(root, '.ci/run'), join(folder, '.ci/run'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the script with an `npm` that writes down what it was asked and then does `script`. */
  function run(script: string) {
    const npm = `#!/bin/sh\necho "$*" >> '${join(folder, 'asked')}'\n${script}\n`;
    writeFileSync(join(folder, 'bin/npm'), npm, { mode: 0o755 });
    const { status, stdout } = spawnSync(join(folder, '.ci/run'), {
      env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
      encoding: 'utf8',
    });
    return { status, last: stdout.trimEnd().split('\n').at(-1), asked: readFileSync(join(folder, 'asked'), 'utf8') };
  }

  test('installs from the lock file, then tests', () => {
    expect(run('echo 3 passed, 0 failed')).toEqual({ status: 0, last: '3 passed, 0 failed', asked: 'ci\ntest\n' });
  });

  test('ends with the code and the closing line of failed tests', () => {
    const { status, last } = run('[ "$1" = ci ] || { echo 3 passed, 2 failed; exit 7; }');
    expect({ status, last }).toEqual({ status: 7, last: '3 passed, 2 failed' });
  });

  test('counts a run that never came to the tests as a failure', () => {
    const { status, last, asked } = run('echo no network; exit 1');
    expect({ status, last, asked }).toEqual({ status: 1, last: '0 passed, 1 failed', asked: 'ci\n' });
  });

  test('does not take silence for success', () => {
    const { status, last } = run('exit 0');
    expect({ status, last }).toEqual({ status: 1, last: '0 passed, 1 failed' });
  });
});

test('.ci/run runs the test command that the README names', () => {
  const [, command] = /\((npm ci && npm test)\)/.exec(readFileSync(join(root, '.ci/run'), 'utf8')) ?? [];
  expect(command).toBeDefined();
  expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(command);
});
