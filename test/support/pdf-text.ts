import { inflateSync } from 'node:zlib';

/** A PDF as one Latin-1 text, its compressed streams behind it as text, too. */
export async function wholePdf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  const pdf = Buffer.concat(parts).toString('latin1');
  const streams = [...pdf.matchAll(/\/FlateDecode[\s\S]*?stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(
    ([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'),
  );
  return [pdf, ...streams].join('\n');
}

/** Letters that a PDF can be read out with, by the maps to Unicode that its embedded fonts bring. */
export function lettersOf(pdf: string): string {
  const maps = [...pdf.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)].map(([, map = '']) => map);
  const codes = maps.flatMap((map) =>
    [...map.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list = '']) => list.match(/[0-9a-f]{4}/gi) ?? []),
  );
  return codes.map((it) => String.fromCharCode(Number.parseInt(it, 16))).join('');
}
