import './app.check.mjs'
import './both-builds.check.mjs'
