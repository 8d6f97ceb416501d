import { gzipSync } from 'node:zlib'
import { gunzipMembers } from '../../src/recording/gzip-members'

async function gunzip(...chunks: readonly Buffer[]): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of gunzipMembers(streamOf(chunks))) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function* streamOf(chunks: readonly Buffer[]): AsyncGenerator<Buffer, void> {
  for (const chunk of chunks) yield await Promise.resolve(chunk)
}

describe('gunzipMembers', () => {
  const cut = gzipSync('first member').subarray(0, -9)
  const two = Buffer.concat([cut, gzipSync('second')])

  it('goes on with the next member behind one that was cut, wherever a chunk ends', async () => {
    const first = await gunzip(cut)
    expect('first member'.startsWith(first)).toBe(true)
    for (let at = 0; at <= two.length; at++) {
      expect(await gunzip(two.subarray(0, at), two.subarray(at))).toBe(`${first}second`)
    }
  })

  it('takes it byte by byte too', async () => {
    expect(await gunzip(...Array.from(two, (byte) => Buffer.from([byte])))).toBe(`${await gunzip(cut)}second`)
  })

  it('reads whole members one after another, and one that was cut in its own header', async () => {
    const whole = gzipSync('whole ')
    for (let length = 0; length < 10; length++) {
      expect(await gunzip(whole, gzipSync('more'), gzipSync('x').subarray(0, length))).toBe('whole more')
    }
    expect(await gunzip()).toBe('')
  })

  it('can be left amid a member', async () => {
    for await (const part of gunzipMembers(streamOf([gzipSync('a'), gzipSync('b')]))) {
      expect(part.toString()).toBe('a')
      break
    }
  })

  it('throws what zlib says of damage', async () => {
    const whole = gzipSync('damaged')
    whole[12] = 0xff
    whole[13] = 0xff
    await expect(gunzip(whole)).rejects.toMatchObject({ code: expect.stringMatching(/^Z_/) as string })
  })
})
