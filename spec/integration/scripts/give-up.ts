/** A script that subscribes, and changes its mind before anything has come. */
import { setTimeout as wait } from 'node:timers/promises'
import { ticker$ } from '../../../src/index'

const subscription = ticker$('KRW-BTC').subscribe()
await wait(300)
subscription.unsubscribe()
process.stdout.write('left\n')
