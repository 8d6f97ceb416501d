/** The codes that the exchange lists, fetched when somebody asks and kept for a while: no socket tells of a listing. */
import type { Observable } from 'rxjs'
import { defer, map, of, share, tap } from 'rxjs'
import type { Environment } from '../base/environment'
import type { RestCalls } from './rest-calls'

/** A listing is announced hours before: minutes are soon enough. */
const keptMs = 5 * 60 * 1000

/**
 * What tells the codes: emits them once and completes. Askers at one time share one call, with the least of priorities; one
 * that fails is not kept, and its error goes to all who wait for it.
 */
export function listedMarkets(
  { markets$ }: Pick<RestCalls, 'markets$'>,
  environment: Environment,
): () => Observable<ReadonlySet<string>> {
  let known: { readonly codes: ReadonlySet<string>; readonly atMs: number } | undefined
  const fetched$ = defer(() => markets$({ priority: 'poll' })).pipe(
    map((markets): ReadonlySet<string> => new Set(markets.map(({ market }) => market))),
    tap((codes) => (known = { codes, atMs: environment.now() })),
    share(),
  )
  return () =>
    defer(() => (known !== undefined && environment.now() - known.atMs < keptMs ? of(known.codes) : fetched$))
}
