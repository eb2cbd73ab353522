import { Form, Input, Radio } from 'antd'
import {
  Card,
  Columns,
  ConditionBuilder,
  DraftForm,
  Field,
  Loading,
  Page,
  ProblemAlert,
  useAction,
  useApi,
  useGo,
  usePathParam,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { countSegment, createSegment, draftSegment, openSegment, type SegmentView } from '../contract/segment.ts'
import { MODES, type SegmentDefinition, type SegmentId } from '../contract/words.ts'
import { CHANGED } from './changed.ts'
import { whole } from './whole.ts'
import { useCount, useSaid } from './words.tsx'

interface Values {
  name: { zh: string; en?: string }
  purpose: string
  mode: SegmentDefinition['mode']
  condition: SegmentDefinition['condition']
}

export function NewSegmentPage() {
  const t = useT('segment')
  return (
    <Page title={t('edit.new')} hint={t('edit.hint')} breadcrumbs={[{ label: t('nav.segments'), to: '/segments' }]}>
      <SegmentForm segment={undefined} />
    </Page>
  )
}

export function EditSegmentPage() {
  const t = useT('segment')
  const said = useSaid()
  const segmentId = usePathParam('segmentId') as SegmentId
  const { data, error, refetch } = useApi(openSegment, { params: { segmentId } }, { keep: false })
  const breadcrumbs = [
    { label: t('nav.segments'), to: '/segments' },
    { label: data ? said(data.name) : t('nav.segment'), to: `/segments/${segmentId}` },
  ]
  return (
    <Page title={t('edit.title')} hint={t('edit.versionHint')} breadcrumbs={breadcrumbs}>
      {error ? (
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      ) : data ? (
        <SegmentForm segment={data} />
      ) : (
        <Loading lines={6} />
      )}
    </Page>
  )
}

/** Name, purpose, and who is meant, put together with its sentence and its number beside it. */
function SegmentForm({ segment }: { segment: SegmentView | undefined }) {
  const t = useT('segment')
  const say = useSay()
  const go = useGo()
  const count = useCount(countSegment)
  const onDone = ({ id }: SegmentView) => {
    say.done(t('said.drafted'))
    go(`/segments/${id}`, { replace: true })
  }
  const create = useAction(createSegment, { invalidates: CHANGED, onDone })
  const draft = useAction(draftSegment, { invalidates: CHANGED, onDone })
  const from = segment?.draft?.definition ?? segment?.versions[0]?.definition
  const send = ({ name, ...values }: Values) => {
    const definition = { ...values, name: { zh: name.zh, en: name.en ?? '' } }
    if (!segment) return create.mutateAsync({ body: { definition } })
    const seen = segment.draft?.createdAt ?? null
    return draft.mutateAsync({ params: { segmentId: segment.id }, body: { definition, seen } })
  }
  return (
    <Card>
      <DraftForm<Values>
        name={`segment-${segment?.id ?? 'new'}`}
        initial={from ?? { mode: 'dynamic' }}
        submit={t('act.draft')}
        onSubmit={send}
        onCancel={() => go(segment ? `/segments/${segment.id}` : '/segments')}
      >
        <Columns minPx={260}>
          <Field name={['name', 'zh']} label={t('edit.nameZh')} required>
            <Input maxLength={40} />
          </Field>
          <Field name={['name', 'en']} label={t('edit.nameEn')}>
            <Input maxLength={80} />
          </Field>
        </Columns>
        <Field name="purpose" label={t('edit.purpose')} required extra={t('edit.purposeHint')}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={300} />
        </Field>
        <Form.Item
          name="condition"
          label={t('edit.condition')}
          required
          validateTrigger="onSubmit"
          rules={[{ validator: whole(t('edit.conditionWrong')) }]}
        >
          <ConditionBuilder purpose="audience" count={count} />
        </Form.Item>
        <Field name="mode" label={t('field.mode')} required>
          <Radio.Group
            options={MODES.map((value) => ({ value, label: t(`modeLong.${value}`) }))}
            style={{ display: 'grid', gap: 8 }}
          />
        </Field>
      </DraftForm>
    </Card>
  )
}
