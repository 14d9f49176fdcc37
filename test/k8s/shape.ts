import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Manifest } from './render.js';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};
/** Beside the types that it imports; it is never written. */
const CHECKED = fileURLToPath(new URL('checked-manifests.ts', import.meta.url));

/**
 * Faults of shape: keys that do not exist, missing ones, wrong types. Each object is taken as a literal of its type, since the
 * compiler alone looks for keys that a type does not have.
 */
export function shapeFaults(manifests: readonly Manifest[]): readonly string[] {
  const declared = manifests.map(
    (it, n) => `export const m${n}: Kinds['${it.apiVersion}/${it.kind}'] = ${JSON.stringify(it)};`,
  );
  const text = [`import type { Kinds } from './kinds.js';`, ...declared].join('\n');
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === CHECKED
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true)
      : getSourceFile.call(host, name, ...rest);
  host.fileExists = (name) => name === CHECKED || fileExists.call(host, name);
  host.readFile = (name) => (name === CHECKED ? text : readFile.call(host, name));
  const program = ts.createProgram([CHECKED], OPTIONS, host);
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()].map(
    ({ file, start, messageText }) => {
      const line = file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line;
      const meant = manifests[line - 1];
      return `${meant?.kind} ${meant?.metadata.name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    },
  );
}
