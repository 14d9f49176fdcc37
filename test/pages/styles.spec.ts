import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '../../src/platform/paths.js';

const pages = join(packageRoot, 'src', 'pages');
const kern = join(packageRoot, 'node_modules', '@kern-ux', 'native', 'dist', 'kern.css');

const classesOf = (css: string) =>
  new Set(
    [...css.replace(/\/\*.*?\*\//gs, '').matchAll(/\.(-?[a-z_][\w-]*)(?=[^{}]*\{)/gi)].map(([, name = '']) => name),
  );

/** Of all templates: what stands in a class attribute, without what is put in between. */
function usedClasses(): ReadonlySet<string> {
  const templates = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const attributes = templates.flatMap((name) => [
    ...readFileSync(join(pages, name), 'utf8').matchAll(/\bclass=(?:"([^"]*)"|\{`([^`]*)`\})/g),
  ]);
  const words = attributes.flatMap(([, plain, composed = '']) =>
    (plain ?? composed.replace(/\S*\$\{.*?\}\S*/g, ' ')).split(/\s+/),
  );
  return new Set(words.filter((word) => word !== ''));
}

describe('the style sheet of the pages', () => {
  const own = classesOf(readFileSync(join(pages, 'assets', 'einmal.css'), 'utf8'));
  const ofKern = classesOf(readFileSync(kern, 'utf8'));
  const used = usedClasses();

  it('has no class that no page uses', () => {
    expect([...own].filter((name) => !used.has(name) && !ofKern.has(name))).toEqual([]);
  });

  it('has each class that a page uses, or KERN has it', () => {
    expect(used.size).toBeGreaterThan(40);
    expect([...used].filter((name) => !own.has(name) && !ofKern.has(name))).toEqual([]);
  });
});
