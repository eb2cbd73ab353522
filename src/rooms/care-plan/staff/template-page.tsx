import { Button, Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import {
  Card,
  Facts,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useAddress,
  useApi,
  useGo,
  useLocale,
  usePathParam,
  useSay,
  useT,
  useToday,
  useShipped,
} from '../../../platform/web/index.ts'
import {
  contentOf,
  listTemplates,
  publishTemplate,
  readTemplate,
  retireTemplate,
  saveTemplate,
  templateDefinition,
  type TemplateView,
} from '../contract/template.ts'
import { PlanText } from './plan-text.tsx'

const addressSchema = z.object({ version: z.string().optional() })
const CHANGED = [listTemplates, readTemplate]

/** One version of a template as a plan of today would read; the draft of the next one as text. */
export function TemplatePage() {
  const t = useT('care-plan')
  const code = usePathParam('code')
  const [{ version = '1' }] = useAddress(addressSchema)
  const { data, error, refetch } = useApi(readTemplate, { params: { code, version } as never })
  return (
    <Page title={t('nav.template')}>
      {error ? (
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Template template={data} />
      ) : (
        <Loading lines={6} />
      )}
    </Page>
  )
}

function Template({ template }: { template: TemplateView }) {
  const t = useT('care-plan')
  const shipped = useShipped()
  const locale = useLocale()
  const today = useToday()
  const [editing, setEditing] = useState(false)
  const { definition } = template
  const said = (text: { zh: string; en: string }) => (locale === 'en' ? text.en : text.zh)
  return (
    <Stack>
      <Card
        title={said(definition.title)}
        extra={
          <Status tone={template.state === 'active' ? 'good' : 'due'}>
            {t(`templateState.${template.state}`, { version: template.version })}
          </Status>
        }
      >
        <Stack>
          <p>{said(definition.about)}</p>
          <Facts
            items={[
              [t('template.source'), shipped(definition.source)],
              [t('template.licence'), shipped(definition.licence)],
              [t('template.reviewer'), definition.reviewer ?? t('template.unreviewed')],
              [t('template.cautions'), definition.cautions.map(said).join(' ')],
            ]}
          />
          <PlanText content={contentOf(definition, today, locale === 'en' ? 'en' : 'zh-CN')} />
          <TemplateActs template={template} onEdit={() => setEditing(true)} />
        </Stack>
      </Card>
      {editing && <EditTemplate template={template} onClose={() => setEditing(false)} />}
    </Stack>
  )
}

function TemplateActs({ template, onEdit }: { template: TemplateView; onEdit: () => void }) {
  const t = useT('care-plan')
  const say = useSay()
  const params = { code: template.code }
  const publish = useAction(publishTemplate, { invalidates: CHANGED, onDone: () => say.done(t('said.published')) })
  const retire = useAction(retireTemplate, { invalidates: CHANGED, onDone: () => say.done(t('said.retired')) })
  return (
    <Row>
      {template.can.edit && (
        <Button onClick={onEdit}>{t(template.state === 'draft' ? 'template.goOn' : 'template.next')}</Button>
      )}
      {template.can.publish && (
        <Button
          type="primary"
          onClick={() => publish.mutate({ params, body: { revision: template.revision } }, { onError: say.problem })}
        >
          {t('act.publish')}
        </Button>
      )}
      {template.state === 'active' && template.can.publish && (
        <Button type="text" onClick={() => retire.mutate({ params }, { onError: say.problem })}>
          {t('act.retire')}
        </Button>
      )}
    </Row>
  )
}

/** The whole definition as text, in both languages: what is not one says where. */
function EditTemplate({ template, onClose }: { template: TemplateView; onClose: () => void }) {
  const t = useT('care-plan')
  const say = useSay()
  const go = useGo()
  const [text, setText] = useState(() => JSON.stringify(template.definition, null, 2))
  const [fault, setFault] = useState<string>()
  const save = useAction(saveTemplate, {
    invalidates: CHANGED,
    onDone: ({ version }) => {
      say.done(t('said.drafted'))
      onClose()
      go(`/care-plan-templates/${template.code}?version=${version}`)
    },
  })
  const submit = () => {
    try {
      const read = templateDefinition.safeParse(JSON.parse(text))
      if (!read.success) return setFault(t('template.fault', { where: read.error.issues[0]?.path.join('.') ?? '' }))
      setFault(undefined)
      save.mutate(
        {
          params: { code: template.code },
          body: { definition: read.data, revision: template.state === 'draft' ? template.revision : 0 },
        },
        { onError: say.problem },
      )
    } catch {
      setFault(t('template.notText'))
    }
  }
  return (
    <Card title={t('template.edit')}>
      <Stack>
        <Input.TextArea
          aria-label={t('template.edit')}
          value={text}
          onChange={(e) => setText(e.target.value)}
          autoSize={{ minRows: 12, maxRows: 30 }}
          spellCheck={false}
        />
        {fault && <p role="alert">{fault}</p>}
        <Row>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {t('act.saveDraft')}
          </Button>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
        </Row>
      </Stack>
    </Card>
  )
}
