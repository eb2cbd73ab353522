import { Button } from 'antd'
import { useCallback, useState } from 'react'
import './message.css'
import {
  Facts,
  DateText,
  Card,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useConfirmReach,
  useLocale,
  usePathParam,
  useSay,
  useT,
  type T,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  dropDraft,
  getTemplate,
  listTemplates,
  publishTemplate,
  testTemplate,
  type TemplateDefinition,
} from '../contract/template.ts'
import { RelativesNote } from './relatives-note.tsx'
import { TemplateForm } from './template-form.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { usePreview } from './use-preview.ts'

type Template = OutputOf<typeof getTemplate>

/** One template: written at the left, seen at the right as it looks on a phone. */
export function TemplatePage() {
  const t = useT('message')
  const code = usePathParam('code')
  const { data, error, refetch } = useApi(getTemplate, { params: { code } })
  if (error)
    return (
      <Page title={t('template.one')} breadcrumbs={[{ label: t('nav.templates'), to: '/message-templates' }]}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data) return <Loading />
  return (
    <Editor
      key={`${code} ${data.draft?.revision ?? 0} ${data.current?.version ?? -1}`}
      code={code}
      template={data}
      t={t}
    />
  )
}

function Editor({ code, template, t }: { code: string; template: Template; t: T }) {
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const shown = template.draft ?? template.current
  const [typed, setTyped] = useState<TemplateDefinition>()
  // What is merely read into the form is no change: the preview is asked for once.
  const note = useCallback(
    (definition: TemplateDefinition) =>
      setTyped((before) =>
        JSON.stringify(before ?? shown?.definition) === JSON.stringify(definition) ? before : definition,
      ),
    [shown],
  )
  const [opened, open] = useState<string>()
  const definition = typed ?? shown?.definition
  const { preview, problem } = usePreview(definition)
  if (!shown || !definition) return null
  return (
    <Page
      title={definition.name[language]}
      breadcrumbs={[{ label: t('nav.templates'), to: '/message-templates' }]}
      hint={<Standing template={template} t={t} />}
      actions={<Acts code={code} template={template} t={t} />}
    >
      <RelativesNote reached={template.relatives} />
      <div className="pb-editor">
        <Stack>
          {template.can.write ? (
            <TemplateForm
              code={code}
              template={template}
              shown={shown}
              onTyped={note}
              findings={preview?.findings ?? []}
              opened={opened}
              onOpen={open}
            />
          ) : (
            <ReadOnly template={template} t={t} />
          )}
        </Stack>
        <div className="pb-phone">
          <TemplatePreview definition={definition} preview={preview} problem={problem} onFind={open} />
        </div>
      </div>
      <History template={template} t={t} />
    </Page>
  )
}

const listed = (names: readonly string[], locale: string) => new Intl.ListFormat(locale).format(names)

function Standing({ template: { draft, current }, t }: { template: Template; t: T }) {
  const locale = useLocale()
  return (
    <Row>
      {current && (
        <Status tone="good">
          {current.origin === 'shipped'
            ? t('template.shipped')
            : t('template.inForce', { version: current.version, by: current.by ?? '' })}
        </Status>
      )}
      {draft && <Status tone="low">{t('template.draftBy', { names: listed(draft.editors, locale) })}</Status>}
    </Row>
  )
}

function Acts({ code, template, t }: { code: string; template: Template; t: T }) {
  const say = useSay()
  const confirm = useConfirmReach()
  const locale = useLocale()
  const invalidates = [getTemplate, listTemplates]
  const trial = useAction(testTemplate, { onDone: ({ toMasked }) => say.done(t('done.trial', { address: toMasked })) })
  const publish = useAction(publishTemplate, { invalidates, onDone: () => say.done(t('done.published')) })
  const drop = useAction(dropDraft, { invalidates, onDone: () => say.done(t('done.dropped')) })
  const { draft } = template
  const askPublish = async () => {
    const reach = [t('template.publishReach'), t('template.publishRead', { names: listed(draft!.editors, locale) })]
    if (await confirm({ title: t('template.publishTitle'), reach, verb: t('template.publish') }))
      publish.mutate({ params: { code }, body: { revision: draft!.revision } }, { onError: say.problem })
  }
  const askDrop = async () => {
    if (
      await confirm({
        title: t('template.dropTitle'),
        reach: [t('template.dropReach')],
        verb: t('template.drop'),
        danger: true,
      })
    )
      drop.mutate({ params: { code } }, { onError: say.problem })
  }
  return (
    <>
      <Button
        loading={trial.isPending}
        onClick={() => trial.mutate({ params: { code }, body: { locale } }, { onError: say.problem })}
      >
        {t('template.trial')}
      </Button>
      {draft && template.can.write && <Button onClick={() => void askDrop()}>{t('template.drop')}</Button>}
      {draft && template.can.publish && (
        <Button
          type="primary"
          disabled={draft.findings.length > 0}
          loading={publish.isPending}
          onClick={() => void askPublish()}
        >
          {t('template.publish')}
        </Button>
      )}
    </>
  )
}

function ReadOnly({ template, t }: { template: Template; t: T }) {
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const shown = template.draft ?? template.current
  if (!shown) return null
  const { definition } = shown
  return (
    <Card title={t('template.about')}>
      <Facts
        items={[
          [t('template.occasion'), definition.occasion[language]],
          [t('column.purpose'), t(`purpose.${definition.purpose}`)],
          [t('column.channel'), definition.channels.map((channel) => t(`channel.${channel}`)).join(' · ')],
          [
            t('template.ladder'),
            (definition.ladder ?? []).map((channel) => t(`channel.${channel}`)).join(' → ') || null,
          ],
          [t('template.urgent'), definition.urgent ? t('yes') : null],
          [t('template.byHand'), definition.byHand ? t('yes') : null],
          [t('template.validDays'), t('days', { count: definition.validDays })],
          [t('template.daysBetween'), definition.daysBetween > 0 ? t('days', { count: definition.daysBetween }) : null],
          [t('template.owner'), shown.ownerName],
          [t('template.reviewOn'), shown.reviewOn && <DateText key="r" date={shown.reviewOn} />],
          [t('template.expiresOn'), shown.expiresOn && <DateText key="e" date={shown.expiresOn} />],
        ]}
      />
    </Card>
  )
}

function History({ template, t }: { template: Template; t: T }) {
  if (template.history.length === 0) return null
  return (
    <Card title={t('template.history')}>
      <ul className="pb-plain-list">
        {template.history.map((version) => (
          <li key={version.version}>
            {t('template.versionNumber', { version: version.version })} ·{' '}
            {t('template.writtenBy', { name: version.author })}
            {version.publishedBy && ` · ${t('template.publishedBy', { name: version.publishedBy })}`}{' '}
            <span className="pb-hint">
              <InstantText at={version.at} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
