import type { HeldForPerson } from '../../client/pages-decisions.js';
import { isOwnStatement, newOwnStatement, type OwnStatement } from '../../tokens/own-statement.js';

type Form = Readonly<Record<string, unknown>>;
type HeldItem = HeldForPerson['items'][number];

/** Name of the field in which the person writes what they hold to be right about a datum. */
export function ownFieldOf(heldId: string, attribute: string): string {
  return `own:${heldId}:${attribute}`;
}

/** As they wrote it, in the one form of Unicode that is taken; empty where they wrote nothing. */
export function writtenIn(form: Form, heldId: string, attribute: string): string {
  const written = form[ownFieldOf(heldId, attribute)];
  return typeof written === 'string' ? written.trim().normalize('NFC') : '';
}

/** Whether it cannot be taken as it is written. */
export function isUnfit(written: string): boolean {
  return written !== '' && !isOwnStatement(written);
}

/** What contradicts the register; the same as it says is no statement. */
export function statementsIn(form: Form, items: readonly HeldItem[]): readonly OwnStatement[] {
  return items.flatMap(({ held_id, attributes }) =>
    attributes.flatMap(({ attribute, value: registered }) => {
      const value = writtenIn(form, held_id, attribute);
      return value === '' || value === registered ? [] : [newOwnStatement({ held_id, attribute, value })];
    }),
  );
}
