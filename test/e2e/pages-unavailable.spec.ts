import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { freePort } from '../../src/demo/free-port.js';
import { inheritedEnvironment } from '../../src/demo/inherited-environment.js';
import { packageRoot } from '../../src/platform/paths.js';
import { launchBrowser, Visitor } from '../support/e2e-browser.js';
import { logSize } from '../support/e2e-log.js';
import { e2eSystem, named } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';

const LINK = `/decide/${'a'.repeat(43)}`;
/** A register whose edge asks and is asked by nobody else while it stands still: files of tests run one after another. */
const REGISTER = 'zfzr';

let browser: Browser;
let folder: string;
let url: string;
let stop: () => Promise<void>;
let person: Visitor;
let log = '';

/** Pages on the sessions of the system, whose node and whose identity provider are at addresses where nobody listens. */
beforeAll(async () => {
  browser = await launchBrowser();
  person = await Visitor.at(browser);
  await person.signIn('mother');
  folder = await mkdtemp(join(tmpdir(), 'einmal-pages-'));
  const { profiles, keys, databases, catalogue } = e2eSystem();
  const profile = JSON.parse(await readFile(named(profiles, 'pages'), 'utf8'));
  const node = {
    ...profile.node,
    grpc: `localhost:${await freePort()}`,
    issuer: `https://localhost:${await freePort()}`,
  };
  await writeFile(join(folder, 'profile.json'), JSON.stringify({ ...profile, keys: named(keys, 'pages'), node }));
  const port = await freePort();
  url = `http://localhost:${port}`;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(packageRoot, 'dist/src/pages/main.js')],
    {
      env: {
        ...inheritedEnvironment(),
        EINMAL_MODE: 'development',
        EINMAL_PARTICIPANT: 'pages',
        EINMAL_CATALOGUE: catalogue,
        EINMAL_KEYS: named(keys, 'pages'),
        DATABASE_URL: named(databases, 'pages'),
        EINMAL_HTTP_PORT: String(port),
        EINMAL_PAGES_URL: url,
        EINMAL_NODE_PROFILE: join(folder, 'profile.json'),
        EINMAL_OIDC_ISSUER: `http://localhost:${await freePort()}`,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const closed = once(child, 'close');
  child.stderr.on('data', (text: Buffer) => {
    log += text.toString();
  });
  stop = async () => {
    child.kill('SIGTERM');
    await closed;
  };
  await eventually(
    async () => log,
    (text) => text.includes('"msg":"ready"') || child.exitCode !== null,
  );
});
afterAll(async () => {
  await stop();
  await browser.close();
  await rm(folder, { recursive: true });
});

describe('where a part of the system does not answer (design 8)', () => {
  it.each([
    ['NODE_UNAVAILABLE', 'a link of a decision', LINK],
    ['NODE_UNAVAILABLE', 'who used my data', '/data/result'],
    ['NODE_UNAVAILABLE', 'my decisions', '/decisions'],
    ['SIGN_IN_UNAVAILABLE', 'signing in', '/sign-in?then=/data'],
  ])('%s is a page that says so and leads on: %s', async (reason, _what, path) => {
    const { page } = person;
    // Shows by which text they are looked up, and asks nobody.
    await page.goto(`${url}/data`);
    const answer = await page.goto(`${url}${path}`);
    expect(answer?.status()).toBe(503);
    expect(await page.getAttribute('[data-reason]', 'data-reason')).toBe(reason);
    expect(await page.textContent('main')).toContain('in einigen Minuten noch einmal');
    await person.inspect(`page-${reason.toLowerCase().replaceAll('_', '-')}`);
    await person.keyboard.throughAll();
    await page.setViewportSize({ width: 320, height: 640 });
    await person.expectReflow();
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it.each(['de-simple', 'en'])('it is said in %s', async (language) => {
    const { page } = person;
    await page.goto(`${url}/language/${language}?then=${LINK}`);
    const title = await page.textContent('h1');
    await page.goto(`${url}/language/de?then=/`);
    expect(title).toMatch(/Das geht gerade nicht|Not reachable now/);
  });

  it('whoever is signed in stays so, and pages that need nobody else are there', async () => {
    const answer = await person.page.goto(`${url}/account`);
    expect(answer?.status()).toBe(200);
    expect(await person.page.textContent('main')).toContain('Erika Jördis');
  });

  it('the operational log tells what does not answer, and names nobody', () => {
    expect(log).toContain('"reason":"NODE_UNAVAILABLE"');
    expect(log).toContain('"reason":"SIGN_IN_UNAVAILABLE"');
    for (const secret of ['Erika', LINK.slice(8)]) expect(log).not.toContain(secret);
  });
});

describe('a register that does not answer in half a second (OZG § 10)', () => {
  it('is said not to be reachable, beside what all others answered, and is asked again by whoever asks again', async () => {
    const { page } = person;
    const pid = e2eSystem().pids[REGISTER] ?? 0;
    const row = `[data-register="${REGISTER}"]`;
    const from = await logSize();
    process.kill(pid, 'SIGSTOP');
    try {
      await page.goto('/data/result');
      expect(await page.textContent(row)).toContain('nicht erreichbar');
      expect(await page.textContent('.counters [data-state="unreachable"] strong')).not.toBe('0');
      expect(await page.textContent('[data-register="melderegister-bremen"]')).toContain('geantwortet');
      expect(await page.textContent('main')).toContain('Fragen Sie später noch einmal');
      await person.inspect('data-result-unreachable');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(await logSize()).toBeGreaterThan(from);
    const again = async () => {
      await page.goto('/data/result');
      return (await page.textContent(row)) ?? '';
    };
    await eventually(again, (text) => text.includes('geantwortet'));
  });
});
