/** Where a package is installed below a `node_modules`, nested ones too; links are not followed. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export function copiesOf(name: string, modules: string): readonly string[] {
  if (!existsSync(modules)) return []
  const folders = readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(modules, entry.name)
      return entry.name.startsWith('@') ? readdirSync(path).map((inner) => join(path, inner)) : [path]
    })
  return folders.flatMap((folder) => [
    ...(folder === join(modules, name) ? [folder] : []),
    ...copiesOf(name, join(folder, 'node_modules')),
  ])
}
