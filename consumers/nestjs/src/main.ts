import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module.js'

// Without it an open event stream would keep the server from closing, and the module from hearing of the shutdown.
const app = await NestFactory.create(AppModule, { forceCloseConnections: true, logger: ['error'] })
app.enableShutdownHooks()
await app.listen(0, '127.0.0.1')
console.log(await app.getUrl())
