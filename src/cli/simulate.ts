/** `upbit-rx simulate`: the embedded exchange, or a recording, for whoever connects from this machine. */
import { firstValueFrom } from 'rxjs'
import type { ExchangeServer } from '../simulator/server'
import { startExchange } from '../simulator/server'
import { startReplay } from '../simulator/replay'
import { ErrorLines } from './error-lines'
import { Fatal } from './fatal'
import type { Host } from './host'
import { interrupted$ } from './interrupts'
import { systemReason } from './messages'
import { oneLine } from './one-line'
import { OutletPipe } from './outlet-pipe'
import type { SimulateArguments } from './simulate-arguments'

/** Resolves with the exit code when it is interrupted. Throws `Fatal`. */
export async function simulate(args: SimulateArguments, host: Host): Promise<number> {
  const lines = new ErrorLines(host)
  const interrupts$ = interrupted$(host)
  const exchange = await start(args, host)
  try {
    void new OutletPipe(host.stdout, host.environment).write(`${exchange.url}\n`)
    const rest = args.replay === undefined ? ` REST: ${exchange.restUrl}.` : ''
    lines.tell(`${describe(args)}.${rest} Try: upbit-rx watch --url ${exchange.url}. Ctrl-C ends.`)
    await firstValueFrom(interrupts$)
  } finally {
    await exchange.close()
  }
  return 0
}

async function start(args: SimulateArguments, { environment }: Host): Promise<ExchangeServer> {
  const { port, seed, markets, rate, replay } = args
  try {
    if (replay !== undefined) return await startReplay({ port, environment, file: replay })
    return await startExchange({
      port,
      environment,
      ...(seed === undefined ? {} : { seed }),
      ...(markets === undefined ? {} : { markets }),
      ...(rate === undefined ? {} : { rate }),
    })
  } catch (fault) {
    const { code, syscall } = fault as NodeJS.ErrnoException
    if (syscall === 'listen') {
      throw new Fatal(
        code === 'EADDRINUSE'
          ? `Port ${port} is in use; take another one, or leave --port out for a free one.`
          : `Port ${port} cannot be listened on: ${systemReason(fault)}.`,
      )
    }
    throw new Fatal(`${oneLine(replay ?? 'The exchange')} cannot be served: ${systemReason(fault)}.`)
  }
}

function describe({ seed = 1, markets = 855, rate = 1, replay }: SimulateArguments): string {
  return replay === undefined
    ? `An invented exchange of ${markets} markets, seed ${seed}, rate ${rate}`
    : `A recording, ${oneLine(replay)}, from the first subscription on`
}
