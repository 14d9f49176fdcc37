import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { Browser, Page } from 'playwright-core';
import {
  type ActingAdministrator,
  type CatalogueChanges,
  connectCatalogueChanges,
} from '../../src/client/catalogue-changes.js';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import { readProfile } from '../../src/client/node-profile.js';
import { cast } from '../../src/demo/people/cast.js';
import { germanTime } from '../../src/pages/oversight/german-time.js';
import { pagesModule } from '../../src/pages/pages.module.js';
import { importSigningKey } from '../../src/tokens/jws.js';
import { LOW, launchBrowser, SUBSTANTIAL, Visitor } from '../support/e2e-browser.js';
import { BREMEN } from '../support/e2e-consumer.js';
import { queryNode } from '../support/e2e-log.js';
import { appendAsNode } from '../support/e2e-log-writer.js';
import { byAddress, byName } from '../support/e2e-people.js';
import { e2eSystem, named } from '../support/e2e-system.js';
import { eventually } from '../support/eventually.js';

const BACK = 'https://kindergeld.example/zurueck';
const ELSEWHERE = 'https://elsewhere.example';
const REASON = 'Beschwerde über einen Abruf';
const RULE = 'kindergeld-geburt';
/** Of whom no other test has anything done: their lists are as long as this file makes them. */
const PERSON = 'twins-mother';
const applicants = [byAddress('parent', cast.twinsMother), byName('child', cast.twins[0])];

/** Who is at a browser, each in a session of their own for the whole file; `low` signed in at the level low. */
const LOGINS = {
  nobody: undefined,
  citizen: [PERSON, undefined],
  other: ['guardian', undefined],
  low: [PERSON, LOW],
  officer: ['officer-1', SUBSTANTIAL],
  auditor: ['auditor-1', SUBSTANTIAL],
  administrator: ['administrator-2', SUBSTANTIAL],
} as const;
type Who = keyof typeof LOGINS;

type Made = Readonly<{
  /** Path of the link of a request nobody has answered, and of one that was answered. */
  asked: string;
  answered: string;
  exchange: string;
  released: number;
  incident: number;
  anomaly: number;
  sample: string;
  proposal: string;
}>;
type Row = Readonly<{
  name: string;
  /** Method and path of the application, where it is one. */
  route?: string;
  who: Who;
  /** Path, or what has to be done to see the page. */
  to: string | ((made: Made, page: Page) => string | Promise<unknown>);
}>;

const at = (route: string, who: Who, name = route): Row => ({ name, route: `GET ${route}`, who, to: `/${route}` });

