/** The error of whoever asks for more combinations than the info connection has left. */
import { UpbitError } from '../../base/errors'
import { maxCombinations } from '../../protocol/indicator-params'

export function tooManyIndicators(consumer: string, added: number, used: number): UpbitError {
  const left = maxCombinations - used
  return new UpbitError(
    'TOO_MANY_INDICATORS',
    `${consumer} adds ${added} combinations of a market and an indicator; of the ${maxCombinations} that the exchange ` +
      `serves, ${used} are subscribed.`,
    {
      consumer,
      option: 'indicators',
      nextStep:
        `Ask for ${left === 0 ? 'none' : `at most ${left}`} beside them, or unsubscribe from others first: values and ` +
        'signals count together, whoever of the process asks; what is the same is shared, and counts once.',
    },
  )
}
