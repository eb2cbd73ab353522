import { CloseOutlined } from '@ant-design/icons'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { Go, ProblemAlert, Row, useAction, useApi, useT } from '../../../platform/web/index.ts'
import type { TaskFilter } from '../contract/task.ts'
import { listFilters, removeFilter, saveFilter } from '../contract/workbench.ts'

/** Filters kept under a name, with the person and not with the browser: one click each. */
export function FilterMenu({ filter }: { filter: Record<string, unknown> }) {
  const t = useT('task')
  const { data } = useApi(listFilters)
  const remove = useAction(removeFilter, { invalidates: [listFilters] })
  const filters = data?.filters ?? []
  const isSet = Object.values(filter).some((value) => value !== undefined)
  const isKept = filters.some((kept) => addressOf(kept.filter) === addressOf(filter))
  if (filters.length === 0 && !isSet) return null
  return (
    <Row>
      {filters.map(({ id, name, filter: kept }) => (
        <span key={id} className="pb-tag">
          <Go to={addressOf(kept)}>{name}</Go>
          <button type="button" className="pb-link" aria-label={t('filter.remove', { name })} onClick={() => remove.mutate({ params: { filterId: id } })}>
            <CloseOutlined style={{ fontSize: 10, marginLeft: 6 }} />
          </button>
        </span>
      ))}
      {isSet && !isKept && <KeepFilter filter={filter as TaskFilter} />}
    </Row>
  )
}

function KeepFilter({ filter }: { filter: TaskFilter }) {
  const t = useT('task')
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = useAction(saveFilter, {
    invalidates: [listFilters],
    onDone: () => {
      setName('')
      setOpen(false)
    },
  })
  const keep = () => name.trim() && save.mutate({ body: { name: name.trim(), filter } })
  const content = (
    <div className="pb-stack pb-stack-tight">
      <ProblemAlert problem={save.error} />
      <Row>
        <Input size="small" style={{ width: 160 }} maxLength={30} aria-label={t('filter.name')} placeholder={t('filter.name')} value={name} onChange={({ target }) => setName(target.value)} onPressEnter={keep} />
        <Button size="small" type="primary" disabled={!name.trim()} loading={save.isPending} onClick={keep}>
          {t('filter.keep')}
        </Button>
      </Row>
    </div>
  )
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} content={content}>
      <Button type="link" size="small">
        {t('filter.save')}
      </Button>
    </Popover>
  )
}

/** The list's address with a filter set, its parts in one order. */
export function addressOf(filter: Record<string, unknown>): string {
  const parts = Object.entries(filter).filter(([, value]) => value !== undefined).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const search = new URLSearchParams(parts.map(([key, value]) => [key, String(value)])).toString()
  return search ? `/tasks?${search}` : '/tasks'
}
