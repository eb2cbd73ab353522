import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { withoutUnused } from './antd-styles.ts'

test('what no page shows is left out, whatever else it is written with', () => {
  const css =
    '.ant-table{margin:0;}.ant-table-cell,.ant-tree .ant-tree-title{color:red;}' +
    '@media (max-width:575px){.ant-btn{width:100%;}}.ant-btn,.ant-table .ant-btn{color:blue;}' +
    '.ant-tag{gap:1px;}.ant-select-tree{gap:2px;}.ant-select{gap:3px;}.css-var-_R_0_{--ant-blue:#1677ff;}'
  expect(withoutUnused(css)).toBe(
    '@media (max-width:575px){.ant-btn{width:100%;}}.ant-btn,.ant-table .ant-btn{color:blue;}.ant-tag{gap:1px;}.ant-select{gap:3px;}',
  )
})

test('of antd’s own file less than two thirds are left, with the controls and without the tables', () => {
  const css = readFileSync(createRequire(import.meta.url).resolve('antd/dist/antd.css'), 'utf8')
  const left = withoutUnused(css)
  expect(left.length / css.length).toBeLessThan(0.66)
  for (const shown of [
    '.ant-btn{',
    '.ant-select{',
    '.ant-picker{',
    '.ant-modal{',
    '.ant-message{',
    '@keyframes antFadeIn',
  ])
    expect(left, shown).toContain(shown)
  for (const hidden of ['.ant-table{', '.ant-carousel{', '--ant-blue:']) expect(left, hidden).not.toContain(hidden)
})
