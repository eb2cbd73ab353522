import { expect, test } from 'vitest'
import { menuProblem, type MenuButton } from './menu.ts'

const view = (name = '我的计划'): MenuButton => ({ name, type: 'view', url: 'https://care.example.org/my' })

test('a menu as a hospital has it', () => {
  const button: MenuButton[] = [
    view(),
    {
      name: '联系我们',
      sub_button: [{ name: '找健康管家', type: 'click', key: 'call-manager' }, view('常见问题与使用说明')],
    },
    { name: '小程序', type: 'miniprogram', url: 'https://care.example.org', appid: 'wx1', pagepath: 'pages/home' },
  ]
  expect(menuProblem({ button })).toBeNull()
})

test.each<[string, MenuButton[], RegExp]>([
  ['none', [], /1 to 3/],
  ['four', [view('一'), view('二'), view('三'), view('四')], /1 to 3/],
  ['a long name', [view('我的健康计划')], /16 bytes/],
  ['no name', [view('')], /16 bytes/],
  ['six below', [{ name: '一', sub_button: Array.from({ length: 6 }, () => view()) }], /up to 5/],
  ['three levels', [{ name: '一', sub_button: [{ name: '二', sub_button: [view()] }] }], /two levels/],
  ['a long name below', [{ name: '一', sub_button: [view('长'.repeat(21))] }], /60 bytes/],
  ['nothing to do', [{ name: '一' }], /does nothing/],
  ['no address', [{ name: '一', type: 'view' }], /address/],
  ['a long address', [{ name: '一', type: 'view', url: 'x'.repeat(1025) }], /address/],
  ['no key', [{ name: '一', type: 'click' }], /key/],
  ['a long key', [{ name: '一', type: 'click', key: 'x'.repeat(129) }], /key/],
  ['half a mini-program', [{ name: '一', type: 'miniprogram', url: 'x' }], /appid/],
])('refuses %s', (_what, button, problem) => {
  expect(menuProblem({ button })).toMatch(problem)
})
