import { Controller, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { logKeys, namedWitnesses } from '../../catalogue/verifier-keys.js';
import type { OwnEntry } from '../../client/citizen-calls.js';
import { PagesConnection } from '../../client/pages-connection.js';
import { canonicalBytes } from '../../tokens/digest.js';
import { ShowAt } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { ASSETS } from '../shell/assets.js';
import type { Download, View } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import { FOR_CITIZENS } from './admission.js';
import { CHECK_TEXTS } from './check-texts.js';
import { Citizens } from './citizens.js';
import { indexOf } from './index-of.js';
import { entrySentence } from './sentences.js';
import { shownEntry } from './shown-entry.js';
import { Titles } from './titles.js';

/** The browser verifies an entry by itself; without script the page says how to do it elsewhere. */
@Controller()
export class CheckPage {
  constructor(
    private readonly citizens: Citizens,
    private readonly node: PagesConnection,
    private readonly catalogue: CurrentCatalogue,
  ) {}

  @ShowAt('check/:index', FOR_CITIZENS)
  async show(
    @Req() request: FastifyRequest,
    @Visiting() { language }: Visit,
    @Param('index') given: string,
  ): Promise<View> {
    const index = indexOf(given);
    const opened = await this.open(request, index);
    const texts = CHECK_TEXTS[language];
    const trust = this.trustIn(opened);
    const { receipt } = opened;
    const check = JSON.stringify({
      receipt: {
        index,
        checkpoint: receipt.checkpoint,
        proof: receipt.inclusion_proof,
        opening: {
          salt: receipt.opening.salt,
          caller: canonicalBytes(receipt.opening.caller).toString('utf8'),
          protectedHash: receipt.opening.protected_hash,
        },
      },
      trust,
      texts: texts.script,
    });
    const command = `npx einmal verify receipt einmal-beleg-${index}.json --vkey '${trust.log}'`;
    return {
      title: texts.title,
      body: (
        <>
          <p class="kern-body kern-body--large">{texts.lead}</p>
          <blockquote class="letter">
            {entrySentence(shownEntry(receipt), new Titles(this.catalogue.lookup, language))}
          </blockquote>
          {opened.witnessed ? null : <p class="kern-body">{texts.unwitnessed}</p>}
          <div id="check" data-check={check} hidden>
            <p class="kern-body kern-body--bold" id="check-result" role="status" />
            <ul class="checks" id="check-steps" />
            <p class="kern-body meaning">{texts.meaning}</p>
            <p class="kern-body kern-body--small">{texts.whose}</p>
          </div>
          <details class="kern-accordion" id="check-offline" open>
            <summary class="kern-accordion__header">
              <span class="kern-title">{texts.offline}</span>
            </summary>
            <div class="kern-accordion__body">
              <p class="kern-body">{texts.offlineLead}</p>
              <p class="kern-body">
                <a class="kern-link" href={`/check/${index}/receipt`}>
                  {texts.receipt}
                </a>
              </p>
              <pre class="command">
                <code>{command}</code>
              </pre>
            </div>
          </details>
          <script type="module" src={`${ASSETS}/check.js`} />
        </>
      ),
    };
  }

  @ShowAt('check/:index/receipt', FOR_CITIZENS)
  async receipt(@Req() request: FastifyRequest, @Param('index') given: string): Promise<Download> {
    const index = indexOf(given);
    const { receipt } = await this.open(request, index);
    return {
      download: `${JSON.stringify({ receipt }, undefined, 2)}\n`,
      fileName: `einmal-beleg-${index}.json`,
      mediaType: 'application/json; charset=utf-8',
    };
  }

  @ShowAt('check/consistency/:old/:new', FOR_CITIZENS)
  async consistency(@Param('old') old: string, @Param('new') newer: string): Promise<Download> {
    const proof = await this.node.citizen.proveConsistency(indexOf(old), indexOf(newer));
    return {
      download: JSON.stringify({ proof }),
      fileName: 'einmal-fortschreibung.json',
      mediaType: 'application/json; charset=utf-8',
    };
  }

  private open(request: FastifyRequest, index: number): Promise<OwnEntry> {
    return this.citizens.with(request, (citizen) => this.node.citizen.openEntry(citizen, index));
  }

  /** Keys of the own copy of the catalogue: who is checked does not say by which. @throws PageFault INTERNAL for a log that it does not name */
  private trustIn({ receipt, witnessed }: OwnEntry) {
    const [origin = ''] = receipt.checkpoint.split('\n');
    const { catalogue } = this.catalogue;
    const log = logKeys(catalogue).find((it) => it.startsWith(`${origin}+`));
    if (log === undefined) throw new PageFault('INTERNAL');
    const witnesses = namedWitnesses(catalogue).map(({ vkeys }) => vkeys);
    const quorum = witnessed && witnesses.length > 0 ? Math.floor(witnesses.length / 2) + 1 : 0;
    return { log, witnesses, quorum };
  }
}
