import { expect, test } from 'vitest'
import { menuProblem } from '../../../../platform/wechat/menu.ts'
import { menuDraft, type MenuDraft } from '../../contract/menu.ts'
import { menuFaults, menuOf } from './menu-check.ts'

const url = 'https://care.example.org/my'
const draft = (buttons: unknown[]): MenuDraft => menuDraft.parse(buttons)
const five = ['甲', '乙', '丙', '丁', '戊'].map((name) => ({ name, url }))

test('a menu as a hospital has it goes, and is told as the platform reads it', () => {
  const menu = draft([
    { name: '我的健康', url },
    { name: '服务', below: five },
    { name: '小程序', target: 'mini', appId: 'wxfedcba9876543210', page: 'pages/my', url },
  ])
  expect(menuFaults(menu)).toEqual([])
  expect(menuOf(menu).button).toEqual([
    { name: '我的健康', type: 'view', url },
    { name: '服务', sub_button: five.map((one) => ({ ...one, type: 'view' })) },
    { name: '小程序', type: 'miniprogram', url, appid: 'wxfedcba9876543210', pagepath: 'pages/my' },
  ])
  // The client's own reading of the same limits finds nothing either.
  expect(menuProblem(menuOf(menu))).toBeNull()
})

test.each<[string, unknown[], string[]]>([
  ['nothing at all', [], [' empty']],
  ['a fourth', [1, 2, 3, 4].map((n) => ({ name: `第${n}`, url })), [' too-many']],
  ['a sixth below one', [{ name: '服务', below: [...five, { name: '己', url }] }], ['0 too-many-below']],
  ['a name of six characters', [{ name: '六个汉字太长', url }], ['0 name-long']],
  ['below one, a name of twenty-one', [{ name: '服务', below: [{ name: '长'.repeat(21), url }] }], ['0.0 name-long']],
  ['no name and no address', [{ name: '' }], ['0 name-missing', '0 url-missing']],
  ['the open line', [{ name: '网页', url: 'http://care.example.org' }], ['0 url-unfit']],
  ['something that is no address', [{ name: '网页', url: 'care' }], ['0 url-unfit']],
  ['an address without end', [{ name: '网页', url: `${url}?${'a'.repeat(1024)}` }], ['0 url-long']],
  [
    'a mini-program without its page',
    [{ name: '程序', target: 'mini', url, appId: 'my' }],
    ['0 app-unfit', '0 page-missing'],
  ],
])('%s is refused at its place', (_what, buttons, faults) => {
  expect(menuFaults(draft(buttons)).map(({ at, kind }) => `${at} ${kind}`)).toEqual(faults)
})

test('what leads nowhere because it opens others needs no address', () => {
  expect(menuFaults(draft([{ name: '服务', below: [{ name: '我的健康', url }] }]))).toEqual([])
})
