/** Every entry loads in a plain Node as ES module and as CommonJS, says the same names, and leaves nothing running. */
import type { Loaded, Way } from './load-entries'
import { loadEntries } from './load-entries'

const entries = [
  'upbit-rx',
  'upbit-rx/opentelemetry',
  'upbit-rx/operators',
  'upbit-rx/record',
  'upbit-rx/testing',
]

export function loads(root: string): readonly string[] {
  const problems: string[] = []
  const [esm, cjs] = (['import', 'require'] as const).map((way) => load(way))
  for (const [entry, { file, names }] of Object.entries(esm ?? {})) {
    const other = cjs?.[entry]
    if (names.length === 0) problems.push(`${file}: exports nothing`)
    if (other !== undefined && other.names.join() !== names.join())
      problems.push(`${entry}: ${file} has ${names.join(', ')}; ${other.file} has ${other.names.join(', ')}`)
  }
  return problems

  function load(way: Way): Readonly<Record<string, Loaded>> {
    const loaded = loadEntries(root, way, entries)
    if (typeof loaded === 'string') {
      problems.push(`${way} under plain Node failed, printed something or did not end:\n${loaded}`)
      return {}
    }
    console.log(`${way}: every entry loads in a plain Node and leaves nothing running`)
    return loaded
  }
}
