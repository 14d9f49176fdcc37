import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { connectToNode, type NodeConnection } from '../../src/client/node-connection.js';
import { readProfile } from '../../src/client/node-profile.js';
import { ownStatementsOn } from '../../src/client/own-statements.js';
import { launchBrowser, Visitor } from '../support/e2e-browser.js';
import { BREMEN } from '../support/e2e-consumer.js';
import { queryNode } from '../support/e2e-log.js';
import { mother, newborn } from '../support/e2e-people.js';
import { e2eSystem, named, operationalLogOf } from '../support/e2e-system.js';

const BACK = 'https://kindergeld.example/zurueck';
const SAYS = 'Mustermann-Şahin';
const applicants = [mother, newborn];

let browser: Browser;
let service: NodeConnection;
const visitors: Visitor[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  service = await connectToNode(await readProfile(named(e2eSystem().profiles, 'familienkasse-online')));
});
afterEach(async () => {
  for (const { context } of visitors.splice(0)) await context.close();
});
afterAll(async () => {
  service.close();
  await browser.close();
});

/** A person before the preview of what they had fetched. */
async function beforePreview(options: BrowserContextOptions = {}, language = 'de') {
  const { decisionId, link } = await service.requestDecision({ service: 'kindergeld', applicants, returnUrl: BACK });
  const person = await Visitor.at(browser, options);
  visitors.push(person);
  await person.page.goto(`/language/${language}?then=/`);
  await person.signIn('mother', { back: new URL(link).pathname });
  await person.page.click('button[name=all]');
  await person.page.waitForSelector(`a[href="${BACK}"]`);
  const { triggerIds, previewLink } = await service.getDecision(decisionId);
  const { exchange_id: exchange } = await service.prefill({
    ...{ service: 'kindergeld', applicants, triggerIds, ars: BREMEN },
  });
  await person.page.goto(`${previewLink}${exchange}`);
  return { person, page: person.page, exchange };
}

const FAMILY_NAME = 'input[name$=":family_name"]';

describe('a statement of the person beside the evidence (EGovG § 5 Abs. 5)', () => {
  it('is written without a script and by keyboard alone, and reaches the service beside the register, which it does not change', async () => {
    const { person, page, exchange } = await beforePreview({ javaScriptEnabled: false });
    expect(await page.locator(FAMILY_NAME).first().isVisible()).toBe(false);
    await person.keyboard.press('summary');
    await person.keyboard.write(FAMILY_NAME, SAYS);
    await person.keyboard.press('button[name=all]');
    await page.waitForURL('**/released/*');
    expect(await page.textContent('main')).toContain('Eigene Angaben ändern das Register nicht');
    const [kept] = await queryNode('select to_jsonb(h)::text as kept from app.held_exchange h where exchange_id = $1', [
      exchange,
    ]);
    expect(kept).toMatchObject({ kept: expect.stringContaining('own_statements') });
    expect(JSON.stringify(kept)).not.toContain(SAYS);

    const released = await service.fetchReleased(exchange);
    expect(released.own_statements?.statements).toEqual([
      expect.objectContaining({ attribute: 'family_name', value: SAYS }),
    ]);
    const stated = released.fields.filter((field) => ownStatementsOn(released, field).length > 0);
    expect(stated.map(({ label, value }) => [label, value])).toEqual([['Familienname', 'von Mustermann-Søndergård']]);
    expect(JSON.stringify({ ...released, own_statements: undefined })).not.toContain(SAYS);
    for (const process of ['pages', 'node']) expect(operationalLogOf(process)).not.toContain(SAYS);

    await page.click('main a[href="/data"]');
    expect(await page.textContent('main')).not.toContain(SAYS);
  });

  it.each([
    ['de', 'Eine eigene Angabe kann so nicht'],
    ['de-simple', 'geht so nicht'],
    ['en', 'cannot be taken as it is written'],
  ])('that is not fit is shown again with what is wrong, and nothing is released (%s)', async (language, says) => {
    const { person, page, exchange } = await beforePreview({ viewport: { width: 320, height: 640 } }, language);
    await page.locator('summary').first().click();
    await person.inspect(`own-statement-${language}`);
    await person.expectReflow();
    await page.locator(FAMILY_NAME).first().fill('Мустерманн <script>alert(1)</script>');
    await page.click('button[name=all]');
    expect(await page.textContent('[role=alert]')).toContain(says);
    await person.keyboard.expectAt('[role=alert]');
    await person.keyboard.to('[aria-invalid=true]');
    expect(await page.locator(FAMILY_NAME).first().inputValue()).toBe('Мустерманн <script>alert(1)</script>');
    expect(await page.locator('[aria-invalid=true]').count()).toBe(1);
    await person.inspect(`own-statement-unfit-${language}`);
    await expect(service.fetchReleased(exchange)).rejects.toMatchObject({ reason: 'PREVIEW_REQUIRED' });
  });

  it('about what is not passed on does not leave the page', async () => {
    const { page, exchange } = await beforePreview();
    await page.locator('summary').first().click();
    await page.locator(FAMILY_NAME).first().fill(SAYS);
    const names = await page.$$eval('input[value=REFUSE]', (radios) =>
      radios.map((it) => it.getAttribute('name') ?? ''),
    );
    const [, heldId = ''] = ((await page.locator(FAMILY_NAME).first().getAttribute('name')) ?? '').split(':');
    for (const name of names)
      await page.check(`input[name="${name}"][value=${name === `held:${heldId}` ? 'REFUSE' : 'RELEASE'}]`);
    await page.click('form[action^="/preview/"] button:not([name])');
    await page.waitForURL('**/released/*');
    const released = await service.fetchReleased(exchange);
    expect(released.own_statements).toBeUndefined();
    expect(released.evidence.length).toBe(names.length - 1);
  });
});
