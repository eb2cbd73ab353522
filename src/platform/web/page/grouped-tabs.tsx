import { useState } from 'react'
import { z } from 'zod'
import { chosenTab, groupTabs, type GroupedTab, type TabGroup } from './tab-groups.ts'
import { TabSet } from './tab-set.tsx'
import { useAddress } from './use-address.ts'

const ADDRESS = z.object({ tab: z.string().optional() })

export interface GroupedTabsProps {
  /** What the whole is, for screen readers. */
  label: string
  groups: readonly Omit<TabGroup, 'items'>[]
  items: readonly GroupedTab[]
}

/**
 * Tabs in two levels where one line could not be overseen. The address names the tab alone, `?tab=results`, so that links
 * hold when a tab moves to another group; a group opens where one has last been in it.
 */
export function GroupedTabs({ label, groups, items }: GroupedTabsProps) {
  const [state, change] = useAddress(ADDRESS)
  const [last, setLast] = useState<Record<string, string>>({})
  const shown = groupTabs(groups, items)
  const chosen = chosenTab(shown, state.tab)
  if (!chosen) return null
  const { group: open, tab } = chosen
  const go = (key: string | undefined) => {
    setLast({ ...last, [open.key]: tab.key })
    change({ tab: key === shown[0]?.items[0]?.key ? undefined : key })
  }
  const goToGroup = (key: string) => {
    const group = shown.find((one) => one.key === key)
    go(group?.items.find((item) => item.key === last[key])?.key ?? group?.items[0]?.key)
  }
  const parts = shown.map((group) => ({
    key: group.key,
    label: group.label,
    content:
      group.items.length === 1 ? (
        group.items[0]?.content
      ) : (
        <TabSet label={group.label} look="within" items={group.items} active={tab.key} onChange={go} />
      ),
  }))
  return <TabSet label={label} look="parts" items={parts} active={open.key} onChange={goToGroup} />
}
