/** The help texts. They teach by example first and list afterwards; every option of the table stands in its command's. */
import type { CommandName } from './option-table'

const general = `upbit-rx: Upbit's market data in a terminal or a pipe, over one shared WebSocket connection.

Usage
  upbit-rx watch [CODE…] [options]      show markets live, or write their events as JSON lines
  upbit-rx simulate [options]           serve an invented exchange, or a recording, on this machine
  upbit-rx help COMMAND                 what a command can do; COMMAND --help does the same
  upbit-rx --version

First steps
  upbit-rx watch --simulate             a board of three invented markets: no network, no account
  upbit-rx watch                        the same board with the real Bitcoin, Ether and XRP in won
  upbit-rx watch KRW-BTC --types trade --json | head -n 5
                                        five trades, a line of JSON each

Exit codes: 0 as asked (Ctrl-C is one way to ask), 1 a fault that nothing could mend, 2 wrong usage.
`

const watch = `upbit-rx watch: markets on a live board, or their events as JSON lines.

Usage
  upbit-rx watch [CODE…] [--types LIST] [--live | --url URL | --simulate | --replay FILE [--speed N]]
                 [--format F] [--duration S] [--json]

What to watch
  CODE…              market codes, quote currency first: KRW-BTC is Bitcoin in won.
                     Default KRW-BTC KRW-ETH KRW-XRP; of a recording every market in it.
  --types LIST       kinds of events, with commas: ticker (state of a market), trade (each execution),
                     orderbook (best bids and asks), candle.1s, candle.1m, 3m, 5m, 10m, 15m, 30m, 60m, 240m.
                     Default ticker,trade,orderbook; of a recording every type in it.

Where from (one of them)
  --live             the real exchange. This is the default; UPBIT_REGION=sg (id, th) chooses another one.
  --url URL          another exchange of the same protocol: ws://127.0.0.1:9000 finds an \`upbit-rx simulate\`.
  --simulate         an invented market inside this process, over a real socket. The board says SIMULATED.
  --replay FILE      a recording, JSON Lines with a frame a line, bare or as {"t":ms,"frame":{…}}; its text
                     is served untouched over a real socket, and the command ends when all has arrived.
  --speed N          how many times as fast as it was recorded. Default 1.

How
  --format F         how the exchange spells its frames: DEFAULT, SIMPLE, JSON_LIST or SIMPLE_LIST.
                     The events are the same.
  --duration S       end after S seconds. Default: at Ctrl-C.
  --json             one event a line on stdout, problems as lines on stderr, and at the end one JSON line on
                     stderr that accounts for every frame. A reader that falls 10,000 events behind ends the
                     command with exit code 1; a reader that goes away ends it with 0.

On a terminal there is a board; red is up and blue is down, as at the exchange (NO_COLOR=1: no colours).
Elsewhere there is one line a market every second. Ctrl-C ends orderly, with a summary; a second one at once.

Examples
  upbit-rx watch KRW-BTC KRW-ETH USDT-BTC
  upbit-rx watch KRW-BTC --types candle.1m --json > candles.jsonl
  upbit-rx watch --replay recording.jsonl --speed 20

Exit codes: 0 as asked (Ctrl-C is one way to ask), 1 a fault that nothing could mend, 2 wrong usage.
`

const simulate = `upbit-rx simulate: an exchange on this machine, for clients in any language.

Usage
  upbit-rx simulate [--port N] [--seed N] [--markets N] [--rate N] [--replay FILE]

The first line on stdout is its address, ws://127.0.0.1:PORT; the path of the public endpoint is
/websocket/v1, as at the exchange. Only this machine can connect. It runs until Ctrl-C.

Options
  --port N           where to listen. Default: any free port.
  --seed N           which market is invented; the same seed gives the same one. Default 1.
  --markets N        how many markets are listed, 1 to 855. Default 855.
  --rate N           how busy they are: 1 is about as busy as the real ones, 10 ten times. Default 1.
  --replay FILE      serve a recording instead, as fast as it was recorded: it begins with the first
                     subscription, and everyone gets what they are subscribed to when its time comes.

Examples
  upbit-rx simulate --port 9000
  upbit-rx watch --url ws://127.0.0.1:9000
  upbit-rx simulate --seed 7 --rate 50

Exit codes: 0 as asked (Ctrl-C is the way to ask), 1 a fault that nothing could mend, 2 wrong usage.
`

const texts = { watch, simulate } as const satisfies Record<CommandName, string>

export function helpText(topic?: CommandName): string {
  return topic === undefined ? general : texts[topic]
}
