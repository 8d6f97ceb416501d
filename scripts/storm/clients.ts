/** Who is tried: upbit-rx alone and twenty times in one process, and the packages of others with their defaults. */
export interface StormClient {
  readonly name: string
  /** Its file in `bench/measured/storm/`. */
  readonly file: string
  readonly peer: boolean
  /** Clients of its own in one process. */
  readonly managers: number
}

const peers = ['ccxt', 'tardis-dev', 'partysocket', 'reconnecting-websocket', 'graphql-ws']

export const stormClients: readonly StormClient[] = [
  { name: 'upbit-rx', file: 'upbit-rx', peer: false, managers: 1 },
  { name: 'upbit-rx-20', file: 'upbit-rx', peer: false, managers: 20 },
  ...peers.map((name) => ({ name, file: name, peer: true, managers: 1 })),
]
