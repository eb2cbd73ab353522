import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateText,
  Empty,
  Facts,
  Go,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { discardMeeting, listMeetings, signMeeting, type MeetingView } from '../contract/mdt.ts'
import { MeetingDrawer } from './meeting-drawer.tsx'
import './care-plan.css'

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
      title={meeting.question || t('mdt.noQuestion')}
      extra={<Status tone={meeting.state === 'signed' ? 'good' : 'due'}>{t(`mdtState.${meeting.state}`)}</Status>}
    >
      <Stack tight>
        <Facts
          items={[
            [t('mdt.heldOn'), <DateText key="on" date={meeting.heldOn} />],
            [t('mdt.chair'), meeting.chairName],
            [t('mdt.members'), meeting.members.map(({ name, role }) => `${name}（${role}）`).join('、')],
            [t('mdt.material'), meeting.material],
            [t('mdt.conclusion'), meeting.conclusion || t('mdt.noConclusion')],
          ]}
        />
        <MeetingTasks meeting={meeting} />
        <p className="pb-hint">
          {t('mdt.draftedBy', { name: meeting.draftedBy })}
          {meeting.signedAt && (
            <>
              {' · '}
              {t('mdt.signedBy', { name: meeting.signedBy ?? '' })} <InstantText at={meeting.signedAt} />
            </>
          )}
        </p>
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

/** What follows from it; once it is signed these are tasks, and each says whether it still waits. */
function MeetingTasks({ meeting: { tasks } }: { meeting: MeetingView }) {
  const t = useT('care-plan')
  if (tasks.length === 0) return <p className="pb-hint">{t('mdt.noTasks')}</p>
  return (
    <section aria-label={t('mdt.tasks')}>
      <h3>{t('mdt.tasks')}</h3>
      <ul className="cp-log">
        {tasks.map(({ title, dueOn, ownerName, taskId, open }) => (
          <li key={`${title} ${dueOn}`}>
            {taskId ? <Go to={`/tasks?task=${taskId}`}>{title}</Go> : title}{' '}
            <span className="pb-hint">
              {ownerName ?? t('mdt.pool')} <DateText date={dueOn} />
            </span>{' '}
            {open !== null && (
              <Status tone={open ? 'due' : 'good'}>{t(open ? 'mdt.taskOpen' : 'mdt.taskClosed')}</Status>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
