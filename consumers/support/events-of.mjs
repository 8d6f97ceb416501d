/** The JSON of a server-sent event stream; all of them, or `count` and then the request is given up. */
export async function* eventsOf(url, count = Infinity) {
  const abort = new AbortController()
  const response = await fetch(url, { signal: AbortSignal.any([abort.signal, AbortSignal.timeout(30_000)]) })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  try {
    let text = ''
    let seen = 0
    for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
      text += bytes
      const parts = text.split('\n\n')
      text = parts.pop()
      for (const part of parts) {
        const data = part.split('\n').find((line) => line.startsWith('data: '))
        if (data === undefined) continue
        yield JSON.parse(data.slice('data: '.length))
        if (++seen === count) return
      }
    }
  } catch (error) {
    // A server that is ended cuts its responses.
    if (error.cause?.code !== 'UND_ERR_SOCKET') throw error
  } finally {
    abort.abort()
  }
}