/** Every page in its main path, and what is shown where it is not taken. */
const PAGES: readonly Row[] = [
  { name: 'home', route: 'GET ', who: 'nobody', to: '/' },
  { name: 'home-signed-in', route: 'GET ', who: 'citizen', to: '/' },
  { name: 'simulator', who: 'nobody', to: '/sign-in?then=/' },
  at('account', 'citizen'),
  { name: 'account-not-signed-in', who: 'nobody', to: '/account' },
  { name: 'decide-before-sign-in', route: 'GET decide/:secret', who: 'nobody', to: ({ asked }) => asked },
  { name: 'decide', route: 'GET decide/:secret', who: 'citizen', to: ({ asked }) => asked },
  { name: 'decided', route: 'GET decide/:secret', who: 'citizen', to: ({ answered }) => answered },
  { name: 'decide-used-link', who: 'nobody', to: ({ answered }) => answered },
  { name: 'decide-not-asked', who: 'other', to: ({ asked }) => asked },
  {
    name: 'decide-incomplete',
    route: 'POST decide/:secret',
    who: 'citizen',
    to: async ({ asked }, page) => {
      await open(page, asked);
      await sendAnyway(page, 'form[action^="/decide/"]');
    },
  },
  {
    name: 'preview',
    route: 'GET preview/:exchange',
    who: 'citizen',
    to: ({ exchange }) => `/preview/${exchange}`,
  },
  {
    name: 'preview-incomplete',
    route: 'POST preview/:exchange',
    who: 'citizen',
    to: async ({ exchange }, page) => {
      await open(page, `/preview/${exchange}`);
      await sendAnyway(page, 'form[action^="/preview/"]');
    },
  },
  { name: 'preview-of-somebody-else', who: 'other', to: ({ exchange }) => `/preview/${exchange}` },
  { name: 'released', route: 'GET released/:consumer', who: 'citizen', to: '/released/familienkasse-online' },
  at('data', 'citizen'),
  { name: 'data-assurance', who: 'low', to: '/data' },
  { name: 'data-role', who: 'officer', to: '/data' },
  { name: 'data-result', route: 'GET data/result', who: 'citizen', to: '/data/result' },
  {
    name: 'data-entry',
    route: 'GET data/entry/:index',
    who: 'citizen',
    to: ({ released }) => `/data/entry/${released}`,
  },
  {
    name: 'data-lookup-first',
    who: 'other',
    to: async (_, page) => {
      await page.goto('/data/result');
      await page.waitForSelector('[data-lookup]');
    },
  },
  {
    name: 'data-question',
    route: 'POST data/question',
    who: 'citizen',
    to: async (_, page) => {
      await open(page, '/data/result');
      await page.click('form[action^="/data/question"] button');
      await page.waitForURL('**/data/question*');
    },
  },
  { name: 'data-entry-of-somebody-else', who: 'other', to: ({ released }) => `/data/entry/${released}` },
  {
    name: 'data-report',
    route: 'GET data/report/:index',
    who: 'citizen',
    to: async ({ released }, page) => {
      await open(page, `/data/entry/${released}`);
      await page.fill('#remark', 'Der Familienname ist falsch geschrieben');
      await page.click('main button[type=submit]');
      await page.waitForURL('**/data/report/*');
    },
  },
  at('decisions', 'citizen'),
  {
    name: 'check',
    route: 'GET check/:index',
    who: 'citizen',
    to: async ({ released }, page) => {
      await open(page, `/check/${released}`);
      await page.waitForSelector('#check[data-state]');
    },
  },
  { name: 'oversight', route: 'GET oversight', who: 'officer', to: '/oversight?period=day' },
  at('oversight/entries', 'officer', 'oversight-entries'),
  {
    name: 'oversight-entry',
    route: 'GET oversight/entries/:index',
    who: 'auditor',
    to: ({ incident }) => `/oversight/entries/${incident}`,
  },
  {
    name: 'oversight-entry-opened',
    route: 'POST oversight/entries/:index',
    who: 'officer',
    to: async ({ incident }, page) => {
      await open(page, `/oversight/entries/${incident}`);
      await grounds(page);
      await page.click('form[action^="/oversight/entries/"] button');
      await page.waitForSelector('text=Geschützte Hälfte');
    },
  },
  { name: 'oversight-no-entry', who: 'officer', to: '/oversight/entries/999999999' },
  at('oversight/person', 'officer', 'oversight-person'),
  { name: 'oversight-person-role', who: 'auditor', to: '/oversight/person' },
  {
    name: 'oversight-person-found',
    route: 'POST oversight/person',
    who: 'officer',
    to: (_, page) => search(page, cast.twinsMother.familyName),
  },
  { name: 'oversight-person-not-found', who: 'officer', to: (_, page) => search(page, 'Nirgendwerth') },
  at('oversight/incidents', 'officer', 'oversight-incidents'),
  at('oversight/anomalies', 'officer', 'oversight-anomalies'),
  {
    name: 'oversight-incident',
    route: 'GET oversight/cases/:index',
    who: 'officer',
    to: ({ incident }) => `/oversight/cases/${incident}`,
  },
  {
    name: 'oversight-anomaly',
    route: 'GET oversight/cases/:index',
    who: 'auditor',
    to: ({ anomaly }) => `/oversight/cases/${anomaly}`,
  },
  {
    name: 'oversight-case-unfit',
    route: 'POST oversight/cases/:index',
    who: 'officer',
    to: async ({ incident }, page) => {
      await open(page, `/oversight/cases/${incident}`);
      await sendAnyway(page, 'form[action^="/oversight/cases/"]');
    },
  },
  { name: 'oversight-no-case', who: 'officer', to: '/oversight/cases/0' },
  at('oversight/samples', 'officer', 'oversight-samples'),
  {
    name: 'oversight-sample-fixed',
    route: 'GET oversight/samples/:index',
    who: 'officer',
    to: fixedSample,
  },
  {
    name: 'oversight-sample-drawn',
    route: 'POST oversight/samples/:index/draw',
    who: 'officer',
    to: async (made, page) => {
      await fixedSample(made, page);
      await page.click('form[action$="/draw"] button');
      await page.waitForSelector('form[action$="/findings"]');
    },
  },
  {
    name: 'oversight-sample-unfit',
    route: 'POST oversight/samples/:index/findings',
    who: 'officer',
    to: async ({ sample }, page) => {
      await open(page, sample);
      await sendAnyway(page, 'form[action$="/findings"]');
    },
  },
  { name: 'oversight-no-sample', who: 'auditor', to: '/oversight/samples/0' },
  at('oversight/reads', 'officer', 'oversight-reads'),
  at('oversight/permissions', 'auditor', 'oversight-permissions'),
  at('oversight/explanation', 'auditor', 'oversight-explanation'),
  {
    name: 'oversight-explained',
    route: 'GET oversight/explanation',
    who: 'auditor',
    to: `/oversight/explanation?${new URLSearchParams({
      consumer: 'elterngeld-online',
      register: 'familienkasse-register',
      evidence_type: 'kindergeld-bezug',
      purpose: 'elterngeld-antrag',
      legal_basis: 'beeg-25',
    })}`,
  },
  at('oversight/processing', 'auditor', 'oversight-processing'),
  at('oversight/impact', 'auditor', 'oversight-impact'),
  at('governance', 'administrator'),
  {
    name: 'governance-proposal',
    route: 'GET governance/proposals/:id',
    who: 'administrator',
    to: ({ proposal }) => `/governance/proposals/${proposal}`,
  },
  {
    name: 'governance-simulated',
    route: 'GET governance/proposals/:id',
    who: 'auditor',
    to: ({ proposal }) => `/governance/proposals/${proposal}?days=1`,
  },
  {
    name: 'governance-signing',
    route: 'POST governance/proposals/:id/signing',
    who: 'administrator',
    to: toSigning,
  },
  {
    name: 'governance-not-signed',
    route: 'POST governance/proposals/:id/decision',
    who: 'administrator',
    to: async (made, page) => {
      await toSigning(made, page);
      await page.fill('#signature', 'nothing of the kind');
      await page.click('main form[method=post] button');
      await page.waitForSelector('[role=alert]');
    },
  },
  {
    name: 'governance-no-proposal',
    who: 'administrator',
    to: '/governance/proposals/00000000-0000-4000-8000-000000000000',
  },
  { name: 'governance-role', who: 'citizen', to: '/governance' },
  { name: 'not-found', who: 'nobody', to: '/nothing-here' },
  { name: 'sign-in-failed', who: 'other', to: '/sign-in/return' },
  {
    name: 'from-elsewhere',
    who: 'auditor',
    to: async (_, page) => {
      await page.context().route(`${ELSEWHERE}/*`, (route) => {
        const body = `<title>Anderswo</title><a href="${e2eSystem().pagesUrl}/oversight/reads">Gewinn</a>`;
        return route.fulfill({ contentType: 'text/html', body });
      });
      await open(page, `${ELSEWHERE}/`);
      await page.click('a');
      await page.waitForSelector('[data-reason="FROM_ELSEWHERE"]');
    },
  },
  // Last: here nobody becomes somebody.
  { name: 'signed-in', route: 'GET sign-in/return', who: 'nobody', to: signedInPage },
  {
    name: 'form-not-valid',
    who: 'other',
    to: async (_, page) => {
      await open(page, '/');
      await page.$eval('input[name=csrf]', (input) => input.setAttribute('value', ''));
      await page.click('.masthead__account button');
      await page.waitForSelector('[data-reason="FORM_NOT_VALID"]');
    },
  },
];

