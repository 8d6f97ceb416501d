/** The bounded buffer without Upbit: a source that is faster than its consumer, and a policy that says who loses. */
import { interval, lastValueFrom, take, tap } from 'rxjs'
import { boundedBuffer } from 'upbit-rx/operators'

const lost: number[] = []
const taken: number[] = []
await lastValueFrom(
  interval(10).pipe(
    take(30),
    boundedBuffer({
      capacity: 3,
      overflow: 'drop-oldest',
      ready: interval(100), // the consumer takes what waits ten times a second
      onDrop: (value) => lost.push(value),
    }),
    tap((value) => taken.push(value)),
  ),
)
console.log(`taken ${taken.join(' ')}`)
console.log(`lost ${lost.join(' ')}`)
console.log(`${taken.length + lost.length} of 30 accounted for`)
