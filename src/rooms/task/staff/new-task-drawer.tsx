import { Form, Select } from 'antd'
import { useState } from 'react'
import {
  DraftForm,
  Field,
  SideDrawer,
  useAction,
  useMe,
  useSay,
  useT,
  useTimeZone,
  useToday,
  requestId,
} from '../../../platform/web/index.ts'
import { createNewTask } from '../contract/task.ts'
import type { TaskType } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { ExecutorSelect } from './executor-select.tsx'
import { PatientSelect } from './patient-select.tsx'
import { dueAtOf } from './due-time.ts'
import { TaskFields, type TaskFieldValues } from './task-fields.tsx'
import { handTypeOptions } from './words.ts'

export interface NewTaskDrawerProps {
  open: boolean
  onClose: () => void
  /** From the patient's page: for them alone. */
  patientId?: string
}

interface Values extends TaskFieldValues {
  type: TaskType
  patientId?: string | null
  ownerId?: string | null
}

/** 新增计划, from the list and from the patient's page (P6). */
export function NewTaskDrawer({ open, onClose, patientId }: NewTaskDrawerProps) {
  const t = useT('task')
  return (
    <SideDrawer title={t(patientId ? 'new.forPatient' : 'new.title')} open={open} onClose={onClose}>
      {open && <NewTask onClose={onClose} {...(patientId ? { patientId } : {})} />}
    </SideDrawer>
  )
}

function NewTask({ onClose, patientId }: Omit<NewTaskDrawerProps, 'open'>) {
  const t = useT('task')
  const say = useSay()
  const me = useMe()
  const today = useToday()
  const timeZone = useTimeZone()
  const [form] = Form.useForm<Values>()
  // One key for what is typed here, so that an impatient second click makes no second task.
  const [key] = useState(requestId)
  const type = Form.useWatch('type', form) ?? 'call'
  const chosenPatient = Form.useWatch('patientId', form)
  const create = useAction(createNewTask, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ owner }) => {
      say.done(owner ? t('said.created', { name: owner.name }) : t('said.createdToPool'))
      onClose()
    },
  })
  const send = ({ dueTime, ...values }: Values) => {
    const due = { dueOn: values.dueOn, dueTime: dueTime ?? null }
    const body = {
      ...values,
      patientId: patientId ?? values.patientId ?? null,
      ownerId: values.ownerId ?? null,
      dueAt: dueAtOf(due, timeZone),
      key,
    }
    return create.mutateAsync({ body: body as never })
  }
  const initial: Values = {
    type: 'call',
    title: '',
    note: '',
    priority: 'routine',
    dueOn: today,
    remindBefore: [],
    ownerId: me.id,
  }
  return (
    <DraftForm<Values>
      name={`new-task-${patientId ?? 'any'}`}
      form={form}
      initial={initial}
      schema={createNewTask.body}
      submit={t('new.submit')}
      onCancel={onClose}
      onSubmit={send}
    >
      <Field name="type" label={t('field.type')} required>
        <Select options={handTypeOptions(t)} onChange={() => form.setFieldValue('ownerId', null)} />
      </Field>
      {!patientId && (
        <Field name="patientId" label={t('field.patient')} required={type === 'complete-record'}>
          <PatientSelect />
        </Field>
      )}
      <Field
        name="ownerId"
        label={t('field.owner')}
        required={type === 'complete-record'}
        extra={type === 'complete-record' ? t('executor.boundOnly') : t('executor.orPool')}
      >
        <ExecutorSelect type={type} patientId={patientId ?? chosenPatient ?? null} />
      </Field>
      <TaskFields titleHint={t(`type.${type}`)} />
    </DraftForm>
  )
}
