/**
 * The public API as text: one report an entry point, `etc/<entry>.api.md`, written from the built declarations and
 * committed. The check fails when a report and the build differ, so that every public change shows in a diff;
 * `npm run api:update` writes the reports. Needs `npm run build`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IConfigFile } from '@microsoft/api-extractor'
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  ExtractorMessageCategory,
} from '@microsoft/api-extractor'

const root = join(import.meta.dirname, '..')
const entries = ['index', 'browser', 'opentelemetry', 'operators', 'record', 'testing']
/** Where the tool writes them. */
const reports = join(root, 'temp')
const update = process.argv.includes('--update')

// The tool writes no report where one of these is not there.
for (const folder of [join(root, 'etc'), reports]) mkdirSync(folder, { recursive: true })

let failed = false
for (const entry of entries) {
  const declarations = join(root, 'dist', `${entry}.d.ts`)
  if (!existsSync(declarations)) {
    console.error(`${entry}: dist/${entry}.d.ts is missing, run \`npm run build\` first`)
    failed = true
    continue
  }
  const { errorCount } = Extractor.invoke(configOf(entry, declarations), {
    messageCallback: (message) => {
      // The lines below say what changed; the tool's own tell of its version and of files to copy by hand.
      if (message.category === ExtractorMessageCategory.Console) message.handled = true
    },
  })
  if (errorCount > 0) failed = true
  const file = join(root, 'etc', `${entry}.api.md`)
  const report = inOneOrder(readFileSync(join(reports, `${entry}.api.md`), 'utf8'))
  const isSame = existsSync(file) && readFileSync(file, 'utf8') === report
  if (!isSame && update) writeFileSync(file, report)
  if (!isSame && !update) {
    console.error(
      `${entry}: the public API differs from etc/${entry}.api.md, see \`npm run api:update && git diff etc\``,
    )
    failed = true
  } else {
    console.log(`${entry}: ${isSame ? 'as reported' : 'written'}`)
  }
}
process.exitCode = failed ? 1 : 0

/** The compiler writes the words of an inferred union in the order in which it met them, which differs from build to build. */
function inOneOrder(report: string): string {
  return report.replaceAll(/"[^"\n]*"(?: \| "[^"\n]*")+/g, (union) => union.split(' | ').sort().join(' | '))
}

function configOf(entry: string, declarations: string): ExtractorConfig {
  const configObject: IConfigFile = {
    projectFolder: root,
    mainEntryPointFilePath: declarations,
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: 'ES2022',
          module: 'ESNext',
          moduleResolution: 'bundler',
          lib: ['ES2022', 'ESNext.Disposable', 'DOM'],
          types: [],
          strict: true,
          skipLibCheck: true,
        },
        files: [declarations],
      },
    },
    apiReport: {
      enabled: true,
      // What a public type is made of is public too, under whatever name it has inside.
      includeForgottenExports: true,
      reportFileName: `${entry}.api.md`,
      reportFolder: join(root, 'etc'),
      reportTempFolder: reports,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      // The release tags of TSDoc are not used: what an entry exports is public.
      extractorMessageReporting: {
        default: { logLevel: ExtractorLogLevel.Warning },
        // The report is a list of names and types; the docs are judged where they are written.
        'ae-undocumented': { logLevel: ExtractorLogLevel.None },
        'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
        // Reachable and not exported: its declaration is in the report; whether to export it is a judgement.
        'ae-forgotten-export': { logLevel: ExtractorLogLevel.None },
      },
      // Docs are prose for editors, checked by `check:docs` where they hold code.
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
    },
  }
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  })
}
