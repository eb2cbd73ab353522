import { useMemo } from 'react'
import { z } from 'zod'
import { TabSet, type TabItem } from './tab-set.tsx'
import { useAddress } from './use-address.ts'

/** Tabs whose choice stands in the address: `?tab=results`. The first is the one without a word. */
export function AddressTabs({ name = 'tab', items }: { name?: string; items: readonly TabItem[] }) {
  const schema = useMemo(() => z.object({ [name]: z.string().optional() }), [name])
  const [state, change] = useAddress(schema)
  const first = items[0]?.key
  const active = items.some(({ key }) => key === state[name]) ? state[name] : first
  return (
    <TabSet
      items={items}
      active={active ?? ''}
      onChange={(key) => change({ [name]: key === first ? undefined : key })}
    />
  )
}
