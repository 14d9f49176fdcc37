import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const config = join(root, '.dependency-cruiser.cjs');

type Planted = readonly [rule: string, from: string, to: string];

/** Each rule with imports that it must find. */
const FORBIDDEN: readonly Planted[] = [
  ['no-cycles', 'src/consent/one.ts', 'src/consent/two.ts'],
  ['no-unresolvable', 'src/consent/dangling.ts', 'src/consent/missing.ts'],
  ['no-undeclared-packages', 'src/consent/smuggler.ts', 'knip'],
  ['no-dev-packages-in-production', 'src/consent/tester.ts', 'jest'],
  ['libs-know-nothing-of-src', 'libs/merkle/spy.ts', 'src/platform/clock.ts'],
  ['libs-without-framework', 'libs/merkle/injected.ts', '@nestjs/common'],
  ['libs-without-framework', 'libs/merkle/stored.ts', '@mikro-orm/core'],
  ['adapters-are-private', 'src/exchange/shortcut.ts', 'src/consent/trigger-store.postgres.ts'],
  ['adapters-are-private', 'src/exchange/call.ts', 'src/permission/intermediary.grpc.ts'],
  ['adapters-are-private', 'src/consent/own-shortcut.ts', 'src/consent/trigger-store.postgres.ts'],
  ['adapters-are-private', 'src/register-edge/shortcut.ts', 'src/register-edge/evidence-source.files.ts'],
  ['adapters-are-private', 'src/register-edge/asking.ts', 'src/register-edge/sql-database.mysql.ts'],
  ['adapters-of-other-rooms-are-private', 'src/audit/log-store.postgres.ts', 'src/consent/trigger-store.postgres.ts'],
  ['tables-are-private', 'src/audit/reader.ts', 'src/consent/trigger.table.ts'],
  ['edges-are-private', 'src/exchange/dialler.ts', 'src/consent/consent.rpc.ts'],
  ['edges-are-private', 'src/consent/browser.ts', 'src/access/token.http.ts'],
  ['modules-are-wired-by-modules', 'src/exchange/wire.ts', 'src/consent/consent.module.ts'],
  ['mains-are-roots', 'src/audit/starter.ts', 'src/main.ts'],
  ['permission-is-content-blind', 'src/permission/curious.ts', 'src/identity/idnr.ts'],
  ['permission-is-content-blind', 'src/permission/indirect.ts', 'src/catalogue/gossip.ts'],
  ['permission-is-content-blind', 'src/intermediary/reader.ts', 'src/tokens/evidence-credential.ts'],
  ['permission-is-content-blind', 'src/intermediary/asker.ts', 'src/consent/trigger.ts'],
  ['permission-has-no-record', 'src/intermediary/writer.ts', 'src/audit/record.ts'],
  ['verifier-stands-alone', 'src/verify/trusting.ts', 'src/tokens/evidence-credential.ts'],
  ['demo-is-no-part-of-production', 'src/register-edge/simulated.ts', 'src/demo/pki.ts'],
  ['nobody-imports-the-cli', 'src/audit/typed.ts', 'src/cli/command.ts'],
  ['client-is-thin', 'src/client/fat.ts', 'src/consent/trigger.ts'],
  ['nobody-imports-the-client', 'src/exchange/self-service.ts', 'src/client/connection.ts'],
  ['tokens-are-shapes', 'src/tokens/knowing.ts', 'src/identity/idnr.ts'],
  ['prefill-is-pure', 'src/prefill/fetching.ts', 'node:fs'],
  ['prefill-imports-shapes', 'src/prefill/storing.ts', 'src/audit/record.ts'],
  ['platform-knows-no-domain', 'src/platform/lawyer.ts', 'src/consent/trigger.ts'],
  ['telemetry-has-one-door', 'src/exchange/teller.ts', '@opentelemetry/api'],
  ['catalogue-is-at-the-bottom', 'src/catalogue/gossip.ts', 'src/identity/idnr.ts'],
  ['audit-is-told', 'src/audit/asking.ts', 'src/identity/idnr.ts'],
  ['vault-stands-alone', 'src/vault/curious.ts', 'src/audit/record.ts'],
  ['erasure-and-transparency-use-the-log', 'src/erasure/curious.ts', 'src/consent/trigger.ts'],
  ['erasure-and-transparency-use-the-log', 'src/transparency/curious.ts', 'src/erasure/eraser.ts'],
  ['erasure-and-transparency-use-the-log', 'src/erasure/legislator.ts', 'src/governance/catalogue-history.ts'],
  ['erasure-knows-nobody', 'src/erasure/finder.ts', 'src/access/session.ts'],
  ['citizen-asks-for-themself', 'src/citizen/curious.ts', 'src/identity/idnr.ts'],
  ['citizen-asks-for-themself', 'src/citizen/asker.ts', 'src/registers/register-gateway.ts'],
  ['transparency-opens-tokens', 'src/transparency/finder.ts', 'src/identity/idnr.ts'],
  ['access-writes-down-who-came', 'src/access/curious.ts', 'src/consent/trigger.ts'],
  ['witnesses-see-the-log-alone', 'src/witnesses/curious.ts', 'src/vault/key-vault.ts'],
  ['adapters-are-private', 'src/transparency/dialler.ts', 'src/witnesses/witness.https.ts'],
  ['reconciliation-compares-logs', 'src/reconciliation/curious.ts', 'src/consent/trigger.ts'],
  ['reconciliation-compares-logs', 'src/reconciliation/asking.ts', 'src/registers/register-gateway.ts'],
  ['oversight-reads-the-log', 'src/oversight/curious.ts', 'src/consent/trigger.ts'],
  ['oversight-reads-the-log', 'src/oversight/asking.ts', 'src/identity/subject-token.ts'],
  ['processing-log-reads-the-log', 'src/processing-log/curious.ts', 'src/vault/key-vault.ts'],
  ['governance-changes-the-catalogue', 'src/governance/curious.ts', 'src/consent/trigger.ts'],
  ['onboarding-makes-proposals', 'src/onboarding/curious.ts', 'src/access/session-desk.ts'],
  ['nobody-imports-onboarding', 'src/exchange/joining.ts', 'src/onboarding/key-folder.ts'],
  ['recovery-checks-what-was-logged', 'src/recovery/legislator.ts', 'src/governance/catalogue-history.ts'],
  ['recovery-checks-what-was-logged', 'src/recovery/curious.ts', 'src/consent/trigger.ts'],
  ['scenarios-ask-the-rules', 'src/scenario/deciding.ts', 'src/consent/trigger-store.ts'],
  ['nobody-imports-the-doctor', 'src/exchange/patient.ts', 'src/doctor/diagnosis.ts'],
  ['nobody-imports-scenarios', 'src/permission/rehearsed.ts', 'src/scenario/scenario.ts'],
  ['exchange-is-the-story', 'src/registers/narrator.ts', 'src/exchange/exchange.ts'],
  ['sides-are-separate', 'src/register-edge/insider.ts', 'src/consent/trigger.ts'],
  ['nobody-imports-a-side', 'src/exchange/neighbour.ts', 'src/register-edge/answer.ts'],
  ['nobody-imports-a-side', 'src/audit/self-made.ts', 'src/witness-desk/desk.ts'],
  ['witness-is-a-counterparty', 'src/witness-desk/partial.ts', 'src/audit/log-store.ts'],
  ['witness-is-a-counterparty', 'src/witness-desk/inmate.ts', 'src/register-edge/examiner.ts'],
  ['examination-shares-nothing', 'test/chaos/checks/trusting.ts', 'src/audit/record.ts'],
  ['examination-shares-nothing', 'test/verifier/trusting.ts', 'src/verify/leaf.ts'],
  ['pages-ask-the-node', 'src/pages/curious.ts', 'src/audit/record.ts'],
  ['pages-ask-the-node', 'src/pages/fixing.ts', 'src/oversight/sample-witness.ts'],
  ['pages-ask-the-node', 'src/pages/drawing.ts', 'src/verify/drawn-again.ts'],
  ['nobody-imports-pages', 'src/exchange/browser.ts', 'src/pages/view.ts'],
  ['no-orphans', 'src/consent/forgotten.ts', ''],
];

