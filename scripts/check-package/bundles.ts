/** For both targets the entry's platform outlives a bundler that believes `sideEffects`. */
import { bundle } from './bundle'

export async function bundles(root: string): Promise<readonly string[]> {
  const problems: string[] = []
  for (const platform of ['browser', 'node'] as const) {
    const code = "import { ticker$ } from 'upbit-rx'; globalThis.ticker$ = ticker$"
    const { outputFiles, metafile } = await bundle(root, code, { platform })
    const text = outputFiles[0]?.text ?? ''
    if (!/(?<!function )\binstallPlatform\(/.test(text))
      problems.push(`package.json "sideEffects": a bundle for ${platform} loses the entry's platform`)
    const files = Object.keys(metafile.inputs).length
    console.log(`bundle for ${platform}: ${files} files, ${Math.round(text.length / 1024)} KB`)
  }
  return problems
}
