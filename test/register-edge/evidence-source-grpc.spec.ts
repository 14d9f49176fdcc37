import { status } from '@grpc/grpc-js';
import { toTimestamp } from '../../src/platform/clock.js';
import type { FindRecordsResponse } from '../../src/platform/rpc-types/einmal/source/v1/FindRecordsResponse.js';
import type { Record as WireRecord } from '../../src/platform/rpc-types/einmal/source/v1/Record.js';
import { SilentLog } from '../support/silent-log.js';
import { keepsTheContractOfAnEvidenceSource, PROBE_ROWS, type ProbedSource } from './evidence-source.contract.js';
import type { ProbeRow } from './probe-tables.js';
import { type Asked, aSystem, identities, openAt } from './record-system.js';

const time = (iso: string) => toTimestamp(Date.parse(iso));
const day = (value: ProbeRow[string] | undefined) => (typeof value === 'string' ? value : '');
const REFUSED = { code: status.INVALID_ARGUMENT, details: 'Musterfrau 02476291358' };

/** Finds as a specialist procedure does, in the tables of the probe, and gives what is asked for. */
const search =
  (without: { column?: string }) =>
  ({ evidence_type, key, columns = [] }: Asked): FindRecordsResponse | undefined => {
    if (columns.includes('slow') && key?.person?.idnr !== '00000000000') return undefined;
    const there = Object.keys({ ...PROBE_ROWS.person_row[0], faulty: '', slow: '' });
    if (columns.some((it) => !there.includes(it) || it === without.column)) throw REFUSED;
    return {
      records: rowsOf(evidence_type, key).map((row): WireRecord => {
        const { blocked, as_of, available_at, representatives } = row;
        return {
          key: key ?? null,
          ...(typeof blocked === 'boolean' ? { blocked } : {}),
          as_of_time: time(String(as_of)),
          valid_from: day(row.valid_from),
          valid_until: day(row.valid_until),
          ...(typeof available_at === 'string' ? { available_time: time(available_at) } : {}),
          values: columns.map((column) => ({ column, ...textOf({ ...row, faulty: 'not a list' }[column]) })),
          representatives: Array.isArray(representatives)
            ? representatives.map(({ birth_date }) => ({ family_name: 'MUSTERFRAU', birth_date }))
            : [],
        };
      }),
    };
  };

function rowsOf(evidenceType: string | undefined, key: Asked['key']): readonly ProbeRow[] {
  const { person, register_entry: entry, business_number: number } = key ?? {};
  const isPerson = (it: ProbeRow) => it.idnr === person?.idnr && it.birth_date === person?.birth_date;
  if (evidenceType === 'person') return PROBE_ROWS.person_row.filter(isPerson);
  if (evidenceType === 'local') {
    const known = PROBE_ROWS.known_person.filter(isPerson).map((it) => it.local_key);
    return PROBE_ROWS.local_row.filter((it) => known.includes(it.local_key ?? null));
  }
  return PROBE_ROWS.firm_row.filter((it) =>
    entry === undefined
      ? number !== undefined && it.number === number
      : it.kind === entry.kind && it.court === entry.court && it.entry === entry.number,
  );
}

function textOf(value: ProbeRow[string] | undefined): Readonly<{ text?: string }> {
  if (value === null || value === undefined) return {};
  return { text: typeof value === 'string' ? value : JSON.stringify(value) };
}

keepsTheContractOfAnEvidenceSource('A system of the register over gRPC', async (): Promise<ProbedSource> => {
  const { system, edge } = await identities();
  const changed: { column?: string } = {};
  const served = await aSystem(system, search(changed));
  const log = new SilentLog();
  const opened = await openAt(served.port, { system, identity: edge }, log);
  return {
    ...{ opened, log, keepsFormer: false, writes: [] },
    // Whose record is found by a key of its own is the affair of the system: here it does.
    without: [],
    dropColumn: async (column) => {
      changed.column = column;
    },
    takeAway: served.stop,
    bringBack: served.start,
    end: async () => {
      await opened.close();
      await served.stop();
    },
  };
});
