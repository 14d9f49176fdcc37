import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { LANGUAGES } from '../../src/pages/language.js';

/** Of a sentence in plain German, as citizens' pages have them. */
const WORDS_MOST = 15;

type Dictionary = Readonly<{ file: string; texts: Readonly<Record<string, ts.Expression>> }>;

const files = readdirSync('src/pages', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join('src/pages', file));

/** Every literal that has its texts by language, as `InLanguages` wants it. */
const dictionaries = files.flatMap((file) => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Dictionary[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const texts = membersOf(node, source);
      if (LANGUAGES.every((it) => texts[it] && textsIn(texts[it]).length > 0)) found.push({ file, texts });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
});

function membersOf(node: ts.ObjectLiteralExpression, source: ts.SourceFile): Readonly<Record<string, ts.Expression>> {
  return Object.fromEntries(
    node.properties
      .filter(ts.isPropertyAssignment)
      .map(({ name, initializer }) => [name.getText(source).replaceAll("'", ''), declared(initializer, source)]),
  );
}

/** What a name stands for in its own file. */
function declared(expression: ts.Expression, source: ts.SourceFile): ts.Expression {
  if (ts.isAsExpression(expression)) return declared(expression.expression, source);
  if (!ts.isIdentifier(expression)) return expression;
  const constants = source.statements.filter(ts.isVariableStatement).flatMap((it) => it.declarationList.declarations);
  const { initializer } = constants.find(({ name }) => name.getText(source) === expression.text) ?? {};
  return initializer === undefined ? expression : declared(initializer, source);
}

function textsIn(node: ts.Node): readonly string[] {
  const found: string[] = [];
  const visit = (it: ts.Node): void => {
    if (ts.isStringLiteralLike(it) || ts.isTemplateHead(it) || ts.isTemplateMiddleOrTemplateTail(it))
      found.push(it.text);
    ts.forEachChild(it, (child) => {
      if (!(ts.isPropertyAssignment(it) && child === it.name)) visit(child);
    });
  };
  visit(node);
  return found;
}

describe('the texts of the pages', () => {
  it('are found, those of officers, too', () => {
    expect(dictionaries.length).toBeGreaterThan(20);
    expect(dictionaries.filter(({ file }) => file.includes('oversight')).length).toBeGreaterThan(10);
  });

  it.each(dictionaries.map((it) => [it.file, it.texts] as const))(
    '%s: are in plain German apart from German, in short sentences (Einfache Sprache)',
    (_file, { de, 'de-simple': simple }) => {
      expect(simple).not.toBe(de);
      const texts = textsIn(simple!);
      const long = texts
        .flatMap((text) => text.split(/(?<=[.?!:])\s+/))
        .filter((sentence) => sentence.split(/\s+/).filter((it) => /\p{L}/u.test(it)).length > WORDS_MOST);
      expect(long).toEqual([]);
    },
  );
});
