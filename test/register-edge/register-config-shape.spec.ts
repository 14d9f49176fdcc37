import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { COMPILED_SHAPES, CONFIG_KINDS, SHAPES_TEXT, shapeOf } from '../../src/register-edge/register-config-shape.js';

const BY_NOW = join(tmpdir(), 'no-such-file.cjs');

const WRONG = [
  {},
  [],
  { register: 'Upper Case', simulator: 'maybe', data_source: { kind: 'strange' } },
  { register: 'a', simulator: true, data_source: {}, evidence: {}, unknown: 1 },
  {
    register: 'a',
    simulator: true,
    data_source: { url_env: 'A' },
    evidence: { x: { view: "v'; drop", attributes: {} } },
  },
];

describe('the shape of a configuration', () => {
  it.each(CONFIG_KINDS)('of kind %s has the same faults, whether the build compiled it or this process', (kind) => {
    const [built, now] = [shapeOf(kind, COMPILED_SHAPES), shapeOf(kind, BY_NOW)];
    for (const content of WRONG) {
      expect([built(content), now(content)]).toEqual([false, false]);
      expect(built.errors).toEqual(now.errors);
      expect(now.errors).not.toEqual([]);
    }
  });

  it('is compiled anew where the build knew another', () => {
    const folder = mkdtempSync(join(tmpdir(), 'einmal-shapes-'));
    const lenient = (name: string, shapes: string) => {
      const text = `exports.shapes = ${JSON.stringify(shapes)}; exports.postgres = () => true;`;
      writeFileSync(join(folder, name), text);
      return shapeOf('postgres', join(folder, name));
    };
    expect(lenient('of-another-build.cjs', '{}')({})).toBe(false);
    expect(lenient('of-this-build.cjs', SHAPES_TEXT)({})).toBe(true);
  });
});
