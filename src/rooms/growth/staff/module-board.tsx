import { Button, Input } from 'antd'
import { useState } from 'react'
import { Columns, DateInput, RelativeDay, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  addItem,
  MODULES,
  settleItem,
  type EnrolmentView,
  type getProgramme,
  type ItemView,
  type ModuleName,
} from '../contract/growth.ts'
import { CHANGED } from './changed.ts'
import { useWords } from './words.ts'

type About = OutputOf<typeof getProgramme>['modules'][number]

/** 评估、中医、家庭、运动、心理: what is to be done in each, and what was. */
export function ModuleBoard({
  patientId,
  enrolment,
  abouts,
  canWrite,
}: {
  patientId: string
  enrolment: EnrolmentView
  abouts: readonly About[]
  canWrite: boolean
}) {
  const t = useT('growth')
  const [showsDone, showDone] = useState(false)
  const done = enrolment.items.filter(({ state }) => state !== 'open').length
  return (
    <Stack tight>
      <Columns minPx={190}>
        {MODULES.map((module) => (
          <Module
            key={module}
            module={module}
            about={abouts.find((one) => one.module === module)}
            patientId={patientId}
            items={enrolment.items.filter((item) => item.module === module && (showsDone || item.state === 'open'))}
            canWrite={canWrite}
          />
        ))}
      </Columns>
      {done > 0 && (
        <div>
          <button type="button" className="pb-link" onClick={() => showDone(!showsDone)}>
            {t(showsDone ? 'item.hideDone' : 'item.showDone', { count: done })}
          </button>
        </div>
      )}
    </Stack>
  )
}

function Module({
  module,
  about,
  patientId,
  items,
  canWrite,
}: {
  module: ModuleName
  about: About | undefined
  patientId: string
  items: readonly ItemView[]
  canWrite: boolean
}) {
  const t = useT('growth')
  const inWords = useWords()
  const [adding, setAdding] = useState(false)
  return (
    <section aria-label={t(`module.${module}`)}>
      <h3 style={{ margin: '0 0 6px' }}>{t(`module.${module}`)}</h3>
      {about && (
        <details className="pb-hint pb-unprinted">
          <summary>{t('item.about')}</summary>
          {inWords(about.about)}
        </details>
      )}
      {items.length === 0 && <p className="pb-hint">{t('item.none')}</p>}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {items.map((item) => (
          <Item key={`${item.id} ${item.version}`} item={item} patientId={patientId} canWrite={canWrite} />
        ))}
      </ul>
      {canWrite && !adding && (
        <button type="button" className="pb-link pb-unprinted" onClick={() => setAdding(true)}>
          {t('item.add')}
          <span className="pb-sr">{t(`module.${module}`)}</span>
        </button>
      )}
      {adding && <AddItem module={module} patientId={patientId} onDone={() => setAdding(false)} />}
    </section>
  )
}

function Item({ item, patientId, canWrite }: { item: ItemView; patientId: string; canWrite: boolean }) {
  const t = useT('growth')
  const say = useSay()
  const [result, setResult] = useState('')
  const [closing, setClosing] = useState(false)
  const settle = useAction(settleItem, { invalidates: CHANGED })
  const set = (state: ItemView['state'], version: number, text = '') =>
    settle.mutateAsync({
      params: { patientId: patientId as never, itemId: item.id },
      body: { state, result: text, version },
    })
  const finish = async (state: 'done' | 'dropped') => {
    try {
      await set(state, item.version, result)
      say.undoable({ text: t(`item.${state}Said`), undo: () => set('open', item.version + 1) })
    } catch (error) {
      say.problem(error)
    }
  }
  const isOpen = item.state === 'open'
  return (
    <li style={{ padding: '6px 0', borderTop: '1px solid var(--pb-line)' }}>
      <div style={isOpen ? {} : { color: 'var(--pb-lighter)' }}>
        {item.title}{' '}
        <span className="pb-hint">
          {isOpen ? (
            <RelativeDay date={item.dueOn} due />
          ) : (
            t(`item.${item.state}By`, { on: item.doneOn ?? '', name: item.doneBy ?? '' })
          )}
        </span>
      </div>
      {item.result && <div className="pb-hint">{item.result}</div>}
      {canWrite && isOpen && !closing && (
        <Button size="small" className="pb-unprinted" style={{ marginTop: 4 }} onClick={() => setClosing(true)}>
          {t('item.done')}
          <span className="pb-sr">{item.title}</span>
        </Button>
      )}
      {closing && (
        <div className="pb-stack pb-stack-tight">
          <Input.TextArea
            value={result}
            onChange={(event) => setResult(event.target.value)}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={500}
            aria-label={t('item.result')}
            placeholder={t('item.result')}
          />
          <div className="pb-row">
            <Button size="small" type="primary" loading={settle.isPending} onClick={() => void finish('done')}>
              {t('item.save')}
            </Button>
            <Button size="small" onClick={() => void finish('dropped')}>
              {t('item.drop')}
            </Button>
            <Button size="small" type="text" onClick={() => setClosing(false)}>
              {t('item.cancel')}
            </Button>
          </div>
        </div>
      )}
    </li>
  )
}

function AddItem({ module, patientId, onDone }: { module: ModuleName; patientId: string; onDone: () => void }) {
  const t = useT('growth')
  const say = useSay()
  const [title, setTitle] = useState('')
  const [dueOn, setDueOn] = useState<string>()
  const add = useAction(addItem, { invalidates: CHANGED, onDone })
  const body = { module, title: title.trim(), dueOn: dueOn ?? null }
  return (
    <div className="pb-stack pb-stack-tight">
      <Input
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        maxLength={120}
        aria-label={t('item.title')}
        placeholder={t('item.title')}
        autoFocus
      />
      <DateInput value={dueOn ?? null} onChange={setDueOn} placeholder={t('item.dueOn')} aria-label={t('item.dueOn')} />
      <div className="pb-row">
        <Button
          size="small"
          type="primary"
          disabled={title.trim().length < 2}
          loading={add.isPending}
          onClick={() => add.mutate({ params: { patientId: patientId as never }, body }, { onError: say.problem })}
        >
          {t('item.keep')}
        </Button>
        <Button size="small" type="text" onClick={onDone}>
          {t('item.cancel')}
        </Button>
      </div>
    </div>
  )
}
