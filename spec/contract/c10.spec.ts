/** C10.3, the last line: silence of trades and candles is told where the exchange does not list the code. */
import { of } from 'rxjs'
import type { SendHttp } from '../../src/transport/http'
import { world } from '../support/world'

describe('C10.3 who is silent', () => {
  it('C10.3 trades and candles of a code that the market list lacks are named, quiet ones are not', () => {
    const paths: string[] = []
    const body = JSON.stringify([{ market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin' }])
    const sendHttp: SendHttp = ({ url }) => {
      paths.push(new URL(url).pathname)
      return of({ status: 200, headers: {}, body })
    }
    const { time, upbit } = world({ client: { sendHttp } })
    const told: (string | undefined)[] = []
    upbit.errors$.subscribe(({ code, stream }) => told.push(`${code} ${stream}`))
    upbit.trade$(['KRW-BTC', 'KRW-NOPE']).subscribe()
    upbit.candle$(['KRW-NOPE', 'KRW-BTC'], '1m').subscribe()
    time.pass(5_000)
    expect(told).toEqual([])
    time.pass(5_000)
    expect(told).toEqual(['SILENT_CODE trade KRW-NOPE', 'SILENT_CODE candle.1m KRW-NOPE'])
    expect(paths).toEqual(['/v1/market/all'])
  })

  it('C10.3 without REST nobody is asked and nobody is named', () => {
    const { time, upbit } = world({ client: { sendHttp: undefined } })
    const told: string[] = []
    upbit.errors$.subscribe(({ code }) => told.push(code))
    upbit.trade$('KRW-NOPE').subscribe()
    time.pass(60_000)
    expect(told).toEqual([])
  })
})
