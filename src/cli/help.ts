/** The help texts. They teach by example first and list afterwards; every option of the table stands in its command's. */
import type { CommandName } from './option-table'

const exitCodes = `Exit codes: 0 as asked (Ctrl-C is a way to ask), 1 a fault, 2 wrong usage.
`

const general = `upbit-rx: Upbit's market data on a board or as JSON, over one connection.

Usage
  upbit-rx watch [CODE…] [options]   markets on a live board, or as JSON lines
  upbit-rx record [CODE…] --out FILE what comes, into a file to replay
  upbit-rx simulate [options]        an invented exchange on this machine
  upbit-rx doctor [options]          what stands between here and the exchange
  upbit-rx help COMMAND              what a command can do (or COMMAND --help)
  upbit-rx --version

First steps
  upbit-rx watch --simulate
      a board of three invented markets: no network, no account
  upbit-rx watch
      the same board with the real Bitcoin, Ether and XRP in won
  upbit-rx watch KRW-BTC --types trade --json | head -n 5
      five trades, a line of JSON each

${exitCodes}`

const watch = `upbit-rx watch: markets on a live board, or their events as JSON lines.

Usage
  upbit-rx watch [CODE…] [--types LIST]
                 [--live | --url URL | --simulate | --replay FILE [--speed N]]
                 [--format F] [--duration S] [--json]

What to watch
  CODE…         market codes, quote currency first: KRW-BTC is Bitcoin in won.
                Default KRW-BTC KRW-ETH KRW-XRP; of a recording all its markets.
  --types LIST  kinds of events, separated by commas:
                  ticker     the state of a market, on every change
                  trade      every execution
                  orderbook  the best bids and asks
                  candle.1m  candles; also 1s 3m 5m 10m 15m 30m 60m 240m
                Default ticker,trade,orderbook; of a recording all its types.

Where from (one of them)
  --live        the real exchange, which is the default; of Korea, unless
                UPBIT_REGION is sg, id or th.
  --url URL     any exchange that speaks the same protocol:
                ws://127.0.0.1:9000 finds an \`upbit-rx simulate\` on that port.
  --simulate    an invented market in this process, over a real socket.
                The board says SIMULATED.
  --replay FILE a recording: a frame a line, bare or as {"t":ms,"frame":{…}}.
                Its text is served untouched over a real socket; the command
                ends when all of it has arrived.
  --speed N     how many times as fast as it was recorded. Default 1.

How
  --format F    how the exchange spells its frames: DEFAULT, SIMPLE, JSON_LIST
                or SIMPLE_LIST. The events are the same.
  --duration S  end after S seconds. Default: at Ctrl-C.
  --json        an event a line on stdout; problems as lines on stderr, and as
                its last line the account of every frame, in JSON. A reader
                that falls 10,000 events behind ends it with exit code 1, one
                that goes away with 0.

On a terminal there is a board: red is up and blue is down, as at the exchange
(NO_COLOR=1: no colours). Elsewhere there is a line a market every second.
Ctrl-C ends it with a summary; a second Ctrl-C ends it at once.

Examples
  upbit-rx watch KRW-BTC KRW-ETH USDT-BTC
  upbit-rx watch KRW-BTC --types candle.1m --json > candles.jsonl
  upbit-rx watch --replay recording.jsonl --speed 20

${exitCodes}`

const record = `upbit-rx record: what the exchange sends, into a file.

Usage
  upbit-rx record [CODE…] --out FILE [--types LIST]
                  [--live | --url URL | --simulate] [--format F]
                  [--rotate LIMIT] [--duration S] [--json]

Every frame as it came, with its time of receipt, and every opening, request
and close of the connections: JSON lines, compressed where FILE ends in .gz.
\`upbit-rx watch --replay FILE\` shows it again.

What
  CODE…          market codes. Default KRW-BTC KRW-ETH KRW-XRP.
  --types LIST   kinds of events, as in \`upbit-rx watch\`.
                 Default ticker,trade,orderbook.
  --out FILE     the file. One that is there is appended to; after a crash it
                 reads up to its last whole line.
  --rotate LIMIT another file when this one is so large or so old: 100MB, 1h.
                 The files have numbers then: btc-000001.jsonl.gz and so on.

Where from (one of them)
  --live         the real exchange, which is the default.
  --url URL      any exchange that speaks the same protocol.
  --simulate     an invented market in this process.

How
  --format F     how the exchange spells its frames: DEFAULT, SIMPLE,
                 JSON_LIST or SIMPLE_LIST.
  --duration S   end after S seconds. Default: at Ctrl-C.
  --json         no progress; at the end an account as a JSON line on stderr.

A disk that is too slow costs frames: the recording says where, and the exit
code is 1.

Examples
  upbit-rx record KRW-BTC --out btc.jsonl.gz
  upbit-rx record --simulate --out run.jsonl --duration 60
  upbit-rx record KRW-BTC --types trade --out btc.jsonl.gz --rotate 100MB

${exitCodes}`

const simulate = `upbit-rx simulate: an exchange on this machine, for clients in any language.

Usage
  upbit-rx simulate [--port N] [--seed N] [--markets N] [--rate N]
                    [--replay FILE]

The first line on stdout is its address, ws://127.0.0.1:PORT; its public
endpoint is /websocket/v1, as at the exchange. REST is on the same port:
http://127.0.0.1:PORT/v1/ticker?markets=KRW-BTC, and the other public calls.
Only this machine can connect. It runs until Ctrl-C.

Options
  --port N      where to listen. Default: any free port.
  --seed N      which market is invented: the same seed gives the same one.
                Default 1.
  --markets N   how many markets are listed, 1 to 855. Default 855.
  --rate N      how busy they are: 1 is about as busy as the real ones, 10 is
                ten times that. Default 1.
  --replay FILE serve a recording instead, as fast as it was recorded. It begins
                with the first subscription, and whoever is subscribed to a
                frame when its time comes gets it.

Examples
  upbit-rx simulate --port 9000
  upbit-rx watch --url ws://127.0.0.1:9000
  upbit-rx simulate --seed 7 --rate 50

${exitCodes}`

const doctor = `upbit-rx doctor: what stands between this machine and the exchange.

Usage
  upbit-rx doctor [--url URL | --region R] [--timeout S] [--json]

It takes the steps of a client, one after another, at most a connection a
second: the name (dns), a connection (tcp), its certificate (tls), the WebSocket
handshake, a ping, the first frame of a subscription, the list of markets by
REST, what is left of its limit, and the two clocks. A line each: ✓ as it
should be, ✗ a fault and what to do about it, – nothing to look at.

Options
  --url URL     the exchange to reach, ws:// or wss://. Default: the real one.
  --region R    kr, sg, id or th. Default kr, or UPBIT_REGION.
  --timeout S   how long a step may take, in seconds. Default 10.
  --json        all findings as one JSON line on stdout.

Examples
  upbit-rx doctor
  upbit-rx doctor --region sg --timeout 3
  upbit-rx doctor --url ws://127.0.0.1:9000 --json

Exit codes: 0 nothing is wrong (Ctrl-C too), 1 a fault, 2 wrong usage.
`

const texts = { watch, record, simulate, doctor } as const satisfies Record<CommandName, string>

export function helpText(topic?: CommandName): string {
  return topic === undefined ? general : texts[topic]
}
