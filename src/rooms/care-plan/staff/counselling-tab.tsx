import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateInput,
  DateText,
  DraftForm,
  Empty,
  Field,
  InstantText,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useOpened,
  useSay,
  useT,
  useToday,
  requestId,
} from '../../../platform/web/index.ts'
import { correctNote, listNotes, readNote, writeNote } from '../contract/team.ts'

const CHANGED = [listNotes, readNote]
interface Written {
  heldOn: string
  text: string
  because?: string
}

/** 咨询记录: one's own, and nobody else's. */
export function CounsellingTab({ patientId }: { patientId: string }) {
  const t = useT('care-plan')
  const opened = useOpened('note')
  const [writing, setWriting] = useState(false)
  const params = { patientId: patientId as never }
  const { data, error, refetch } = useApi(listNotes, { params })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const begin = <Button onClick={() => setWriting(true)}>{t('note.new')}</Button>
  return (
    <Stack>
      <p className="pb-hint">{t('note.hint')}</p>
      {data.notes.length === 0 ? (
        <Empty title={t('note.empty')} action={begin} />
      ) : (
        <Card title={t('tab.counselling')} extra={begin}>
          <ul className="cp-log">
            {data.notes.map((note) => (
              <li key={note.id}>
                <button type="button" className="pb-link" onClick={() => opened.open(note.id)}>
                  <DateText date={note.heldOn} />
                </button>{' '}
                <span className="pb-hint">
                  {note.correctedAt && t('note.corrected')} <InstantText at={note.writtenAt} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {opened.id && <NoteDrawer patientId={patientId} noteId={opened.id} onClose={opened.close} />}
      {writing && <WriteDrawer patientId={patientId} onClose={() => setWriting(false)} />}
    </Stack>
  )
}

function NoteDrawer({ patientId, noteId, onClose }: { patientId: string; noteId: string; onClose: () => void }) {
  const t = useT('care-plan')
  const [correcting, setCorrecting] = useState(false)
  const { data, error, refetch } = useApi(readNote, {
    params: { patientId: patientId as never, noteId: noteId as never },
  })
  return (
    <SideDrawer title={t('tab.counselling')} open onClose={onClose}>
      {error ? (
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : correcting ? (
        <NoteForm
          patientId={patientId}
          noteId={noteId}
          initial={{ heldOn: data.heldOn, text: data.text }}
          onClose={onClose}
        />
      ) : (
        <Stack>
          <h3>
            <DateText date={data.heldOn} />
          </h3>
          <p className="cp-note">{data.text}</p>
          {data.because && <p className="pb-hint">{t('note.because', { because: data.because })}</p>}
          <div>
            <Button onClick={() => setCorrecting(true)}>{t('note.correct')}</Button>
          </div>
          {data.former.map((one) => (
            <details key={one.writtenAt}>
              <summary>
                {t('note.former')} <InstantText at={one.writtenAt} />
              </summary>
              <p className="cp-note">{one.text}</p>
            </details>
          ))}
        </Stack>
      )}
    </SideDrawer>
  )
}

function WriteDrawer({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useT('care-plan')
  const today = useToday()
  return (
    <SideDrawer title={t('note.new')} open onClose={onClose}>
      <NoteForm patientId={patientId} initial={{ heldOn: today }} onClose={onClose} />
    </SideDrawer>
  )
}

interface FormProps {
  patientId: string
  noteId?: string
  initial: Partial<Written>
  onClose: () => void
}

/** Kept nowhere but on the server: no draft of it stays in the browser. */
function NoteForm({ patientId, noteId, initial, onClose }: FormProps) {
  const t = useT('care-plan')
  const say = useSay()
  const [id] = useState(requestId)
  const write = useAction(writeNote, { invalidates: CHANGED })
  const correct = useAction(correctNote, { invalidates: CHANGED })
  const submit = async ({ heldOn, text, because = '' }: Written) => {
    const params = { patientId: patientId as never }
    if (noteId)
      await correct.mutateAsync({ params: { ...params, noteId: noteId as never }, body: { id, heldOn, text, because } })
    else await write.mutateAsync({ params, body: { id, heldOn, text } })
    say.done(t('said.noted'))
    onClose()
  }
  return (
    <DraftForm<Written>
      name={`counselling-${noteId ?? patientId}`}
      keepDraft={false}
      initial={initial}
      submit={t('act.keep')}
      onCancel={onClose}
      onSubmit={submit}
    >
      <Field name="heldOn" label={t('note.heldOn')} required>
        <DateInput />
      </Field>
      <Field name="text" label={t('note.text')} required>
        <Input.TextArea maxLength={20_000} autoSize={{ minRows: 8, maxRows: 24 }} />
      </Field>
      {noteId && (
        <Field name="because" label={t('note.why')} required>
          <Input maxLength={300} />
        </Field>
      )}
    </DraftForm>
  )
}
