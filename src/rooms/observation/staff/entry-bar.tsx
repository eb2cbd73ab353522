import { Button, Dropdown } from 'antd'
import { DownOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { Row, useOpened, useT } from '../../../platform/web/index.ts'

/** What is entered most stands as a button, the rest in a menu. */
export const MEASUREMENTS = ['blood-pressure', 'body', 'glucose', 'indicator', 'lifestyle'] as const
export const FACT_ENTRIES = ['condition', 'medication', 'allergy', 'procedure', 'family-history', 'encounter'] as const
export type Entry = (typeof MEASUREMENTS)[number] | (typeof FACT_ENTRIES)[number]

export function isEntry(name: string | undefined): name is Entry {
  return name !== undefined && ([...MEASUREMENTS, ...FACT_ENTRIES] as string[]).includes(name)
}

export function EntryBar() {
  const t = useT('observation')
  const opened = useOpened('entry')
  const menu = [...FACT_ENTRIES, 'lifestyle'].map((key) => ({ key, label: t(`entry.${key}`) }))
  return (
    <Row>
      {(['blood-pressure', 'body', 'glucose', 'indicator'] as const).map((entry) => (
        <OpenEntry key={entry} entry={entry}>
          {t(`entry.${entry}`)}
        </OpenEntry>
      ))}
      <Dropdown menu={{ items: menu, onClick: ({ key }) => opened.open(key) }} trigger={['click']}>
        <Button>
          {t('entry.more')} <DownOutlined />
        </Button>
      </Dropdown>
    </Row>
  )
}

export function OpenEntry({ entry, children }: { entry: Entry; children: ReactNode }) {
  const opened = useOpened('entry')
  return <Button onClick={() => opened.open(entry)}>{children}</Button>
}
