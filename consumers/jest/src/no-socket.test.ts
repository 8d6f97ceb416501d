import { startExchange } from 'upbit-rx/testing'

it('is told what to set when a real socket is asked for in a page’s environment', async () => {
  await expect(startExchange()).rejects.toThrow(/customExportConditions/)
})
