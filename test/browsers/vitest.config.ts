import { defineConfig } from 'vitest/config'

/** Apart from the suite: these need a browser. `.ci/stages/browsers` brings one and runs them. */
export default defineConfig({ test: { include: ['test/browsers/*.browser.ts'], testTimeout: 60_000, hookTimeout: 60_000 } })
