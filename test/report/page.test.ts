import { createHash } from 'node:crypto'
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { page } from '../../lib/report/page.ts'
import { LIVE_SCRIPT, PAGE_SCRIPT, vegaScripts } from '../../lib/report/script.ts'

test('the policy names each script by the digest of exactly what stands in the page', () => {
  const html = page({ title: 'T', body: '<p>x</p>', scripts: ['one()', PAGE_SCRIPT] })
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, text]) =>
      `'sha256-${createHash('sha256')
        .update(text as string)
        .digest('base64')}'`,
  )
  expect(scripts).toHaveLength(2)
  expect(/script-src ([^;]*);/.exec(html)?.[1]).toBe(scripts.join(' '))
})

test('a page without scripts allows none', () => {
  expect(page({ title: 'T', body: '', scripts: [] })).toContain(`script-src 'none';`)
})

test('the title is words', () => {
  expect(page({ title: '</title><script>', body: '', scripts: [] })).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>')
})

test('scripts for live charts are classic scripts that close no element and evaluate no text', () => {
  for (const script of [...vegaScripts(), LIVE_SCRIPT, PAGE_SCRIPT]) {
    expect(script).not.toContain('</script')
    expect(script).not.toMatch(/^\s*(?:import|export)\s/m)
    expect(() => new Script(script)).not.toThrow()
  }
  expect(vegaScripts()[1]).toContain('globalThis.clvlabInterpreter = expression;')
})
