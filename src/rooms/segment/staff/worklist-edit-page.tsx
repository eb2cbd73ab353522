import { Form, Input, InputNumber, Select } from 'antd'
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
  useShipped,
} from '../../../platform/web/index.ts'
import type { WorklistId } from '../contract/words.ts'
import {
  changeWorklist,
  countWorklist,
  createWorklist,
  openWorklist,
  SORTS,
  type WorklistDefinition,
  type WorklistView,
} from '../contract/worklist.ts'
import { LIST_CHANGED } from './changed.ts'
import { whole } from './whole.ts'
import { useCount } from './words.tsx'

export function NewWorklistPage() {
  const t = useT('segment')
  return (
    <Page
      title={t('list.new')}
      hint={t('list.newHint')}
      breadcrumbs={[{ label: t('nav.worklists'), to: '/worklists' }]}
    >
      <WorklistForm worklist={undefined} />
    </Page>
  )
}

export function EditWorklistPage() {
  const t = useT('segment')
  const shipped = useShipped()
  const worklistId = usePathParam('worklistId') as WorklistId
  const { data, error, refetch } = useApi(openWorklist, { params: { worklistId } }, { keep: false })
  const breadcrumbs = [
    { label: t('nav.worklists'), to: '/worklists' },
    { label: (data && shipped(data.name)) ?? t('nav.worklist'), to: `/worklists/${worklistId}` },
  ]
  return (
    <Page title={t('list.edit')} hint={t('list.editHint')} breadcrumbs={breadcrumbs}>
      {error ? (
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      ) : data ? (
        <WorklistForm worklist={data} />
      ) : (
        <Loading lines={6} />
      )}
    </Page>
  )
}

function WorklistForm({ worklist }: { worklist: WorklistView | undefined }) {
  const t = useT('segment')
  const say = useSay()
  const go = useGo()
  const count = useCount(countWorklist)
  const onDone = ({ id }: WorklistView) => {
    say.done(t('said.listSaved'))
    go(`/worklists/${id}`, { replace: true })
  }
  const create = useAction(createWorklist, { invalidates: LIST_CHANGED, onDone })
  const change = useAction(changeWorklist, { invalidates: LIST_CHANGED, onDone })
  const send = (definition: WorklistDefinition) =>
    worklist
      ? change.mutateAsync({ params: { worklistId: worklist.id }, body: { definition, version: worklist.version } })
      : create.mutateAsync({ body: { definition } })
  const initial = worklist
    ? {
        name: worklist.name,
        purpose: worklist.purpose,
        condition: worklist.condition,
        sort: worklist.sort,
        targetDays: worklist.targetDays,
      }
    : { sort: 'due' as const, targetDays: 7 }
  return (
    <Card>
      <DraftForm<WorklistDefinition>
        name={`worklist-${worklist?.id ?? 'new'}`}
        initial={initial}
        submit={t('act.saveList')}
        onSubmit={send}
        onCancel={() => go(worklist ? `/worklists/${worklist.id}` : '/worklists')}
      >
        <Field name="name" label={t('field.name')} required>
          <Input maxLength={40} />
        </Field>
        <Field name="purpose" label={t('list.purpose')} required extra={t('list.purposeHint')}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={300} />
        </Field>
        <Form.Item
          name="condition"
          label={t('list.condition')}
          required
          validateTrigger="onSubmit"
          rules={[{ validator: whole(t('edit.conditionWrong')) }]}
        >
          <ConditionBuilder purpose="care" count={count} />
        </Form.Item>
        <Columns minPx={200}>
          <Field name="targetDays" label={t('list.targetDays')} required>
            <InputNumber min={0} max={365} precision={0} suffix={t('list.days')} style={{ width: 160 }} />
          </Field>
          <Field name="sort" label={t('list.sort')} required>
            <Select options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))} />
          </Field>
        </Columns>
      </DraftForm>
    </Card>
  )
}
