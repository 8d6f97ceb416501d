/**
 * The endpoints of the exchange and what each of them serves. Source: docs.upbit.com, `websocket-guide`,
 * `websocket-announcement`, `websocket-indicator`, read 2026-11.
 */
import { infoTypes, privateTypes, publicTypes } from '../protocol/wire'

/** `/websocket/v1` without credentials; `/private` and `/info` below it with a token. */
export type Endpoint = 'public' | 'private' | 'info'

export const endpoints: readonly Endpoint[] = ['public', 'private', 'info']

const publicPath = '/websocket/v1'

const pathEndpoints: ReadonlyMap<string, Endpoint> = new Map([
  [publicPath, 'public'],
  [`${publicPath}/private`, 'private'],
  [`${publicPath}/info`, 'info'],
])

const served: Readonly<Record<Endpoint, readonly string[]>> = {
  public: publicTypes,
  private: privateTypes,
  info: infoTypes,
}

const typeEndpoints: ReadonlyMap<string, Endpoint> = new Map(
  endpoints.flatMap((endpoint) => served[endpoint].map((type) => [type, endpoint] as const)),
)

/** `undefined` for a path that there is not. */
export function endpointOfPath(path: string): Endpoint | undefined {
  return pathEndpoints.get(path.split('?')[0] as string)
}

/** Where a type is served; `undefined` for a type that there is not. */
export function endpointOfType(type: string): Endpoint | undefined {
  return typeEndpoints.get(type)
}

export function typesOf(endpoint: Endpoint): readonly string[] {
  return served[endpoint]
}
