import { Body, Controller } from '@nestjs/common';
import { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { SendTo } from '../page-at.js';
import { PageFault } from '../page-fault.js';
import { LinkLine } from '../shell/link-line.js';
import type { View } from '../view.js';
import { type Visit, Visiting } from '../visit.js';
import { FOR_CITIZENS } from './admission.js';
import { ENTRY_TEXTS } from './entry-texts.js';
import { Letter } from './letter.js';
import { questionAbout } from './line-question.js';
import { Titles } from './titles.js';

/**
 * Whom to ask about a line of a register, and with which words. Sent by a form, so that nothing about a person stands in an address;
 * nothing is looked up for it, and nothing is kept.
 */
@Controller()
export class QuestionPage {
  constructor(private readonly catalogue: CurrentCatalogue) {}

  @SendTo('data/question', FOR_CITIZENS)
  show(@Visiting() { language }: Visit, @Body() form: Readonly<Record<string, unknown>> = {}): View {
    const { lookup } = this.catalogue;
    const about = questionAbout(form.register, form.line);
    const register = about && lookup.register(about.register);
    if (about === undefined || register === undefined) throw new PageFault('REQUEST_NOT_VALID');
    const titles = new Titles(lookup, language);
    const texts = ENTRY_TEXTS[language];
    const time = titles.time(about.log_time);
    return {
      title: texts.ask,
      body: (
        <>
          {lookup.participant(about.consumer) === undefined ? null : (
            <>
              <p class="kern-body">{texts.askLead}</p>
              <Letter
                to={about.consumer}
                text={texts.lineLetter({ register: titles.register(register.id), time })}
                titles={titles}
              />
            </>
          )}
          <h2 class="kern-heading-medium">{texts.atRegister}</h2>
          <Letter to={register.id} text={texts.ownLineLetter({ time })} titles={titles} />
          <p class="kern-body">{texts.complain}</p>
          <LinkLine href="/data/result">{texts.back}</LinkLine>
        </>
      ),
    };
  }
}
