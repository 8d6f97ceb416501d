/**
 * The info connection: what its consumers want together is counted before it is sent, since the exchange refuses a message
 * that asks for too much as a whole, and closes. Its events have no history: what was missed stays missing.
 */
import type { Consumer } from '../../channels/consumer'
import type { ConsumerKind } from '../../channels/consumer-config'
import type { EventLanePorts, LaneHooks } from '../../channels/event-lane'
import { EventLane } from '../../channels/event-lane'
import type { SideLane } from '../../channels/hub'
import { maxCombinations } from '../../protocol/indicator-params'
import type { InfoEvent } from '../../protocol/info-events'
import { isInfoType } from '../../protocol/info-events'
import { Refusals } from '../line/refusals'
import { infoEndpoint } from './info-endpoint'
import { infoKeyIdOf } from './info-key'
import { tooManyIndicators } from './too-many-indicators'

export type InfoLanePorts = Omit<
  EventLanePorts<InfoEvent>,
  keyof LaneHooks | 'endpoint' | 'routeOf' | 'routeOfKey' | 'judge'
>

export class InfoLane extends EventLane<InfoEvent> implements SideLane {
  readonly name = 'info'
  private readonly refusals: Refusals<'info'>

  constructor(ports: InfoLanePorts) {
    const refusals = new Refusals<'info'>(ports.environment)
    super({
      ...ports,
      endpoint: infoEndpoint,
      // Its endpoint reads no others.
      routeOf: (event) => infoKeyIdOf(event as InfoEvent),
      routeOfKey: ({ id }) => id,
      drifted: (difference, wholeUntilMs) => this.openGaps(difference, wholeUntilMs),
      accepted: () => {
        refusals.lift('info')
        this.endGaps('abandoned', () => true)
      },
      refused(error) {
        refusals.add('info', error)
        return false
      },
    })
    this.refusals = refusals
  }

  carries(kind: ConsumerKind): boolean {
    return isInfoType(kind)
  }

  /**
   * One that would make it too many gets the error, and nobody else hears of it; so does whoever comes soon after the
   * keys were refused.
   */
  override join(consumer: Consumer): void {
    const refusal = this.refusals.of('info')
    if (refusal !== undefined) return consumer.fail(refusal)
    const used = new Set(this.desired)
    const added = consumer.keys.filter(({ id }) => !used.has(id)).length
    if (added > 0 && used.size + added > maxCombinations) {
      consumer.fail(tooManyIndicators(consumer.name, added, used.size))
    } else super.join(consumer)
  }
}
