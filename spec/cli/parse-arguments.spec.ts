/** One table of what may be typed: what it means, or the one sentence that answers it. */
import type { Command } from '../../src/cli/parse-arguments'
import { parseArguments } from '../../src/cli/parse-arguments'
import { UsageError } from '../../src/cli/usage-error'

const parse = (line: string): Command => parseArguments(line === '' ? [] : line.split(' '))

const watching = { kind: 'watch', codes: [], types: [], source: { kind: 'live' }, json: false }

describe('parseArguments', () => {
  it.each<[string, object]>([
    ['help', { kind: 'help' }],
    ['help watch', { kind: 'help', topic: 'watch' }],
    ['--help', { kind: 'help' }],
    ['-h', { kind: 'help' }],
    ['--version', { kind: 'version' }],
    ['-v', { kind: 'version' }],
    ['watch --help', { kind: 'help', topic: 'watch' }],
    ['watch --sped 3 -h', { kind: 'help', topic: 'watch' }],
    ['simulate --help', { kind: 'help', topic: 'simulate' }],
    ['simulate --version', { kind: 'version' }],
    ['watch', watching],
    ['watch --live', watching],
    ['watch KRW-BTC KRW-ETH', { ...watching, codes: ['KRW-BTC', 'KRW-ETH'] }],
    ['watch -- KRW-BTC', { ...watching, codes: ['KRW-BTC'] }],
    ['watch --types trade,candle.1m', { ...watching, types: ['trade', 'candle.1m'] }],
    ['watch --types=trade', { ...watching, types: ['trade'] }],
    ['watch --simulate', { ...watching, source: { kind: 'simulate' } }],
    ['watch --url ws://127.0.0.1:9000', { ...watching, source: { kind: 'url', url: 'ws://127.0.0.1:9000' } }],
    ['watch --replay a.jsonl', { ...watching, source: { kind: 'replay', file: 'a.jsonl', speed: 1 } }],
    [
      'watch --speed 20 --replay a.jsonl',
      { ...watching, source: { kind: 'replay', file: 'a.jsonl', speed: 20 } },
    ],
    ['watch --format SIMPLE', { ...watching, format: 'SIMPLE' }],
    ['watch --duration 2.5', { ...watching, durationMs: 2500 }],
    ['watch --json KRW-BTC', { ...watching, codes: ['KRW-BTC'], json: true }],
    ['simulate', { kind: 'simulate', port: 0 }],
    [
      'simulate --port 9000 --seed 7 --markets 20 --rate 0.5',
      { kind: 'simulate', port: 9000, seed: 7, markets: 20, rate: 0.5 },
    ],
    ['simulate --replay a.jsonl', { kind: 'simulate', port: 0, replay: 'a.jsonl' }],
  ])('C13 `upbit-rx %s` is understood', (line, command) => {
    expect(parse(line)).toEqual(command)
  })

  it.each<[string, string]>([
    ['', 'A command is missing: watch, record, simulate or doctor; `upbit-rx --help` explains them.'],
    ['wacth', "'wacth' is no command; did you mean `upbit-rx watch`?"],
    [
      'serve',
      "'serve' is no command; there are watch, record, simulate and doctor, and `upbit-rx --help` explains them.",
    ],
    ['KRW-BTC', "'KRW-BTC' is no command; did you mean `upbit-rx watch KRW-BTC`?"],
    ['btc/krw', "'btc/krw' is no command; did you mean `upbit-rx watch KRW-BTC`?"],
    ['--url ws://me:secret@host', 'A command comes first: did you mean `upbit-rx watch --url ws://…@host`?'],
    [
      'ws://me:secret@host',
      "'ws://…@host' is no command; there are watch, record, simulate and doctor, and `upbit-rx --help` explains them.",
    ],
    [
      'watch ws://me:secret@host',
      "'ws://…@host' is no market code; write quote and base currency, as in KRW-BTC.",
    ],
    [
      'simulate ws://me:secret@host',
      "`upbit-rx simulate` takes no 'ws://…@host', since it serves every market; did you mean `upbit-rx watch ws://…@host --simulate`?",
    ],
    ['--json', 'A command comes first: did you mean `upbit-rx watch --json`?'],
    ['help wach', "'wach' is no command; did you mean `upbit-rx watch`?"],
    ['watch --sped 3', '--sped is no option of `upbit-rx watch`; did you mean --speed?'],
    ['watch --colour', '--colour is no option of `upbit-rx watch`; `upbit-rx watch --help` lists them.'],
    ['watch -json', '-j is no option of `upbit-rx watch`; `upbit-rx watch --help` lists them.'],
    ['watch --port 9', '--port is an option of `upbit-rx simulate`, not of `upbit-rx watch`.'],
    ['simulate --json', '--json is an option of `upbit-rx watch`, not of `upbit-rx simulate`.'],
    ['watch --json --json', '--json is given twice; give it once.'],
    ['watch --json=yes', '--json takes no value; write --json alone.'],
    ['watch --url', '--url needs a value; write --url URL.'],
    ['watch --url=', '--url needs a value; write --url URL.'],
    ['watch --replay --json', '--replay needs a value; write --replay FILE.'],
    ['watch --live --simulate', '--live and --simulate both say where events come from; keep one of them.'],
    [
      'watch --replay a --url ws://b',
      '--url and --replay both say where events come from; keep one of them.',
    ],
    ['watch --speed 20', '--speed 20 says how fast to replay; add --replay FILE, or leave --speed out.'],
    [
      'watch --simulate --speed 20',
      '--speed 20 says how fast to replay; add --replay FILE, or leave --speed out.',
    ],
    [
      'watch --replay a --speed 0',
      "--speed is '0'; give how many times as fast as recorded, from 0.001 to 1000000, as in --speed 20.",
    ],
    [
      'watch --duration -5',
      "--duration is '-5'; give a number of seconds from 0.001 to 2147483, as in --duration 10.",
    ],
    [
      'watch --duration 9999999',
      "--duration is '9999999'; give a number of seconds from 0.001 to 2147483, as in --duration 10.",
    ],
    ['watch --format simple', "--format is 'simple'; did you mean SIMPLE?"],
    ['watch --format simple-list', "--format is 'simple-list'; did you mean SIMPLE_LIST?"],
    ['watch --format xml', "--format is 'xml'; there are DEFAULT, SIMPLE, JSON_LIST, SIMPLE_LIST."],
    [
      'watch --url http://localhost:9000',
      "--url is 'http://localhost:9000'; did you mean ws://localhost:9000?",
    ],
    [
      'watch --url https://api.upbit.com',
      "--url is 'https://api.upbit.com'; did you mean wss://api.upbit.com?",
    ],
    [
      'watch --url http://me:pass@host:9000?token=abc',
      "--url is 'http://…@host:9000?…'; did you mean ws://…@host:9000?…?",
    ],
    ['watch --url me:secret@host', "--url is '…@host'; did you mean wss://…@host?"],
    [
      'watch --url ftp://me:secret@host#token',
      "--url is 'ftp://…@host#…'; give a ws:// or wss:// url, as in --url ws://127.0.0.1:9000.",
    ],
    [
      'watch --url Vp3xSecretKeyOfASpec92abcdefghijABCDEFGH',
      '--url is no url; give a ws:// or wss:// url, as in --url ws://127.0.0.1:9000.',
    ],
    ['watch --url localhost:9000', "--url is 'localhost:9000'; did you mean ws://localhost:9000?"],
    ['watch --url api.upbit.com', "--url is 'api.upbit.com'; did you mean wss://api.upbit.com?"],
    [
      'watch --url ftp://a',
      "--url is 'ftp://a'; give a ws:// or wss:// url, as in --url ws://127.0.0.1:9000.",
    ],
    ['watch krw-btc', "'krw-btc' is no market code; did you mean KRW-BTC?"],
    ['watch --types tickr', "'tickr' is no type of events; did you mean ticker?"],
    [
      'simulate KRW-BTC',
      "`upbit-rx simulate` takes no 'KRW-BTC', since it serves every market; did you mean `upbit-rx watch KRW-BTC --simulate`?",
    ],
    [
      'simulate --replay a --rate 3',
      '--rate shapes the invented market, and --replay serves a recording; keep one of them.',
    ],
    [
      'simulate --port 70000',
      "--port is '70000'; give a port from 0 (any free one) to 65535, as in --port 9000.",
    ],
    [
      'simulate --markets 856',
      "--markets is '856'; give a number of markets from 1 to 855, as in --markets 100.",
    ],
    ['simulate --seed x', "--seed is 'x'; give a whole number from 0, as in --seed 7."],
    ['simulate --rate 0', "--rate is '0'; give a factor from 0.001 to 1000, as in --rate 10."],
  ])('C13 `upbit-rx %s` is answered with what was meant', (line, sentence) => {
    expect(() => parse(line)).toThrow(new UsageError(sentence))
  })
})
