import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DiffLine, lineDiff } from '../../src/pages/governance/line-diff.js';

const shown = (lines: readonly DiffLine[]) => lines.map(({ sign, text }) => `${sign}${text}`);
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`);

describe('what changed between two files', () => {
  it('is shown with three lines around it, and what is left out between is said', () => {
    const before = numbered(20);
    const after = before.toSpliced(10, 1, 'another', 'and one more');
    expect(shown(lineDiff(before.join('\n'), after.join('\n')))).toEqual([
      ...['…', ' line 7', ' line 8', ' line 9', '-line 10', '+another', '+and one more'],
      ...[' line 11', ' line 12', ' line 13', '…'],
    ]);
  });

  it('is nothing between equal ones', () => {
    expect(lineDiff('a\nb', 'a\nb')).toEqual([]);
  });

  it('loses no changed line, whatever the files are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (old, next) => {
        const lines = lineDiff(old.join('\n'), next.join('\n'));
        const only = (sign: string) => lines.filter((it) => it.sign === sign).map((it) => it.text);
        const without = (from: readonly string[], gone: readonly string[]) => {
          const left = [...from];
          for (const line of gone) left.splice(left.indexOf(line), 1);
          return left.toSorted();
        };
        const [before, after] = [old, next].map((it) => it.join('\n').split('\n'));
        expect(without(before!, only('-'))).toEqual(without(after!, only('+')));
      }),
    );
  });

  it('is old and then new where comparing line by line would take too long', () => {
    const [old, next] = [numbered(2500), numbered(2500).map((it) => `new ${it}`)];
    const lines = lineDiff(old.join('\n'), next.join('\n'));
    expect(lines.map(({ sign }) => sign).join('')).toBe('-'.repeat(2500) + '+'.repeat(2500));
  });
});
