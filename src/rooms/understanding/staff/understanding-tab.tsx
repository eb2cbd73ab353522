import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  Empty,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { endEntry, readUnderstanding, restoreEntry, type Entry, type Understanding } from '../contract/understanding.ts'
import { ENTRY_KINDS } from '../contract/words.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryLine } from './entry-line.tsx'
import { FormerCard } from './former-card.tsx'
import { PersonaCard } from './persona-card.tsx'

/** 理解卡: what somebody has said of themselves, and what follows from facts. */
export function UnderstandingTab({ patientId }: { patientId: string }) {
  const t = useT('understanding')
  const [form, setForm] = useState<Entry | 'new'>()
  const params = { patientId: patientId as never }
  const { data, error, refetch } = useApi(readUnderstanding, { params }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  const close = () => setForm(undefined)
  return (
    <Stack>
      <SaidCard patientId={patientId} data={data} onForm={setForm} />
      <PersonaCard patientId={patientId} lines={data.persona} />
      <FormerCard patientId={patientId} data={data} />
      <SideDrawer
        title={t(form === 'new' || form === undefined ? 'form.add' : 'form.correct')}
        open={form !== undefined}
        onClose={close}
      >
        {form !== undefined && (
          <EntryForm patientId={patientId} entry={form === 'new' ? undefined : form} onDone={close} />
        )}
      </SideDrawer>
    </Stack>
  )
}

interface SaidProps {
  patientId: string
  data: Understanding
  onForm: (form: Entry | 'new') => void
}

function SaidCard({ patientId, data, onForm }: SaidProps) {
  const t = useT('understanding')
  const add = data.can.write && (
    <Button type="primary" onClick={() => onForm('new')}>
      {t('tab.add')}
    </Button>
  )
  if (data.entries.length === 0)
    return (
      <Card title={t('tab.said')}>
        <Empty title={t('tab.none')} hint={t('tab.noneHint')} action={add} />
      </Card>
    )
  return (
    <Card title={t('tab.said')} extra={add}>
      <Stack>
        <p className="pb-hint">{t('tab.hint')}</p>
        {ENTRY_KINDS.map((kind) => {
          const own = data.entries.filter((entry) => entry.kind === kind)
          return (
            own.length > 0 && (
              <section key={kind} aria-label={t(`kind.${kind}`)}>
                <h3>{t(`kind.${kind}`)}</h3>
                <ul className="us-list">
                  {own.map((entry) => (
                    <li key={entry.id}>
                      <EntryLine entry={entry}>
                        {data.can.write && <Acts patientId={patientId} entry={entry} onForm={onForm} />}
                      </EntryLine>
                    </li>
                  ))}
                </ul>
              </section>
            )
          )
        })}
      </Stack>
    </Card>
  )
}

function Acts({ patientId, entry, onForm }: Omit<SaidProps, 'data'> & { entry: Entry }) {
  const t = useT('understanding')
  const say = useSay()
  const params = { patientId: patientId as never, entryId: entry.id }
  const restore = useAction(restoreEntry, { invalidates: [readUnderstanding] })
  const end = useAction(endEntry, {
    invalidates: [readUnderstanding],
    onDone: () => say.undoable({ text: t('tab.ended'), undo: () => restore.mutateAsync({ params, body: {} }) }),
  })
  return (
    <>
      <button type="button" className="pb-link" onClick={() => onForm(entry)}>
        {t('tab.correct')}
      </button>
      <button
        type="button"
        className="pb-link"
        disabled={end.isPending}
        onClick={() => end.mutate({ params, body: {} }, { onError: say.problem })}
      >
        {t('tab.end')}
      </button>
    </>
  )
}
