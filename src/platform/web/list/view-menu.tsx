import { CloseOutlined, StarOutlined } from '@ant-design/icons'
import { useLocation } from '@tanstack/react-router'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { useT } from '../language/use-t.ts'
import { Go } from '../page/go.tsx'
import { addView, readViews, removeView, type SavedView } from './saved-views.ts'

/** Filters under a name, remembered by this browser for this list. */
export function ViewMenu({ list }: { list: string }) {
  const t = useT('web')
  const kept = `peiban.views.${list}`
  const { pathname, searchStr } = useLocation()
  const [views, setViews] = useState(() => readViews(localStorage.getItem(kept)))
  const [name, setName] = useState('')
  const keep = (changed: SavedView[]) => {
    localStorage.setItem(kept, JSON.stringify(changed))
    setViews(changed)
  }
  const save = () => {
    if (!name.trim()) return
    keep(addView(views, { name: name.trim(), search: searchStr }))
    setName('')
  }
  const content = (
    <div className="pb-stack pb-stack-tight pb-views">
      {views.length === 0 && <p className="pb-hint">{t('views.none')}</p>}
      <ul>
        {views.map((view) => (
          <li key={view.name}>
            <Go to={pathname + view.search}>{view.name}</Go>
            <button type="button" className="pb-link" aria-label={t('views.remove', { name: view.name })} onClick={() => keep(removeView(views, view.name))}>
              <CloseOutlined />
            </button>
          </li>
        ))}
      </ul>
      {searchStr && (
        <div className="pb-views-new">
          <Input size="small" maxLength={30} aria-label={t('views.name')} placeholder={t('views.name')} value={name} onChange={({ target }) => setName(target.value)} onPressEnter={save} />
          <Button size="small" onClick={save} disabled={!name.trim()}>
            {t('views.save')}
          </Button>
        </div>
      )}
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button type="text" size="small" icon={<StarOutlined />}>
        {t('views.title')}
      </Button>
    </Popover>
  )
}
