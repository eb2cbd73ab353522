import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import {
  DateText,
  DraftForm,
  Empty,
  Field,
  Figures,
  InstantText,
  ListPage,
  Row,
  SideDrawer,
  RelativeDay,
  Status,
  flag,
  listOf,
  useAddress,
  useApi,
  useGo,
  useLocale,
  useSay,
  useT,
  call,
  type Column,
  type FilterField,
  type T,
} from '../../../platform/web/index.ts'
import { listTemplates, saveDraft, type TemplateLine } from '../contract/template.ts'
import { CHANNELS, PURPOSES, templateCode } from '../contract/words.ts'
import { newTemplate } from './new-template.ts'

const UPKEEP = ['fine', 'due', 'soon', 'expired'] as const

const address = z.object({
  purpose: listOf(z.enum(PURPOSES)),
  channel: listOf(z.enum(CHANNELS)),
  upkeep: listOf(z.enum(UPKEEP)),
  owner: z.string().optional(),
  knowledge: flag(),
  draft: flag(),
  mine: flag(),
})
type Filter = z.output<typeof address>

const TONES = { expired: 'danger', soon: 'due', due: 'due', fine: 'good' } as const
/** In the filter of owners: nobody. */
const NOBODY = 'none'

function fits(line: TemplateLine, { purpose, channel, upkeep, owner, knowledge, draft, mine }: Filter): boolean {
  if (purpose?.length && !purpose.includes(line.purpose)) return false
  if (channel?.length && !channel.some((one) => line.channels.includes(one) || line.ladder.includes(one))) return false
  if (upkeep?.length && !upkeep.includes(line.upkeep)) return false
  if (owner && (owner === NOBODY ? line.ownerId !== null : line.ownerId !== owner)) return false
  return (!knowledge || line.knowledge) && (!draft || line.hasDraft) && (!mine || line.mine)
}

/** The inventory of templates: what is sent, by whom it is kept, when it last went, and what ends or is due for a look. */
export function TemplateListPage() {
  const t = useT('message')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const [adding, setAdding] = useState(false)
  const { data } = useApi(listTemplates)
  const [filter, change] = useAddress(address)
  const all = data?.rows ?? []
  const rows = all
    .filter((line) => fits(line, filter))
    // What somebody has to see to stands first.
    .toSorted((a, b) => UPKEEP.indexOf(b.upkeep) - UPKEEP.indexOf(a.upkeep))
  const columns: Column<TemplateLine>[] = [
    { key: 'name', title: t('template.name'), render: (line) => line.name[language] },
    { key: 'occasion', title: t('template.occasion'), render: (line) => line.occasion[language] },
    { key: 'purpose', title: t('column.purpose'), render: (line) => t(`purpose.${line.purpose}`), widthPx: 90 },
    {
      key: 'version',
      title: t('template.version'),
      card: 'aside',
      render: (line) => (
        <Row>
          <Status tone={TONES[line.upkeep]}>
            {line.upkeep === 'fine' ? versionWords(line) : t(`template.upkeep.${line.upkeep}`)}
          </Status>
          {line.hasDraft && <Status tone="low">{t('template.draft')}</Status>}
          {line.relatives && line.relatives !== 'reached' && (
            <Status tone="due">{t(`relatives.${line.relatives}`)}</Status>
          )}
        </Row>
      ),
    },
    {
      key: 'channels',
      title: t('column.channel'),
      render: (line) => [...line.channels, ...line.ladder].map((one) => t(`channel.${one}`)).join(' · '),
    },
    {
      key: 'owner',
      title: t('template.owner'),
      render: (line) => line.ownerName ?? <span className="pb-hint pb-nowrap">{t('inventory.nobody')}</span>,
    },
    {
      key: 'sent',
      title: t('inventory.lastSent'),
      render: (line) => <InstantText at={line.lastSentAt} />,
      widthPx: 150,
    },
    { key: 'review', title: t('template.reviewOn'), render: (line) => <DateText date={line.reviewOn} /> },
    {
      key: 'expires',
      title: t('template.expiresOn'),
      render: (line) =>
        line.upkeep === 'soon' ? <RelativeDay date={line.expiresOn} /> : <DateText date={line.expiresOn} />,
    },
  ]
  const versionWords = (line: TemplateLine) =>
    line.origin === 'shipped' ? t('template.shipped') : t('template.versionNumber', { version: line.version })
  return (
    <ListPage<TemplateLine>
      title={t('nav.templates')}
      hint={t('template.hint')}
      actions={
        data?.can.write && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('template.add')}
          </Button>
        )
      }
      name="message-templates"
      label={t('nav.templates')}
      rows={rows}
      filters={{ fields: filtersOf(all, t), state: filter, change: change as never }}
      above={data && <Counts rows={all} t={t} />}
      columns={columns}
      rowKey={({ code }) => code}
      rowName={({ name }) => name[language]}
      to={({ code }) => `/message-templates/${code}`}
      empty={<Empty title={t('template.none')} />}
    >
      <SideDrawer title={t('template.add')} open={adding} onClose={() => setAdding(false)}>
        <NewTemplate onCancel={() => setAdding(false)} />
      </SideDrawer>
    </ListPage>
  )
}

