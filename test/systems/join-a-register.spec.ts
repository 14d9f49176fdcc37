import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/platform/paths.js';

const run = promisify(execFile);

/** Blocks of a page: those with a name are files, those in `sh` are typed. */
function blocksOf(markdown: string): readonly Readonly<{ language: string; name: string; text: string }>[] {
  const found = markdown.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm);
  return [...found].map(([, language = '', name = '', text = '']) => ({ language, name, text }));
}

describe('the walkthrough for registers', () => {
  let folder: string;
  let said: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'einmal-join-'));
    const bin = join(folder, '.bin');
    await mkdir(bin);
    const program = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
    await chmod(program, 0o755);
    // What `npm link` does.
    await symlink(program, join(bin, 'einmal'));
    const blocks = blocksOf(await readFile(join(packageRoot, 'docs', 'join-a-register.md'), 'utf8'));
    for (const { name, text } of blocks.filter((it) => it.name !== '')) await writeFile(join(folder, name), text);
    const typed = blocks.filter(({ language }) => language === 'sh').map(({ text }) => `${text}\necho '=== next'\n`);
    const { stdout } = await run('bash', ['-ec', typed.join('')], {
      cwd: folder,
      env: { HOME: folder, PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter) },
    });
    said = stdout.split('=== next\n');
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true }));

  it('gets from an empty database to a register of which nothing is missing but its keys', () => {
    const [, , ready = ''] = said.slice(0, 3);
    expect(ready).toContain('✔ studienbescheinigung.degree: is string by its code list, or absent');
    expect(ready).toMatch(/✔ studienbescheinigung: finds a record within 100 ms \(\d/);
    const open = ready.split('\n').filter((line) => line.startsWith('✖') || line.startsWith('?'));
    expect(open).toEqual(['? keys: keys and certificate are there and known: EINMAL_KEYS is not set']);
  });

  it('gets to a first answer, over the real interface', () => {
    const answered = said[3] ?? '';
    expect(answered).toContain('✔ Answered');
    expect(answered).toContain('degree_programme: has a value');
    expect(answered).toContain('enrolled_until: no value');
  });

  it('shows the true cause of a refusal to the register alone (IDNrG § 6 Abs. 5)', () => {
    expect(said[4]).toMatch(/✖ Refused after \d+ ms: SUBJECT_NOT_AVAILABLE; true cause: SUBJECT_BLOCKED/);
  });

  it('says as one document and by its exit code that something is missing', async () => {
    const program = join(packageRoot, 'dist', 'src', 'cli', 'main.js');
    const args = [program, 'register', 'check', '--config', 'register.yaml', '--json'];
    const asked = run(process.execPath, args, { cwd: folder, env: { DATA_URL: 'register.sqlite' } });
    const { code, stdout } = await asked.then(
      (it) => ({ code: 0, ...it }),
      (error: { code: number; stdout: string }) => error,
    );
    expect(code).toBe(1);
    const { ready, findings } = JSON.parse(stdout);
    expect(ready).toBe(false);
    expect(findings).toContainEqual({ rule: 'the data source answers', about: 'sqlite', state: 'holds' });
  });

  it('prints nothing of a person', () => {
    expect(said.join('')).not.toMatch(/Muster|Erika|0\d{10}|900001|2004-08-12/);
  });
});
