/**
 * The API reference, as pages: typedoc over the entry points. Every warning is an error: a link that leads nowhere, an
 * exported name without a comment, a type that is used by the public API and not exported by it.
 */
import { join } from 'node:path'
import type { TypeDocOptions } from 'typedoc'
import { Application } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'

/**
 * Not exported, since neither a user nor the declarations of a user's module write their names (`consumers/types` shows
 * it): `hosts` is the list behind `Region`, `Exchange` the core below the test kit, `Pooled` what the managers of two
 * builds have in common, the others are the forms that types are computed from.
 */
const intentionallyNotExported = [
  'announcementCategories',
  'announcementFields',
  'candleFields',
  'Chosen',
  'EndpointFault',
  'eventParamFields',
  'Exchange',
  'Field',
  'FieldsType',
  'healthCodes',
  'hosts',
  'InfoFrame',
  'infoTypes',
  'KeysOf',
  'longCandleUnits',
  'MarketCodeBrand',
  'MembersOf',
  'myAssetFields',
  'myOrderFields',
  'ObjectArrayType',
  'ObjectType',
  'OneIndicatorFrame',
  'OneSignalFrame',
  'OpenEnumType',
  'orderbookFields',
  'paramFields',
  'Pooled',
  'priorities',
  'privateTypes',
  'PublicFrame',
  'Replaced',
  'Replacement',
  'ResolvedOptions',
  'Rules',
  'SignalOf',
  'tickerFields',
  'timeframes',
  'tradeFields',
  'TriggersOf',
  'valueFields',
]

/** Writes the pages into `folder`; `false` when typedoc had anything to say. */
export async function writeApiPages(root: string, folder: string): Promise<boolean> {
  const options: TypeDocOptions & PluginOptions = {
    name: 'API',
    entryPoints: ['index', 'opentelemetry', 'operators', 'record', 'testing'].map((name) =>
      join(root, 'src', `${name}.ts`),
    ),
    tsconfig: join(root, 'tsconfig.build.json'),
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: folder }],
    readme: 'none',
    // The sources are beside the reader; a link would need an address of the repository.
    disableSources: true,
    excludeInternal: true,
    excludePrivate: true,
    // What `UpbitStream` has of rxjs's Observable is documented there.
    excludeExternals: true,
    // What is called comes before what it is made of.
    groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases'],
    sort: ['alphabetical'],
    sortEntryPoints: false,
    validation: {
      notDocumented: true,
      notExported: true,
      invalidLink: true,
      invalidPath: true,
      rewrittenLink: true,
    },
    requiredToBeDocumented: ['Module', 'Class', 'Function', 'Interface', 'TypeAlias', 'Variable'],
    intentionallyNotExported,
    logLevel: 'Warn',

    entryFileName: 'index',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    pageTitleTemplates: { index: '{projectName}', module: '{name}', member: '{name}' },
    useHTMLEncodedBrackets: true,
    sanitizeComments: true,
    expandObjects: true,
    indexFormat: 'table',
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    classPropertiesFormat: 'table',
    typeAliasPropertiesFormat: 'table',
    propertyMembersFormat: 'table',
    // Every property is readonly, and where one comes from is told by `Extends`.
    tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true, hideSources: true },
  }
  const application = await Application.bootstrapWithPlugins(options)
  const project = await application.convert()
  if (project === undefined) return false
  application.validate(project)
  await application.generateOutputs(project)
  return !application.logger.hasErrors() && !application.logger.hasWarnings()
}
