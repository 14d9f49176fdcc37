import type { CurrentCatalogue } from '../../catalogue/current-catalogue.js';
import { mayReceiveIdnr } from '../../catalogue/idnr-use.js';
import type { Citizen, RegisterAnswer } from '../../client/citizen-calls.js';
import type { ListedEntries } from '../../client/listed-entries.js';
import { PagesConnection } from '../../client/pages-connection.js';

/** What a person is shown: the node's log and the answer of each register. Lives as long as the request. */
export type Overview = Readonly<{ log: ListedEntries; registers: readonly RegisterAnswer[] }>;

const ENTRIES = 100;

/** Registers that may be asked. */
export function askable({ catalogue }: CurrentCatalogue): readonly string[] {
  return catalogue.registers.filter((it) => mayReceiveIdnr(it) && it.connected !== false).map(({ id }) => id);
}

/** From the query of a page, as far as they are registers that may be asked; none: all of them. */
export function chosenRegisters(given: unknown, catalogue: CurrentCatalogue): readonly string[] {
  const named = (Array.isArray(given) ? given : [given]).filter((it) => typeof it === 'string');
  return askable(catalogue).filter((it) => named.includes(it));
}

/** Asked at once: the page is there when the slowest register has answered, or half a second is over. */
export async function overviewOf(
  node: PagesConnection,
  citizen: Citizen,
  choice: Readonly<{ registers: readonly string[]; before: string; size?: number }>,
): Promise<Overview> {
  const { size = ENTRIES } = choice;
  const [log, registers] = await Promise.all([
    node.listOwnEntries(citizen, citizen.subject, { size, token: choice.before }),
    node.citizen.askRegisters(citizen, { registers: choice.registers, size }),
  ]);
  return { log, registers };
}
