type Row = Readonly<Record<string, unknown>>;

/** The same for each row of its table, with what the row says in place of `{name}`. A row may be sampled by itself. */
export function rowsOf<T extends object>(written: T & Readonly<{ table?: readonly Row[] }>): readonly T[] {
  const { table, ...scenario } = written;
  // Filling in places changes values, never the shape.
  if (table === undefined) return [scenario as T];
  return table.map(({ sample, ...row }) => ({ ...(fill(scenario, row) as T), ...(sample === true && { sample }) }));
}

const PLACE = /\{([a-z_]+)\}/g;

function fill(value: unknown, row: Row): unknown {
  if (typeof value === 'string') return fillText(value, row);
  if (Array.isArray(value)) return value.map((it) => fill(it, row));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const filled = fill(member, row);
      return filled === undefined ? [] : [[fillText(name, row), filled]];
    }),
  );
}

/** A text that is nothing but a place becomes what the row has there, a list for example; what it lacks is left out. */
function fillText(text: string, row: Row): unknown {
  const [whole, name] = PLACE[Symbol.match](text)?.length === 1 ? (/^\{([a-z_]+)\}$/.exec(text) ?? []) : [];
  if (whole !== undefined && name !== undefined) return row[name];
  return text.replace(PLACE, (_, place: string) => String(row[place] ?? ''));
}
