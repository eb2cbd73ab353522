import { createElement, Suspense } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { fetchAhead, fetched } from './fetched.ts'

const Name = ({ name }: { name: string }) => createElement('p', null, name)
const shown = (Part: ReturnType<typeof fetched<{ name: string }>>) =>
  renderToString(createElement(Suspense, { fallback: 'loading' }, createElement(Part, { name: '王芳' })))

test('what was fetched ahead is shown at once, else there is a sign of loading', async () => {
  const Part = fetched(async () => Name)
  expect(shown(Part)).toContain('loading')
  await fetchAhead(Part)
  expect(shown(Part)).toContain('<p>王芳</p>')
})

test('the script is fetched once, whoever asks', async () => {
  let times = 0
  const Part = fetched(async () => {
    times += 1
    return Name
  })
  await Promise.all([fetchAhead(Part), fetchAhead(Part), Part.preload()])
  expect(times).toBe(1)
})

test('a script that did not come is asked for again, and asking ahead never fails', async () => {
  let isOnline = false
  const Part = fetched(async () => {
    if (!isOnline) throw new TypeError('Failed to fetch')
    return Name
  })
  await fetchAhead(Part)
  await expect(Part.preload()).rejects.toThrow('Failed to fetch')
  isOnline = true
  await fetchAhead(Part)
  expect(shown(Part)).toContain('<p>王芳</p>')
  await fetchAhead('no component of its own script')
})
