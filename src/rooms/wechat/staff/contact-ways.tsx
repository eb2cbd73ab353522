import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import {
  DataTable,
  Empty,
  Field,
  InstantText,
  ProblemAlert,
  SideDrawer,
  useAction,
  useApi,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { WeChatAccountView } from '../contract/account.ts'
import { addContactWay, listContactWays, removeContactWay, type ContactWayView } from '../contract/contact-way.ts'
import { Refused } from './refused.tsx'
import './menu.css'

/** 联系我: the codes by which people come to talk to the staff. */
export function ContactWays({ account }: { account: WeChatAccountView }) {
  const t = useT('wechat')
  const [adding, setAdding] = useState(false)
  const { data, error, refetch } = useApi(listContactWays, { params: { accountId: account.id } })
  return (
    <section aria-label={t('way.title')}>
      <h3 className="pb-wechat-part">{t('way.title')}</h3>
      <p className="pb-hint">{t('way.hint')}</p>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      <DataTable<ContactWayView>
        name="wechat-contact-ways"
        label={t('way.title')}
        rows={data?.rows ?? []}
        toolbar={
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('way.add')}
            <span className="pb-sr"> {account.name}</span>
          </Button>
        }
        columns={[
          { key: 'name', title: t('way.name'), render: ({ name }) => name },
          {
            key: 'staff',
            title: t('way.staff'),
            render: ({ staff }) => staff.map(({ userId, name }) => name ?? userId).join('、'),
          },
          {
            key: 'state',
            title: t('way.state'),
            render: ({ until, chatHours }) =>
              until ? (
                <>
                  {t('way.until')} <InstantText at={until} /> · {t('way.hours', { count: chatHours! })}
                </>
              ) : (
                t('way.lasting')
              ),
          },
          {
            key: 'code',
            title: t('way.code'),
            render: ({ codeUrl, name }) => (
              <a href={codeUrl} target="_blank" rel="noreferrer">
                {t('way.open')}
                <span className="pb-sr"> {name}</span>
              </a>
            ),
          },
          {
            key: 'by',
            title: t('way.by'),
            render: ({ madeBy, madeAt }) => (
              <>
                {madeBy} · <InstantText at={madeAt} />
              </>
            ),
          },
          { key: 'act', title: '', card: 'aside', render: (way) => <Remove account={account} way={way} /> },
        ]}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        empty={<Empty title={t('way.none')} />}
      />
      <SideDrawer title={t('way.add')} open={adding} onClose={() => setAdding(false)}>
        {adding && <WayForm account={account} onDone={() => setAdding(false)} />}
      </SideDrawer>
    </section>
  )
}

interface Values {
  name: string
  kind: 'lasting' | 'temporary'
  userIds: string[]
  codeDays: number
  chatHours: number
}

function WayForm({ account, onDone }: { account: WeChatAccountView; onDone: () => void }) {
  const t = useT('wechat')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form)
  const add = useAction(addContactWay, {
    invalidates: [listContactWays],
    onDone: () => {
      say.done(t('way.made'))
      onDone()
    },
  })
  const save = ({ name, kind: made, userIds, codeDays = 7, chatHours = 24 }: Values) => {
    const chosen = Array.isArray(userIds) ? userIds : [userIds]
    const body = { name, userIds: chosen, temporary: made === 'temporary', codeDays, chatHours }
    add.mutate({ params: { accountId: account.id }, body })
  }
  const initial = { kind: 'lasting' as const, codeDays: 7, chatHours: 24 }
  return (
    <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={save}>
      <Refused problem={add.error} />
      <Field name="name" label={t('way.name')} extra={t('way.nameHint')} required>
        <Input maxLength={30} autoComplete="off" />
      </Field>
      <Field name="kind" label={t('way.kind')} required>
        <Radio.Group
          options={(['lasting', 'temporary'] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
        />
      </Field>
      <Field
        name="userIds"
        label={t('way.staff')}
        required
        extra={account.staff.length === 0 ? t('way.noStaff') : undefined}
      >
        <Select
          {...(kind === 'temporary' ? {} : { mode: 'multiple' as const })}
          options={account.staff.map(({ userId, name }) => ({ value: userId, label: name }))}
        />
      </Field>
      {kind === 'temporary' && (
        <>
          <Field name="codeDays" label={t('way.codeDays')} required>
            <InputNumber min={1} max={14} />
          </Field>
          <Field name="chatHours" label={t('way.chatHours')} required>
            <InputNumber min={1} max={336} />
          </Field>
        </>
      )}
      <Button type="primary" htmlType="submit" loading={add.isPending}>
        {t('way.make')}
      </Button>
    </Form>
  )
}

function Remove({ account, way }: { account: WeChatAccountView; way: ContactWayView }) {
  const t = useT('wechat')
  const say = useSay()
  const confirm = useConfirmReach()
  const remove = useAction(removeContactWay, {
    invalidates: [listContactWays],
    onDone: () => say.done(t('way.removed')),
  })
  const ask = async () => {
    const reach = [way.name, t('way.removeReach')]
    if (await confirm({ title: t('way.removeTitle'), reach, verb: t('way.remove'), danger: true }))
      remove.mutate({ params: { accountId: account.id, wayId: way.id } }, { onError: say.problem })
  }
  return (
    <Button size="small" danger loading={remove.isPending} onClick={() => void ask()}>
      {t('way.remove')}
      <span className="pb-sr"> {way.name}</span>
    </Button>
  )
}
