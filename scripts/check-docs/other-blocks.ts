/** What is wrong with the blocks that are not TypeScript, in pages and in the doc comments of sources. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { docCommentLines } from '../markdown-code'
import { CommandChecker } from './command-problems'
import { fenceProblems } from './fence-problems'

export function otherBlockProblems(root: string, files: readonly string[]): string[] {
  const commands = new CommandChecker(root)
  const command = (line: string): string[] => commands.problems(line)
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const isPage = file.endsWith('.md')
    return fenceProblems(file, isPage ? text : docCommentLines(text).join('\n'), isPage, { command })
  })
}
