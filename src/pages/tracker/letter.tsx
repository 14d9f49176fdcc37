import { ENTRY_TEXTS } from './entry-texts.js';
import type { Titles } from './titles.js';

/** @param to participant or register that the letter is to; `text` what it says */
type Props = Readonly<{ to: string; text: string; titles: Titles }>;

/** A letter to take along, to whom the catalogue says that it goes. */
export function Letter({ to, text, titles }: Props) {
  const texts = ENTRY_TEXTS[titles.language];
  const contact = titles.contact(to);
  const address = contact && [contact.controller, `${texts.officer}: ${contact.data_protection_officer}`];
  return (
    <>
      <blockquote class="letter">
        {[`${texts.to}: ${titles.register(to)}`, ...(address ?? []), '', text].join('\n')}
      </blockquote>
      {contact?.verified ? null : (
        <p class="kern-body">{contact === undefined ? texts.noAddress : texts.notConfirmed}</p>
      )}
    </>
  );
}
