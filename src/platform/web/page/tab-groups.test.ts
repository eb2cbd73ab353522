import { describe, expect, test } from 'vitest'
import { chosenTab, groupTabs } from './tab-groups.ts'

const GROUPS = ['overview', 'record', 'care'].map((key) => ({ key, label: key.toUpperCase() }))
const tab = (key: string, group: string) => ({ key, group, label: `the ${key}` })

describe('groups of tabs', () => {
  const groups = groupTabs(GROUPS, [tab('tasks', 'care'), tab('timeline', 'record'), tab('plan', 'care')])

  test('stand in their own order, the tabs in theirs, and what holds nothing is left out', () => {
    expect(groups.map(({ key, items }) => [key, items.map((item) => item.key)])).toEqual([
      ['record', ['timeline']],
      ['care', ['tasks', 'plan']],
    ])
  })

  test('bear the name of their only tab', () => {
    expect(groups.map(({ label }) => label)).toEqual(['the timeline', 'CARE'])
  })

  test.each([
    ['plan', 'care', 'plan'],
    ['timeline', 'record', 'timeline'],
    [undefined, 'record', 'timeline'],
    ['nothing-such', 'record', 'timeline'],
    ['record', 'record', 'timeline'],
  ])('an address that asks for %s opens %s, %s', (asked, group, key) => {
    const chosen = chosenTab(groups, asked)
    expect([chosen?.group.key, chosen?.tab.key]).toEqual([group, key])
  })

  test('of nothing choose nothing', () => {
    expect(chosenTab(groupTabs(GROUPS, []), 'plan')).toBeUndefined()
  })
})
