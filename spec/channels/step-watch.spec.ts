import { StepWatch } from '../../src/channels/step-watch'

/** Frames behind the mark, by stamp and receipt. */
function judged(...frames: (readonly [timestamp: number, receivedMs: number] | 'in order')[]) {
  const watch = new StepWatch()
  const verdicts = frames.map((frame) => {
    if (frame === 'in order') return watch.inOrder()
    return watch.isStepped({ timestamp: frame[0], received_at: frame[1] })
  })
  return { verdicts, newestMs: watch.newestMs }
}

describe('StepWatch', () => {
  it('C5.4 three in a row say that the clock went back, to the newest of them', () => {
    expect(judged([5, 0], [7, 1], [6, 2])).toEqual({ verdicts: [false, false, true], newestMs: 7 })
  })

  it('C5.4 and so do two seconds of them', () => {
    expect(judged([5, 0], [6, 1999]).verdicts).toEqual([false, false])
    expect(judged([5, 0], [6, 2000]).verdicts).toEqual([false, true])
  })

  it('C5.4 those with one in order between are stragglers', () => {
    expect(judged([5, 0], [6, 1], 'in order', [7, 5000], [8, 5001]).verdicts).not.toContain(true)
  })

  it('C5.4 after a step all begins anew', () => {
    const { verdicts, newestMs } = judged([9, 0], [9, 1], [9, 2], [1, 3], [2, 4], [1, 5])
    expect(verdicts).toEqual([false, false, true, false, false, true])
    expect(newestMs).toBe(2)
  })
})
