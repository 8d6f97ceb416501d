/** The commands of a line of shell, each as its words, as far as a page of documentation needs it: no substitution. */

export interface ShellCommand {
  readonly words: readonly string[]
}

/** A quoted text, an operator that ends a command, a redirection with its file, or a part of a bare word. */
const token =
  /'([^']*)'|"((?:\\.|[^"\\])*)"|(&&|\|\||[|;&])|(\d?>{1,2}&?\s*[^\s;|&]+|<\s*[^\s;|&]+)|(#.*$)|(\\.|[^\s'"|;&<>#\\]+|#)|(\s+)/g

export function shellCommands(line: string): ShellCommand[] {
  const commands: string[][] = [[]]
  let word: string | undefined
  const endWord = (): void => {
    if (word !== undefined) commands.at(-1)?.push(word)
    word = undefined
  }
  for (const [, single, double, operator, redirection, comment, bare, space] of line.matchAll(token)) {
    const escaped = double ?? bare
    if (single !== undefined) word = (word ?? '') + single
    else if (escaped !== undefined) word = (word ?? '') + escaped.replace(/\\(.)/g, '$1')
    // A `#` inside a word is part of it.
    else if (comment !== undefined && word !== undefined) word += comment
    if (operator !== undefined || redirection !== undefined || space !== undefined) endWord()
    if (operator !== undefined) commands.push([])
  }
  endWord()
  return commands.filter((words) => words.length > 0).map((words) => ({ words }))
}
