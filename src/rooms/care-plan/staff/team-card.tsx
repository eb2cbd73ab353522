import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import {
  Card,
  DraftForm,
  Field,
  InstantText,
  Loading,
  ProblemAlert,
  requestId,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import {
  careTeam,
  handOverNote,
  joinTeam,
  leaveTeam,
  MEMBER_ROLES,
  seeNote,
  type MemberRole,
} from '../contract/team.ts'

type Team = NonNullable<ReturnType<typeof useApi<typeof careTeam>>['data']>
type Carer = Team['carers'][number]
type Note = Team['notes'][number]

/** 照护团队: who looks after this person and as what, and what they leave for each other. */
export function TeamCard({ patientId }: { patientId: string }) {
  const t = useT('care-plan')
  const [joining, setJoining] = useState(false)
  const { data, error, refetch } = useApi(careTeam, { params: { patientId: patientId as never } })
  return (
    <Card
      title={t('team.title')}
      extra={data?.can.change && <Button onClick={() => setJoining(true)}>{t('team.join')}</Button>}
    >
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading lines={2} />}
      {data && (
        <Stack tight>
          <Row>
            {data.carers.length === 0 && <span className="pb-hint">{t('team.nobody')}</span>}
            {data.carers.map((carer) => (
              <Member key={carer.id} patientId={patientId} carer={carer} canChange={data.can.change} />
            ))}
          </Row>
          <NoteForm patientId={patientId} carers={data.carers} />
          {data.notes.map((note) => (
            <NoteLine key={note.id} patientId={patientId} note={note} />
          ))}
        </Stack>
      )}
      {joining && <JoinDrawer patientId={patientId} team={data?.carers ?? []} onClose={() => setJoining(false)} />}
    </Card>
  )
}

/** A role badge and a name; who was taken in besides the three carers can be taken out again. */
function Member({ patientId, carer, canChange }: { patientId: string; carer: Carer; canChange: boolean }) {
  const t = useT('care-plan')
  const say = useSay()
  const params = { patientId: patientId as never, staffId: carer.id }
  const join = useAction(joinTeam, { invalidates: [careTeam] })
  const leave = useAction(leaveTeam, {
    invalidates: [careTeam],
    onDone: () =>
      say.undoable({
        text: t('said.left'),
        undo: () => join.mutateAsync({ params, body: { role: carer.role as MemberRole } }),
      }),
  })
  const isAdded = (MEMBER_ROLES as readonly string[]).includes(carer.role)
  return (
    <span className="pb-nowrap">
      <Status>{t(`team.${carer.role}`)}</Status> {carer.name}
      {canChange && isAdded && (
        <Button
          size="small"
          type="text"
          aria-label={`${t('team.leave')} ${carer.name}`}
          onClick={() => leave.mutate({ params }, { onError: say.problem })}
        >
          {t('team.leave')}
        </Button>
      )}
    </span>
  )
}

function NoteLine({ patientId, note }: { patientId: string; note: Note }) {
  const t = useT('care-plan')
  const say = useSay()
  const see = useAction(seeNote, { invalidates: [careTeam], onDone: () => say.done(t('said.seen')) })
  const params = { patientId: patientId as never, noteId: note.id }
  return (
    <p className={note.waits ? 'cp-note-waits' : undefined}>
      {note.text}{' '}
      <span className="pb-hint">
        {note.role && <Status>{t(`team.${note.role}`)}</Status>} {note.byName}{' '}
        {note.toName && t('team.for', { name: note.toName })} <InstantText at={note.at} />
        {note.toName && !note.waits && <> · {t(note.seenAt ? 'team.seen' : 'team.unseen', { name: note.toName })}</>}
      </span>{' '}
      {note.waits && (
        <Button size="small" type="primary" onClick={() => see.mutate({ params, body: {} }, { onError: say.problem })}>
          {t('team.markSeen')}
        </Button>
      )}
    </p>
  )
}

function NoteForm({ patientId, carers }: { patientId: string; carers: readonly Carer[] }) {
  const t = useT('care-plan')
  const say = useSay()
  const [text, setText] = useState('')
  const [toId, setToId] = useState<string>()
  const leave = useAction(handOverNote, {
    invalidates: [careTeam],
    onDone: () => {
      say.done(t('said.noted'))
      setText('')
      setToId(undefined)
    },
  })
  const keep = () =>
    leave.mutate(
      { params: { patientId: patientId as never }, body: { id: requestId(), text, toId: (toId ?? null) as never } },
      { onError: say.problem },
    )
  return (
    <div className="cp-line">
      <Input.TextArea
        aria-label={t('team.note')}
        placeholder={t('team.note')}
        value={text}
        maxLength={1000}
        autoSize={{ minRows: 1, maxRows: 4 }}
        style={{ flex: '2 1 240px' }}
        onChange={(e) => setText(e.target.value)}
      />
      <Select
        allowClear
        aria-label={t('team.to')}
        placeholder={t('team.toAll')}
        value={toId}
        style={{ flex: '1 1 140px' }}
        options={carers.map(({ id, name, role }) => ({
          value: id as string,
          label: `${name}（${t(`team.${role}`)}）`,
        }))}
        onChange={setToId}
      />
      <Button disabled={text.trim().length < 2} loading={leave.isPending} onClick={keep}>
        {t('act.note')}
      </Button>
    </div>
  )
}

interface JoinProps {
  patientId: string
  team: readonly Carer[]
  onClose: () => void
}

function JoinDrawer({ patientId, team, onClose }: JoinProps) {
  const t = useT('care-plan')
  const say = useSay()
  const directory = useApi(listDirectory, { query: { limit: 500 } as never })
  const known = new Set<string>(team.map(({ id }) => id))
  const people = (directory.data?.staff ?? []).flatMap(({ id, name, title }) =>
    known.has(id) ? [] : [{ value: id as string, label: title ? `${name}（${title}）` : name }],
  )
  const join = useAction(joinTeam, { invalidates: [careTeam] })
  const submit = async ({ who, role }: { who: string; role: MemberRole }) => {
    await join.mutateAsync({ params: { patientId: patientId as never, staffId: who as never }, body: { role } })
    say.done(t('said.joined'))
    onClose()
  }
  return (
    <SideDrawer title={t('team.joinTitle')} open onClose={onClose}>
      <DraftForm
        name={`join-${patientId}`}
        keepDraft={false}
        submit={t('team.join')}
        onCancel={onClose}
        onSubmit={submit}
      >
        <Field name="who" label={t('team.who')} required extra={t('team.joinHint')}>
          <Select options={people} showSearch={{ optionFilterProp: 'label' }} />
        </Field>
        <Field name="role" label={t('team.as')} required>
          <Select options={MEMBER_ROLES.map((value) => ({ value, label: t(`team.${value}`) }))} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