/** What leads on to a page, or is a file. */
const NO_PAGE = [
  'GET language/:language',
  'GET sign-in',
  'POST sign-out',
  'GET data/export/json',
  'GET data/export/pdf',
  'POST data/entry/:index/report',
  'POST decisions/:index/withdraw',
  'GET check/:index/receipt',
  'GET check/consistency/:old/:new',
  'GET oversight/figures.csv',
  'GET oversight/entries.csv',
  'GET oversight/entries.ndjson',
  'POST oversight/filters',
  'POST oversight/filters/forget',
  // The page of a search goes on.
  'POST oversight/person/more',
  'POST oversight/person/package',
  'POST oversight/person/package/pdf',
  'GET oversight/cases/:index/report.pdf',
  'POST oversight/samples',
  'GET oversight/samples/:index/report.pdf',
  'GET oversight/samples/:index/proofs.json',
  'GET oversight/processing.json',
  'GET oversight/impact.json',
  'GET governance/proposals/:id/files/:name',
];

let browser: Browser;
let service: NodeConnection;
let changes: CatalogueChanges;
let proposed: string;
let made: Made;
const visitors = new Map<Who, Visitor>();

beforeAll(async () => {
  browser = await launchBrowser();
  for (const [who, login] of Object.entries(LOGINS)) {
    const visitor = await Visitor.at(browser);
    await visitor.context.route(`${BACK}*`, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    if (login !== undefined) await visitor.signIn(login[0], { level: login[1] });
    visitors.set(who as Who, visitor);
  }
  const began = germanTime(Date.now() - 1000);
  service = await connectToNode(await readProfile(named(e2eSystem().profiles, 'familienkasse-online')));
  made = {
    ...(await exchanges()),
    ...(await cases()),
    proposal: await aProposal(),
    sample: await aSample(began),
  };
});

afterAll(async () => {
  const administrator = await acting('administrator-2');
  await changes.decide(administrator, proposed, false, 'not needed');
  changes.close();
  service.close();
  await browser.close();
});

function visitorOf(who: Who): Visitor {
  const visitor = visitors.get(who);
  if (visitor === undefined) throw new Error(`there is no ${who}`);
  return visitor;
}

const ask = () => service.requestDecision({ service: 'kindergeld', applicants, returnUrl: BACK });

/** The person decides at the pages and wants to see the data first. */
async function held(): Promise<Readonly<{ answered: string; exchange: string }>> {
  const { decisionId, link } = await ask();
  const { page } = visitorOf('citizen');
  await open(page, link);
  await page.click('button[name=all]');
  await page.waitForSelector(`a[href="${BACK}"]`);
  const { triggerIds } = await service.getDecision(decisionId);
  const { exchange_id: exchange } = await service.prefill({
    ...{ service: 'kindergeld', applicants, triggerIds, ars: BREMEN },
  });
  return { answered: new URL(link).pathname, exchange };
}

/** One exchange whose data were released, one that waits for the person, and a link that nobody answered. */
async function exchanges(): Promise<Pick<Made, 'asked' | 'answered' | 'exchange' | 'released'>> {
  const { answered, exchange: given } = await held();
  const { page } = visitorOf('citizen');
  await open(page, `/preview/${given}`);
  await page.click('button[name=all]');
  await page.waitForURL('**/released/*');
  await service.fetchReleased(given);
  const [row] = await queryNode<{ index: string }>(
    `select index from log.record where exchange_ref = $1 and event = 'retrieval.closed' and evidence_type = 'meldedaten'`,
    [given],
  );
  const { link } = await ask();
  const { exchange } = await held();
  return { asked: new URL(link).pathname, answered, exchange, released: Number(row?.index) };
}

async function cases(): Promise<Pick<Made, 'incident' | 'anomaly'>> {
  const nobody = { persons: [], effects: [] };
  const between = { from: '2026-11-22T12:00:00.000Z', to: '2026-11-22T13:00:00.000Z' };
  const numbers = { observed: 80, expected: 10, threshold: 50 };
  const [incident = 0, anomaly = 0] = await appendAsNode([
    {
      caller: { event: 'incident', consumer: 'familienkasse-online', reason: 'EVIDENCE_INVALID' },
      protected: { cause: 'SURPLUS_FIELDS', attributes: ['family_name'] },
      ...nobody,
    },
    {
      caller: { event: 'anomaly', consumer: 'node' },
      protected: { anomaly: { kind: 'VOLUME', consumer: 'bafoeg-online', ...between, ...numbers } },
      ...nobody,
    },
  ]);
  return { incident, anomaly };
}

async function acting(id: string): Promise<ActingAdministrator> {
  const file = join(e2eSystem().dataFolder, 'keys', 'administrators', `${id}.jwk.json`);
  return { id, key: await importSigningKey(JSON.parse(readFileSync(file, 'utf8'))) };
}

/** That a rule is no longer there. */
async function aProposal(): Promise<string> {
  changes = await connectCatalogueChanges(await readProfile(named(e2eSystem().profiles, 'pages')));
  const rules = readFileSync(join(e2eSystem().catalogue, 'rules.yaml'), 'utf8');
  const start = rules.indexOf(`  - id: ${RULE}\n`);
  const without = rules.slice(0, start) + rules.slice(rules.indexOf('\n  - id: ', start + 1) + 1);
  const files = { 'rules.yaml': without };
  ({ version: proposed } = await changes.propose(await acting('administrator-1'), { files, version: '' }));
  const { proposals = [] } = await changes.versions();
  return proposals.find(({ version }) => version === proposed)?.proposal ?? '';
}

/** Of what this file had exchanged. @returns path of its page */
async function aSample(began: string): Promise<string> {
  const { page } = visitorOf('officer');
  // The last second is not closed yet, and what was exchanged is to lie before it.
  await sleep(2000);
  await open(page, '/oversight/samples');
  await page.fill('input[name=from]', began);
  await page.fill('input[name=to]', germanTime(Date.now() - 1000));
  await page.fill('input[name=size]', '2');
  await page.click('form[action="/oversight/samples"] button');
  await page.waitForURL(/samples\/\d+$/);
  return new URL(page.url()).pathname;
}

async function fixedSample({ sample }: Made, page: Page): Promise<void> {
  const isFixed = async () => {
    await open(page, sample);
    return page.locator('form[action$="/draw"]').count();
  };
  await eventually(isFixed, (count) => count === 1);
}

/** As a browser does that checks nothing by itself. */
async function sendAnyway(page: Page, form: string): Promise<void> {
  await page.$eval(form, (it) => it.setAttribute('novalidate', ''));
  const finding = page.locator(`${form} select[name=finding]`);
  if ((await finding.count()) > 0) await finding.first().selectOption('objection');
  await page.locator(`${form} button:not([name])`).first().click();
  await page.waitForSelector('[role=alert], [data-reason]');
}

async function grounds(page: Page): Promise<void> {
  await page.fill('input[name=reason]', REASON);
  await page.fill('input[name=file_reference]', 'DSB-2026-30');
}

async function search(page: Page, familyName: string): Promise<void> {
  await open(page, '/oversight/person');
  await page.fill('input[name=family_name]', familyName);
  await page.fill('input[name=given_names]', cast.twinsMother.givenNames);
  await page.fill('input[name=birth_date]', cast.twinsMother.birthDate);
  await grounds(page);
  await page.click('form[action="/oversight/person"] button');
  await page.waitForSelector('form[action="/oversight/person/package"], [data-reason]');
}

/** Whoever is looked up for a page goes on to it. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  if ((await page.locator('[data-lookup]').count()) > 0) await page.click('[data-lookup] a');
}

async function toSigning({ proposal }: Made, page: Page): Promise<void> {
  await open(page, `/governance/proposals/${proposal}`);
  await page.selectOption('select[name=act]', 'approve');
  await page.fill('input[name=reason]', 'Geprüft und besprochen');
  await page.click('main form[method=post] button');
  await page.waitForSelector('#statement');
}

/** It leads on by itself: here it stays. A browser that is redirected to it could not be kept from that. */
async function signedInPage(_: Made, page: Page): Promise<void> {
  const { pagesUrl } = e2eSystem();
  await open(page, '/sign-in?then=/');
  const form = { login: 'guardian', level: SUBSTANTIAL, decision: 'enter' };
  let answer = await page.request.post(page.url(), { form, maxRedirects: 0 });
  let next = new URL(answer.headers().location ?? '', answer.url());
  for (; next.origin !== pagesUrl; next = new URL(answer.headers().location ?? '', answer.url()))
    answer = await page.request.get(next.href, { maxRedirects: 0 });
  await page.route('**/sign-in/return?*', async (route) => {
    const response = await route.fetch();
    const { refresh: _refresh, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await open(page, next.href);
}

/** Every page and every form of the application, by method and path. */
function routesOfPages(): readonly string[] {
  return (pagesModule([]).controllers ?? []).flatMap((controller: Type) =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const handler = controller.prototype[name];
      const method: RequestMethod | undefined = Reflect.getMetadata(METHOD_METADATA, handler);
      if (method === undefined) return [];
      const path: string = Reflect.getMetadata(PATH_METADATA, handler);
      return [`${RequestMethod[method]} ${path.replace(/^\//, '')}`];
    }),
  );
}

describe('every page', () => {
  it('is in this table: none that the application has is left out, and none is made up', () => {
    const known = [...PAGES.flatMap(({ route }) => route ?? []), ...NO_PAGE];
    expect(routesOfPages().length).toBeGreaterThan(40);
    expect(new Set(known)).toEqual(new Set(routesOfPages()));
    expect(NO_PAGE.filter((it) => PAGES.some(({ route }) => route === it))).toEqual([]);
  });

  it.each(PAGES)(
    '$name holds with axe and its budget, by keyboard, at 320 pixels, at 200 %, in the dark and on paper (WCAG 2.2 AA: 1.4.4, 1.4.10, 2.1.1, 2.1.2, 2.4.7)',
    async ({ name, who, to }) => {
      const visitor = visitorOf(who);
      const { page, keyboard, complaints } = visitor;
      complaints.splice(0);
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 720 });
      const path = typeof to === 'string' ? to : await to(made, page);
      if (typeof path === 'string') await open(page, path);
      await visitor.inspect(`page-${name}`);
      await keyboard.throughAll();
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 320, height: 640 });
      await visitor.expectReflow();
      // Where targets are the closest (WCAG 2.5.8).
      await visitor.expectAccessible();
      // 1280 pixels at 200 % are 640 pixels of CSS; the width of A4 within its margins is 718.
      await page.setViewportSize({ width: 640, height: 400 });
      await visitor.expectReflow();
      await page.setViewportSize({ width: 718, height: 1000 });
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      await visitor.expectOnPaper();
      await visitor.picture(`page-${name}-print`);
    },
  );
});
