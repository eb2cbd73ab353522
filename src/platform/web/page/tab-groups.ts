import type { TabItem } from './tab-set.tsx'

export interface GroupedTab extends TabItem {
  group: string
  label: string
}
export interface TabGroup {
  key: string
  label: string
  items: GroupedTab[]
}

/**
 * The groups that hold something, in their order; tabs keep theirs. A group of one bears the name of the one it holds: a
 * click less to find out what is in it.
 */
export function groupTabs(groups: readonly Omit<TabGroup, 'items'>[], tabs: readonly GroupedTab[]): TabGroup[] {
  return groups.flatMap(({ key, label }) => {
    const items = tabs.filter((tab) => tab.group === key)
    return items.length === 0 ? [] : [{ key, items, label: items.length === 1 ? items[0]!.label : label }]
  })
}

/** The tab that an address asks for; the very first where it asks for none, or for one that this reader has not. */
export function chosenTab(
  groups: readonly TabGroup[],
  asked: string | undefined,
): { group: TabGroup; tab: GroupedTab } | undefined {
  const all = groups.flatMap((group) => group.items.map((tab) => ({ group, tab })))
  return all.find(({ tab }) => tab.key === asked) ?? all[0]
}