function filtersOf(rows: readonly TemplateLine[], t: T): FilterField[] {
  const owners = new Map(rows.flatMap(({ ownerId, ownerName }) => (ownerId && ownerName ? [[ownerId, ownerName]] : [])))
  const choice = (key: string, label: string, values: readonly string[], prefix: string): FilterField => ({
    kind: 'choice',
    key,
    label,
    multiple: true,
    options: values.map((value) => ({ value, label: t(`${prefix}.${value}`) })),
  })
  return [
    choice('purpose', t('column.purpose'), PURPOSES, 'purpose'),
    choice('channel', t('column.channel'), CHANNELS, 'channel'),
    choice('upkeep', t('inventory.upkeep'), UPKEEP, 'inventory.state'),
    {
      kind: 'choice',
      key: 'owner',
      label: t('template.owner'),
      options: [
        { value: NOBODY, label: t('inventory.nobody') },
        ...[...owners].map(([value, label]) => ({ value, label })),
      ],
    },
    { kind: 'flag', key: 'knowledge', label: t('inventory.knowledge') },
    { kind: 'flag', key: 'draft', label: t('template.draft') },
    { kind: 'flag', key: 'mine', label: t('inventory.onlyMine') },
  ]
}

/** What somebody has to see to, each figure leading to its rows. */
function Counts({ rows, t }: { rows: readonly TemplateLine[]; t: T }) {
  const figure = (
    key: string,
    tone: 'danger' | 'due' | 'plain',
    query: string,
    holds: (line: TemplateLine) => boolean,
  ) => {
    const value = rows.filter(holds).length
    return {
      key,
      label: t(`inventory.${key}`),
      value,
      tone: value > 0 ? tone : 'plain',
      to: `/message-templates?${query}`,
    } as const
  }
  return (
    <Figures
      items={[
        figure('expired', 'danger', 'upkeep=expired', ({ upkeep }) => upkeep === 'expired'),
        figure('soon', 'due', 'upkeep=soon', ({ upkeep }) => upkeep === 'soon'),
        figure('due', 'due', 'upkeep=due', ({ upkeep }) => upkeep === 'due'),
        figure('mine', 'due', 'mine=1&upkeep=due,soon,expired', ({ mine, upkeep }) => mine && upkeep !== 'fine'),
        figure('unowned', 'plain', `owner=${NOBODY}`, ({ ownerId }) => ownerId === null),
      ]}
    />
  )
}

function NewTemplate({ onCancel }: { onCancel: () => void }) {
  const t = useT('message')
  const go = useGo()
  const say = useSay()
  const [form] = Form.useForm<{ code: string; zh: string; en: string }>()
  const create = async ({ code, zh, en }: { code: string; zh: string; en: string }) => {
    await call(saveDraft, { params: { code }, body: { definition: newTemplate(code, { zh, en }), revision: null } })
    say.done(t('done.draft'))
    go(`/message-templates/${code}`)
  }
  return (
    <DraftForm
      name="message-template-new"
      form={form}
      onSubmit={create}
      submit={t('template.begin')}
      onCancel={onCancel}
    >
      <Field
        name="code"
        label={t('template.code')}
        required
        extra={t('template.codeHint')}
        rules={[{ validator: checkCode(t('template.codeWrong')) }]}
      >
        <Input placeholder="spring-check" />
      </Field>
      <Field name="zh" label={t('template.nameZh')} required>
        <Input maxLength={40} />
      </Field>
      <Field name="en" label={t('template.nameEn')} required>
        <Input maxLength={60} />
      </Field>
    </DraftForm>
  )
}

const checkCode = (complaint: string) => async (_rule: unknown, value: unknown) => {
  if (value && !templateCode.safeParse(value).success) throw new Error(complaint)
}
