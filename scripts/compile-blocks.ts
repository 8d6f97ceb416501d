/**
 * Type-checks blocks of code as modules of their own, without writing them to disk: those of a source are given to the
 * compiler as files beside it, those of a page as files of one folder, with the project's own settings and paths. Unused
 * names are allowed, since an example shows a thing and need not use it.
 */
import { dirname, join } from 'node:path'
import ts from 'typescript'
import type { CodeBlock } from './markdown-code'

export function compileBlocks(root: string, blocks: readonly CodeBlock[]): string[] {
  const byPath = new Map(
    blocks.map((block) => {
      const { file, name = `block-${block.line}.${block.language}` } = block
      return [join(root, file.endsWith('.md') ? `${file}.blocks/${name}` : `${file}.${name}`), block] as const
    }),
  )
  const options: ts.CompilerOptions = {
    ...settings(root),
    noUnusedLocals: false,
    noUnusedParameters: false,
    jsx: ts.JsxEmit.Preserve,
    // A block without an import is still a module: what it declares is its own.
    moduleDetection: ts.ModuleDetectionKind.Force,
  }
  const program = ts.createProgram([...byPath.keys()], options, hostOver(options, byPath))

  const problems: string[] = []
  for (const [path, block] of byPath) {
    const source = program.getSourceFile(path)
    if (source === undefined) throw new Error(`the compiler did not read ${path}`)
    for (const diagnostic of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]) {
      const { line } = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n  ')
      problems.push(`${block.file}:${block.line + 1 + line} TS${diagnostic.code}: ${message}`)
    }
  }
  return problems
}

function settings(root: string): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json')
  const parsed = ts.getParsedCommandLineOfConfigFile(
    path,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  )
  if (parsed === undefined) throw new Error(`${path} cannot be read`)
  return parsed.options
}

function fail(diagnostic: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
}

function hostOver(options: ts.CompilerOptions, byPath: ReadonlyMap<string, CodeBlock>): ts.CompilerHost {
  const disk = ts.createCompilerHost(options)
  const folders = new Set([...byPath.keys()].map((path) => dirname(path)))
  return {
    ...disk,
    fileExists: (path) => byPath.has(path) || disk.fileExists(path),
    readFile: (path) => byPath.get(path)?.code ?? disk.readFile(path),
    directoryExists: (path) => folders.has(path) || (disk.directoryExists?.(path) ?? true),
    getSourceFile: (path, languageVersion, onError) => {
      const block = byPath.get(path)
      return block === undefined
        ? disk.getSourceFile(path, languageVersion, onError)
        : ts.createSourceFile(path, block.code, languageVersion, true)
    },
  }
}
