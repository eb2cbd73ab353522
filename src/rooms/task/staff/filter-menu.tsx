import { CloseOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { Go, ProblemAlert, useAction, useApi, useT } from '../../../platform/web/index.ts'
import { addressOf } from './filter-address.ts'
import type { TaskFilter } from '../contract/task.ts'
import { listFilters, removeFilter, saveFilter } from '../contract/workbench.ts'

/** Filters kept under a name, with the person and not with the browser. */
export function FilterMenu({ filter }: { filter: Record<string, unknown> }) {
  const t = useT('task')
  return (
    <Popover trigger="click" placement="bottomRight" content={<Kept filter={filter} />}>
      <Button type="text" size="small" icon={<StarOutlined />}>
        {t('filter.title')}
      </Button>
    </Popover>
  )
}

function Kept({ filter }: { filter: Record<string, unknown> }) {
  const t = useT('task')
  const { data, error } = useApi(listFilters)
  const remove = useAction(removeFilter, { invalidates: [listFilters] })
  const filters = data?.filters ?? []
  const isSet = Object.values(filter).some((value) => value !== undefined)
  return (
    <div className="pb-stack pb-stack-tight pb-views">
      <ProblemAlert problem={error} />
      {data && filters.length === 0 && <p className="pb-hint">{t('filter.none')}</p>}
      <ul>
        {filters.map(({ id, name, filter: kept }) => (
          <li key={id}>
            <Go to={addressOf(kept)}>{name}</Go>
            <button type="button" className="pb-link" aria-label={t('filter.remove', { name })} onClick={() => remove.mutate({ params: { filterId: id } })}>
              <CloseOutlined />
            </button>
          </li>
        ))}
      </ul>
      {isSet && <KeepFilter filter={filter as TaskFilter} />}
    </div>
  )
}

function KeepFilter({ filter }: { filter: TaskFilter }) {
  const t = useT('task')
  const [name, setName] = useState('')
  const save = useAction(saveFilter, { invalidates: [listFilters], onDone: () => setName('') })
  const keep = () => name.trim() && save.mutate({ body: { name: name.trim(), filter } })
  return (
    <>
      <ProblemAlert problem={save.error} />
      <div className="pb-views-new">
        <Input size="small" maxLength={30} aria-label={t('filter.name')} placeholder={t('filter.name')} value={name} onChange={({ target }) => setName(target.value)} onPressEnter={keep} />
        <Button size="small" disabled={!name.trim()} loading={save.isPending} onClick={keep}>
          {t('filter.keep')}
        </Button>
      </div>
    </>
  )
}
