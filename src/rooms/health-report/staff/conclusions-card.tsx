import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import {
  Card,
  DraftForm,
  Empty,
  Field,
  Row,
  Stack,
  Status,
  useAction,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { editComposition, getComposition, type CompositionView } from '../contract/composition.ts'
import type { Conclusion } from '../contract/words.ts'
import { ConclusionFields } from './conclusion-fields.tsx'

const TONE = {
  'high-risk': 'danger',
  'new-suspected': 'due',
  disease: 'plain',
  positive: 'plain',
  'risk-factor': 'plain',
} as const

interface Values {
  conclusions?: Conclusion[]
  notDone?: { name: string; reason?: string }[]
}

/** 综述: the chief examiner's conclusions and what was not done; to be read, or changed before the report is issued. */
export function ConclusionsCard({ composition }: { composition: CompositionView }) {
  const t = useT('health-report')
  const [editing, setEditing] = useState(false)
  const { conclusions, notDone, can } = composition
  if (editing) return <EditForm composition={composition} onDone={() => setEditing(false)} />
  return (
    <Card
      title={t('print.conclusions')}
      extra={can.edit && <Button onClick={() => setEditing(true)}>{t('act.edit')}</Button>}
    >
      <Stack>
        {conclusions.length === 0 && <Empty title={t('composition.noConclusions')} />}
        {conclusions.map((one, at) => (
          <div key={`${at} ${one.title}`} className="pb-stack pb-stack-tight">
            <Row>
              <strong>
                {at + 1}. {one.title}
              </strong>
              <Status tone={TONE[one.severity]}>{t(`severity.${one.severity}`)}</Status>
            </Row>
            {one.basis && (
              <span>
                <span className="pb-hint">{t('print.basis')}</span> {one.basis}
              </span>
            )}
            {one.advice && (
              <span>
                <span className="pb-hint">{t('print.advice')}</span> {one.advice}
              </span>
            )}
          </div>
        ))}
        {notDone.length > 0 && (
          <p style={{ margin: 0 }}>
            <span className="pb-hint">{t('composition.notDone')}</span>{' '}
            {notDone.map(({ name, reason }) => (reason ? `${name}（${reason}）` : name)).join('、')}
          </p>
        )}
      </Stack>
    </Card>
  )
}

function EditForm({ composition, onDone }: { composition: CompositionView; onDone: () => void }) {
  const t = useT('health-report')
  const say = useSay()
  const { id, edition, conclusions, notDone } = composition
  const edit = useAction(editComposition, { invalidates: [getComposition] })
  const send = async (values: Values) => {
    const left = (values.notDone ?? []).map(({ name, reason = '' }) => ({ name, reason }))
    await edit.mutateAsync({
      params: { compositionId: id },
      body: { edition, conclusions: values.conclusions ?? [], notDone: left },
    })
    say.done(t('said.saved'))
    onDone()
  }
  return (
    <Card title={t('act.edit')}>
      <DraftForm<Values>
        name={`report-${id}-${edition}`}
        initial={{ conclusions, notDone }}
        schema={editComposition.body}
        submit={t('act.save')}
        onSubmit={send}
        onCancel={onDone}
      >
        <ConclusionFields />
        <NotDoneFields />
      </DraftForm>
    </Card>
  )
}

function NotDoneFields() {
  const t = useT('health-report')
  return (
    <fieldset style={{ border: 0, margin: '0 0 24px', padding: 0 }}>
      <legend style={{ border: 0, margin: 0 }}>{t('composition.notDone')}</legend>
      <Form.List name="notDone">
        {(rows, { add, remove }) => (
          <Stack tight>
            {rows.map(({ key, name }) => (
              <Row key={key}>
                <Field name={[name, 'name']} label={t('composition.item')} required>
                  <Input maxLength={80} />
                </Field>
                <Field name={[name, 'reason']} label={t('composition.reason')}>
                  <Input maxLength={120} />
                </Field>
                <Button type="text" icon={<DeleteOutlined />} onClick={() => remove(name)}>
                  {t('print.remove')}
                </Button>
              </Row>
            ))}
            <Row>
              <Button icon={<PlusOutlined />} onClick={() => add({ name: '', reason: '' })}>
                {t('composition.addNotDone')}
              </Button>
            </Row>
          </Stack>
        )}
      </Form.List>
    </fieldset>
  )
}
