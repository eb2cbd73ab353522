import { Tabs } from 'antd'
import { Suspense, useMemo, type ReactNode } from 'react'
import { z } from 'zod'
import { Loading } from '../feedback/loading.tsx'
import { useAddress } from './use-address.ts'

export interface TabItem {
  key: string
  label: ReactNode
  content: ReactNode
}

/** Tabs whose choice stands in the address: `?tab=results`. The first is the one without a word. */
export function AddressTabs({ name = 'tab', items }: { name?: string; items: readonly TabItem[] }) {
  const schema = useMemo(() => z.object({ [name]: z.string().optional() }), [name])
  const [state, change] = useAddress(schema)
  const first = items[0]?.key
  const active = items.some(({ key }) => key === state[name]) ? state[name] : first
  return (
    <Tabs
      activeKey={active ?? ''}
      onChange={(key) => change({ [name]: key === first ? undefined : key })}
      destroyOnHidden
      items={items.map(({ key, label, content }) => ({ key, label, children: <Suspense fallback={<Loading />}>{content}</Suspense> }))}
    />
  )
}