const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['src/exchange/exchange.module.ts', 'src/consent/trigger-store.postgres.ts'],
  ['src/consent/consent.module.ts', 'src/consent/consent.rpc.ts'],
  ['src/main.ts', 'src/exchange/exchange.module.ts'],
  ['src/exchange/exchange.ts', 'src/consent/trigger.ts'],
  ['src/permission/decide.ts', 'src/catalogue/catalogue.ts'],
  ['src/intermediary/decider.ts', 'src/permission/decide.ts'],
  ['src/register-edge/matcher.ts', 'src/identity/idnr.ts'],
  ['src/register-edge/start-edge.ts', 'src/witness-desk/start-witness.ts'],
  ['src/verify/tree.ts', '#libs/merkle/hash.js'],
  ['src/prefill/form.ts', 'src/tokens/evidence-credential.ts'],
  ['src/demo/run.ts', 'src/client/connection.ts'],
  ['src/transparency/opener.ts', 'src/identity/subject-token.ts'],
  ['src/transparency/opener.ts', 'src/access/session.ts'],
  ['src/access/session.ts', 'src/audit/record.ts'],
];

let folder: string;
let found: readonly { rule: { name: string }; from: string; to: string }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'einmal-rooms-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  write(
    'package.json',
    JSON.stringify({
      type: 'module',
      imports: { '#libs/*.js': { source: './libs/*.ts', default: './dist/libs/*.js' } },
      dependencies: { '@nestjs/common': '*', '@mikro-orm/core': '*' },
      devDependencies: { jest: '*' },
    }),
  );
  const imports = new Map<string, string[]>();
  const add = (from: string, to: string) => imports.set(from, [...(imports.get(from) ?? []), to]);
  for (const [, from, to] of FORBIDDEN) add(from, to);
  for (const [from, to] of ALLOWED) add(from, to);
  add('src/consent/two.ts', 'src/consent/one.ts');
  for (const to of [...imports.values()].flat()) {
    if (to.startsWith('src/') && !imports.has(to) && !to.endsWith('/missing.ts')) imports.set(to, []);
  }
  imports.set('libs/merkle/hash.ts', []);
  for (const [from, targets] of imports) {
    const lines = targets.filter((to) => to !== '').map((to) => `import '${specifier(from, to)}';\n`);
    write(from, `${lines.join('')}export const here = true;\n`);
  }
  const report = execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      config,
      '-T',
      'json',
      'src',
      'libs',
      'test',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  found = JSON.parse(report).summary.violations;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function specifier(from: string, to: string): string {
  if (!to.startsWith('src/')) return to;
  const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

describe('the rules of the rooms (permission and intermediary: IDNrG § 7 Abs. 2)', () => {
  test.each(FORBIDDEN)('%s: %s may not import %s', (rule, from) => {
    expect(found.filter((violation) => violation.from === from).map((violation) => violation.rule.name)).toContain(
      rule,
    );
  });

  test.each(ALLOWED)('%s may import %s', (from) => {
    expect(found.filter((violation) => violation.from === from)).toEqual([]);
  });

  test('no rule is without an import that it must find', () => {
    const rules: { forbidden: { name: string }[] } = createRequire(import.meta.url)(config);
    expect(
      rules.forbidden.map((rule) => rule.name).filter((name) => !FORBIDDEN.some(([rule]) => rule === name)),
    ).toEqual([]);
  });
});
