import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateInput,
  DateText,
  DraftForm,
  Empty,
  Facts,
  Field,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
  useToday,
  requestId,
} from '../../../platform/web/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import { discardMeeting, listMeetings, saveMeeting, signMeeting, type MeetingView } from '../contract/mdt.ts'

/** 多学科会诊: who, what was asked, what was seen, what follows. */
export function MdtTab({ patientId }: { patientId: string }) {
  const t = useT('care-plan')
  const [editing, setEditing] = useState<MeetingView | 'new'>()
  const { data, error, refetch } = useApi(listMeetings, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const begin = data.can.draft && <Button onClick={() => setEditing('new')}>{t('mdt.new')}</Button>
  return (
    <Stack>
      {data.meetings.length === 0 ? (
        <Empty title={t('mdt.empty')} hint={t('mdt.emptyHint')} action={begin} />
      ) : (
        begin && <div>{begin}</div>
      )}
      {data.meetings.map((meeting) => (
        <Meeting key={meeting.id} patientId={patientId} meeting={meeting} onEdit={() => setEditing(meeting)} />
      ))}
      {editing && (
        <MeetingDrawer
          patientId={patientId}
          {...(editing !== 'new' && { meeting: editing })}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Stack>
  )
}

function Meeting({ patientId, meeting, onEdit }: { patientId: string; meeting: MeetingView; onEdit: () => void }) {
  const t = useT('care-plan')
  const say = useSay()
  const params = { patientId: patientId as never, meetingId: meeting.id }
  const sign = useAction(signMeeting, { invalidates: [listMeetings], onDone: () => say.done(t('said.meetingSigned')) })
  const discard = useAction(discardMeeting, { invalidates: [listMeetings] })
  const onError = say.problem
  return (
    <Card
      title={meeting.question}
      extra={<Status tone={meeting.state === 'signed' ? 'good' : 'due'}>{t(`mdtState.${meeting.state}`)}</Status>}
    >
      <Stack tight>
        <Facts
          items={[
            [t('mdt.heldOn'), <DateText key="on" date={meeting.heldOn} />],
            [t('mdt.chair'), meeting.chairName],
            [t('mdt.members'), meeting.members.map(({ name, role }) => `${name}（${role}）`).join('、')],
            [t('mdt.material'), meeting.material],
            [t('mdt.conclusion'), meeting.conclusion],
            [
              t('mdt.tasks'),
              meeting.tasks
                .map(({ title, dueOn, ownerName }) => `${title}（${dueOn}${ownerName ? ` ${ownerName}` : ''}）`)
                .join('；'),
            ],
          ]}
        />
        {meeting.signedAt && (
          <p className="pb-hint">
            {t('mdt.signedBy', { name: meeting.signedBy ?? '' })} <InstantText at={meeting.signedAt} />
          </p>
        )}
        <Row>
          {meeting.can.includes('sign') && (
            <Button
              type="primary"
              onClick={() => sign.mutate({ params, body: { revision: meeting.revision } }, { onError })}
            >
              {t('mdt.sign')}
            </Button>
          )}
          {meeting.can.includes('change') && <Button onClick={onEdit}>{t('act.edit')}</Button>}
          {meeting.can.includes('discard') && (
            <Button type="text" onClick={() => discard.mutate({ params }, { onError })}>
              {t('act.discard')}
            </Button>
          )}
        </Row>
      </Stack>
    </Card>
  )
}

interface Written {
  heldOn: string
  chairId: string
  staff?: string[]
  guests?: string
  question: string
  material?: string
  conclusion?: string
  task?: string
  taskOn?: string
  taskFor?: string
}

function MeetingDrawer({
  patientId,
  meeting,
  onClose,
}: {
  patientId: string
  meeting?: MeetingView
  onClose: () => void
}) {
  const t = useT('care-plan')
  const say = useSay()
  const today = useToday()
  const [meetingId] = useState(() => meeting?.id ?? requestId())
  const directory = useApi(listDirectory, { query: { limit: 500 } as never })
  const people = (directory.data?.staff ?? []).map(({ id, name }) => ({ value: id as string, label: name }))
  const nameOf = (id: string) => people.find(({ value }) => value === id)?.label ?? ''
  const save = useAction(saveMeeting, { invalidates: [listMeetings] })
  const submit = async (written: Written) => {
    const {
      heldOn,
      chairId,
      staff = [],
      guests = '',
      question,
      material = '',
      conclusion = '',
      task,
      taskOn,
      taskFor,
    } = written
    const members = [
      ...[...new Set([chairId, ...staff])].map((id) => ({
        staffId: id as never,
        name: nameOf(id),
        role: t(id === chairId ? 'mdt.chair' : 'mdt.member'),
      })),
      ...guests
        .split(/[，,、]/)
        .flatMap((name) => (name.trim() ? [{ staffId: null, name: name.trim(), role: t('mdt.guest') }] : [])),
    ]
    const tasks = task ? [{ title: task, dueOn: taskOn ?? today, ownerId: (taskFor ?? null) as never }] : []
    const body = {
      heldOn,
      chairId: chairId as never,
      members,
      question,
      material,
      conclusion,
      tasks,
      revision: meeting?.revision ?? 0,
    }
    await save.mutateAsync({ params: { patientId: patientId as never, meetingId: meetingId as never }, body })
    say.done(t('said.drafted'))
    onClose()
  }
  const [first] = meeting?.tasks ?? []
  const initial: Partial<Written> = meeting
    ? {
        ...meeting,
        staff: meeting.members.flatMap(({ staffId }) => staffId ?? []),
        guests: meeting.members.flatMap(({ staffId, name }) => (staffId ? [] : [name])).join('、'),
        ...(first && { task: first.title, taskOn: first.dueOn, ...(first.ownerId && { taskFor: first.ownerId }) }),
      }
    : { heldOn: today }
  return (
    <SideDrawer title={t(meeting ? 'act.edit' : 'mdt.new')} open onClose={onClose}>
      <DraftForm<Written>
        name={`mdt-${meeting?.id ?? patientId}`}
        initial={initial}
        submit={t('act.saveDraft')}
        onCancel={onClose}
        onSubmit={submit}
      >
        <Field name="heldOn" label={t('mdt.heldOn')} required>
          <DateInput />
        </Field>
        <Field name="chairId" label={t('mdt.chair')} required>
          <Select options={people} showSearch={{ optionFilterProp: 'label' }} />
        </Field>
        <Field name="staff" label={t('mdt.colleagues')}>
          <Select mode="multiple" options={people} showSearch={{ optionFilterProp: 'label' }} />
        </Field>
        <Field name="guests" label={t('mdt.guests')}>
          <Input maxLength={200} />
        </Field>
        {(['question', 'material', 'conclusion'] as const).map((name) => (
          <Field key={name} name={name} label={t(`mdt.${name}`)} required={name === 'question'}>
            <Input.TextArea maxLength={1000} autoSize={{ minRows: 2, maxRows: 8 }} />
          </Field>
        ))}
        <Field name="task" label={t('mdt.task')}>
          <Input maxLength={120} />
        </Field>
        <div className="cp-line">
          <Field name="taskFor" label={t('mdt.taskFor')} style={{ flex: 1 }}>
            <Select allowClear options={people} showSearch={{ optionFilterProp: 'label' }} />
          </Field>
          <Field name="taskOn" label={t('mdt.taskOn')}>
            <DateInput />
          </Field>
        </div>
      </DraftForm>
    </SideDrawer>
  )
}
