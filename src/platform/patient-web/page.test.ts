import { expect, test } from 'vitest'
import { findPage, type PatientPage } from './page.ts'

const aPage = (path: PatientPage['path']): PatientPage => ({ path, load: () => Promise.resolve(() => null) })
const pages = ['/fill/:token', '/my', '/my/enter/:token', '/my/plan', '/my/report/:id'].map((path) =>
  aPage(path as never),
)

test.each([
  ['/my', '/my', ''],
  ['/my/', '/my', ''],
  ['/my/plan', '/my/plan', ''],
  ['/my/report/1f', '/my/report/:id', '1f'],
  ['/my/report/a%2Fb', '/my/report/:id', 'a/b'],
  ['/my/report/%', '/my/report/:id', '%'],
  ['/fill/abc.d-e', '/fill/:token', 'abc.d-e'],
])('%s is %s with "%s"', (address, path, parameter) => {
  expect(findPage(pages, address)).toMatchObject({ page: { path }, parameter })
})

test.each(['/', '/my/report', '/my/plan/x', '/fill', '/fill/', '/patients', '/my/enter/a/b'])(
  '%s is none',
  (address) => {
    expect(findPage(pages, address)).toBeUndefined()
  },
)
