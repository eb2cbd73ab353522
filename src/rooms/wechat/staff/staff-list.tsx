import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { Columns, Field, ProblemAlert, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import { listWeChatAccounts, setWeComStaff, type WeChatAccountView } from '../contract/account.ts'

interface Values {
  rows: { userId: string; staffId: string }[]
}

/** The bin stays beside its line on a phone as well. */
const LINE = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto',
  columnGap: 12,
  maxInlineSize: 720,
} as const

/** Who of the staff has which user id: who has to confirm a mass message gets it as a task. */
export function StaffList({ account }: { account: WeChatAccountView }) {
  const t = useT('wechat')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const lines = Form.useWatch('rows', form)
  const { data } = useApi(listDirectory, { query: { limit: 500 } })
  const put = useAction(setWeComStaff, {
    invalidates: [listWeChatAccounts],
    onDone: () => say.done(t('staff.saved')),
  })
  const options = (data?.staff ?? []).map(({ id, name }) => ({ value: id as string, label: name }))
  const save = ({ rows = [] }: Values) =>
    put.mutate({ params: { accountId: account.id }, body: { rows: rows as never } })
  // Said of the line as it was saved: a user id that is typed anew has not been tried.
  const refusedOf = (at: number) => {
    const line = lines?.[at]
    const known = account.staff.find((one) => one.userId === line?.userId && one.staffId === line?.staffId)
    return known?.refused
      ? { validateStatus: 'warning' as const, extra: t('staff.refused', { code: known.refused }) }
      : {}
  }
  return (
    <section aria-label={t('staff.title')}>
      <h3 style={{ fontSize: 14, margin: '0 0 4px' }}>{t('staff.title')}</h3>
      <p className="pb-hint">{t('staff.hint')}</p>
      <ProblemAlert problem={put.error} />
      <Form<Values> form={form} layout="vertical" initialValues={{ rows: account.staff }} onFinish={save}>
        <Form.List name="rows">
          {(lines, { add, remove }) => (
            <>
              {lines.length === 0 && <p className="pb-hint">{t('staff.none')}</p>}
              {lines.map(({ key, name }) => (
                <div key={key} style={LINE}>
                  <Field name={[name, 'userId']} label={t('staff.userId')} required {...refusedOf(name)}>
                    <Input maxLength={64} autoComplete="off" />
                  </Field>
                  <Field name={[name, 'staffId']} label={t('staff.person')} required>
                    <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
                  </Field>
                  <Form.Item required label={<span className="pb-sr">{t('staff.remove')}</span>}>
                    <Button icon={<DeleteOutlined />} onClick={() => remove(name)} aria-label={t('staff.remove')} />
                  </Form.Item>
                </div>
              ))}
              <Columns minPx={140}>
                <Button icon={<PlusOutlined />} onClick={() => add({})}>
                  {t('staff.add')}
                </Button>
                <Button htmlType="submit" type="primary" loading={put.isPending}>
                  {t('staff.save')}
                </Button>
              </Columns>
            </>
          )}
        </Form.List>
      </Form>
    </section>
  )
}
