import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import {
  DateInput,
  DraftForm,
  Field,
  requestId,
  SideDrawer,
  useAction,
  useApi,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import { listMeetings, saveMeeting, type MeetingView } from '../contract/mdt.ts'
import { bodyOfWritten, writtenOf, type WrittenMeeting } from './meeting-values.ts'

interface Props {
  patientId: string
  meeting?: MeetingView
  onClose: () => void
}

type People = { value: string; label: string }[]

/** The record of a meeting, kept as a draft until its chair signs. */
export function MeetingDrawer({ patientId, meeting, onClose }: Props) {
  const t = useT('care-plan')
  const say = useSay()
  const today = useToday()
  const [meetingId] = useState(() => meeting?.id ?? requestId())
  const directory = useApi(listDirectory, { query: { limit: 500 } as never })
  const people: People = (directory.data?.staff ?? []).map(({ id, name, title }) => ({
    value: id as string,
    label: title ? `${name}（${title}）` : name,
  }))
  const names = new Map<string, string>((directory.data?.staff ?? []).map(({ id, name }) => [id, name]))
  // The chair signs, and has to be able to.
  const mayChair = new Set<string>(
    (directory.data?.staff ?? []).flatMap(({ id, roles }) => (permissionsOf(roles).has('mdt.write') ? [id] : [])),
  )
  const chairs = people.filter(({ value }) => mayChair.has(value))
  const save = useAction(saveMeeting, { invalidates: [listMeetings] })
  const submit = async (written: WrittenMeeting) => {
    const body = bodyOfWritten(written, {
      nameOf: (id) => names.get(id) ?? '',
      fallbackRole: t('mdt.member'),
      today,
    })
    await save.mutateAsync({
      params: { patientId: patientId as never, meetingId: meetingId as never },
      body: { ...body, revision: meeting?.revision ?? 0 },
    })
    say.done(t('said.drafted'))
    onClose()
  }
  return (
    <SideDrawer title={t(meeting ? 'act.edit' : 'mdt.new')} open onClose={onClose} widthPx={640}>
      <DraftForm<WrittenMeeting>
        name={`mdt-${meeting?.id ?? patientId}`}
        initial={meeting ? writtenOf(meeting) : { heldOn: today, colleagues: [{}], tasks: [] }}
        submit={t('act.saveDraft')}
        onCancel={onClose}
        onSubmit={submit}
      >
        <Field name="heldOn" label={t('mdt.heldOn')} required>
          <DateInput />
        </Field>
        <div className="cp-line">
          <Field name="chairId" label={t('mdt.chair')} required style={{ flex: '2 1 180px' }}>
            <Select options={chairs} showSearch={{ optionFilterProp: 'label' }} />
          </Field>
          <Field name="chairRole" label={t('mdt.discipline')} style={{ flex: '1 1 130px' }}>
            <Input maxLength={60} placeholder={t('mdt.disciplineHint')} />
          </Field>
        </div>
        <Members name="colleagues" people={people} />
        <Members name="guests" />
        {(['question', 'material', 'conclusion'] as const).map((name) => (
          <Field key={name} name={name} label={t(`mdt.${name}`)} required={name === 'question'}>
            <Input.TextArea maxLength={name === 'conclusion' ? 4000 : 1000} autoSize={{ minRows: 2, maxRows: 10 }} />
          </Field>
        ))}
        <Tasks people={people} />
      </DraftForm>
    </SideDrawer>
  )
}

/** Who was there, each with the discipline they spoke for: colleagues by name, guests in words. */
function Members({ name, people }: { name: 'colleagues' | 'guests'; people?: People }) {
  const t = useT('care-plan')
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <section className="cp-piece cp-list">
          <h3>{t(`mdt.${name}`)}</h3>
          {fields.map(({ key, name: at }) => (
            <div key={key} className="cp-line">
              <Field name={[at, people ? 'staffId' : 'name']} label={t('mdt.who')} style={{ flex: '2 1 180px' }}>
                {people ? (
                  <Select allowClear options={people} showSearch={{ optionFilterProp: 'label' }} />
                ) : (
                  <Input maxLength={60} />
                )}
              </Field>
              <Field name={[at, 'role']} label={t('mdt.discipline')} style={{ flex: '1 1 130px' }}>
                <Input maxLength={60} placeholder={t('mdt.disciplineHint')} />
              </Field>
              <Button type="text" onClick={() => remove(at)}>
                {t('act.remove')}
              </Button>
            </div>
          ))}
          {fields.length < 15 && <Button onClick={() => add({})}>{t(`mdt.add.${name}`)}</Button>}
        </section>
      )}
    </Form.List>
  )
}

function Tasks({ people }: { people: People }) {
  const t = useT('care-plan')
  return (
    <Form.List name="tasks">
      {(fields, { add, remove }) => (
        <section className="cp-piece cp-list">
          <h3>{t('mdt.tasks')}</h3>
          {fields.map(({ key, name: at }) => (
            <div key={key}>
              <Field name={[at, 'title']} label={t('mdt.task')}>
                <Input maxLength={120} />
              </Field>
              <div className="cp-line">
                <Field name={[at, 'ownerId']} label={t('mdt.taskFor')} style={{ flex: '1 1 160px' }}>
                  <Select allowClear options={people} showSearch={{ optionFilterProp: 'label' }} />
                </Field>
                <Field name={[at, 'dueOn']} label={t('mdt.taskOn')}>
                  <DateInput />
                </Field>
                <Button type="text" onClick={() => remove(at)}>
                  {t('act.remove')}
                </Button>
              </div>
            </div>
          ))}
          {fields.length < 10 && <Button onClick={() => add({})}>{t('mdt.add.tasks')}</Button>}
        </section>
      )}
    </Form.List>
  )
}
