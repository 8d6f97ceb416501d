/** The error of whoever asks for more combinations than the info connection has left. */
import { UpbitError } from '../../base/errors'
import { maxCombinations } from '../../protocol/indicator-params'

export function tooManyIndicators(consumer: string, added: number, used: number): UpbitError {
  const left = maxCombinations - used
  return new UpbitError(
    'TOO_MANY_INDICATORS',
    `${consumer} adds ${added} combination${added === 1 ? '' : 's'} of a market and an indicator; of the ` +
      `${maxCombinations} that the exchange serves, ${are(used)} subscribed, and ${are(left)} left.`,
    {
      consumer,
      option: 'indicators',
      nextStep:
        `${are(left)} left: ${left === 0 ? '' : 'ask for no more, or '}unsubscribe from others first. Values and signals ` +
        'count together, whoever of the process asks; what is the same is shared, and counts once.',
    },
  )
}

function are(count: number): string {
  return `${count} ${count === 1 ? 'is' : 'are'}`
}
