import { readdirSync } from 'node:fs';
import { CatalogueFault, type Fault } from '../catalogue/catalogue-fault.js';
import { schemaCheck } from '../catalogue/schema-check.js';
import { readYamlFile, type YamlFile } from '../catalogue/yaml-file.js';
import type { Scenario, Transfer } from './scenario.js';
import { rowsOf } from './scenario-table.js';

const TRANSFERS = 'transfers.yaml';
const MAX_BYTES = 4 * 1024 * 1024;

type Written = Omit<Scenario, 'id' | 'paragraph' | 'transfer' | 'isSampled'> &
  Readonly<{ transfer: string; sample?: true }>;
type TransferFile = Readonly<{ transfers: readonly (Transfer & Readonly<{ id: string }>)[] }>;
type ScenarioFile = Readonly<{ paragraph: string; scenarios: readonly Written[] }>;

/** All scenarios of a folder, each row of a table as one of its own. @throws CatalogueFault with every fault */
export function readScenarios(folder: string): readonly Scenario[] {
  const check = schemaCheck(['transfers', 'scenarios']);
  const faults: Fault[] = [];
  const read = (name: string, schema: string): YamlFile | undefined => {
    const file = readYamlFile(folder, name, MAX_BYTES);
    const found = file.faults.length > 0 ? file.faults : check(schema, file);
    faults.push(...found);
    return found.length === 0 ? file : undefined;
  };
  // The schema has just proved the shape of what is there.
  const listed = read(TRANSFERS, 'transfers')?.content as TransferFile | undefined;
  const transfers = new Map((listed?.transfers ?? []).map(({ id, ...transfer }) => [id, transfer]));
  const names = readdirSync(folder)
    .filter((it) => it.endsWith('.yaml') && it !== TRANSFERS)
    .sort();
  const scenarios = names.flatMap((name) => {
    const file = read(name, 'scenarios');
    if (file === undefined) return [];
    const { scenarios: written, ...head } = file.content as ScenarioFile;
    const rows = written.flatMap((it, place) =>
      rowsOf(it).map((row, number, { length }) => ({
        row,
        place,
        id: `${name.replace(/\.yaml$/, '')}/${place + 1}${length > 1 ? `.${number + 1}` : ''}`,
      })),
    );
    // Again, with what the tables say in its place.
    const lineOf: YamlFile['lineOf'] = ([, row]) => file.lineOf(['scenarios', rows[Number(row)]?.place ?? 0]);
    const filled = { name, content: { ...head, scenarios: rows.map(({ row }) => row) }, faults: [], lineOf };
    faults.push(...check('scenarios', filled));
    return rows.flatMap(({ id, row, place }): Scenario[] => {
      const transfer = transfers.get(row.transfer);
      if (transfer !== undefined) return [scenarioOf(id, head.paragraph, row, transfer)];
      const message = `transfer "${row.transfer}" does not exist`;
      faults.push({ file: name, line: file.lineOf(['scenarios', place, 'transfer']), message });
      return [];
    });
  });
  if (faults.length > 0) throw new CatalogueFault(faults);
  return scenarios;
}

function scenarioOf(id: string, paragraph: string, written: Written, transfer: Transfer): Scenario {
  const { says, law = {}, ask = {}, decision = {}, expect, sample = false } = written;
  return { id, paragraph, says, transfer, law, ask, decision, expect, isSampled: sample };
}
