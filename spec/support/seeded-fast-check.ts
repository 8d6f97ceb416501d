/**
 * fast-check with one seed for all properties: a run of the tests says the same each time, on every machine. Other seeds
 * are what `npm run properties` is for.
 */
import fc from 'fast-check'

const seed = Number(process.env['PROPERTY_SEED'] ?? 20_261_127)

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })

export default fc
