import { expect, test } from 'vitest'
import type { PatientTab } from '../../../platform/web/index.ts'
import { openingTab } from './opening-tab.ts'

const tab = (key: string, group: PatientTab['group']) => ({ key, group, label: key, order: 1, component: () => null })

test('a file opens with the tab that the address names, else with the first of the overview, if there is one', () => {
  const tabs = [tab('log', 'contact'), tab('overview', 'overview')]
  const opened = (all: PatientTab[], asked?: unknown) => openingTab(all, asked).map(({ key }) => key)
  expect(opened(tabs)).toEqual(['overview'])
  expect(opened(tabs, 'log')).toEqual(['log'])
  expect(opened(tabs, 'no such tab')).toEqual(['overview'])
  expect(opened([tab('log', 'contact')])).toEqual([])
})
