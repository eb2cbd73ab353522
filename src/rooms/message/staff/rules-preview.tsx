import { Button, type FormInstance } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { useState } from 'react'
import { Card, ProblemAlert, useAction, useT } from '../../../platform/web/index.ts'
import { messagePolicy, previewRules, type MessagePolicy } from '../contract/rule.ts'

/** What the rules in the form, saved or not, would have held of the last 30 days. */
export function RulesPreview({ form }: { form: FormInstance<MessagePolicy & { because: string }> }) {
  const t = useT('message')
  const [found, setFound] = useState<OutputOf<typeof previewRules>>()
  const preview = useAction(previewRules, { onDone: setFound })
  const look = () => {
    const { because: _because, ...typed } = form.getFieldsValue(true)
    const policy = messagePolicy.safeParse(typed)
    if (policy.success) preview.mutate({ body: { policy: policy.data } })
    else void form.validateFields().catch(() => undefined)
  }
  return (
    <Card
      title={t('rules.preview')}
      extra={
        <Button loading={preview.isPending} onClick={look}>
          {t('rules.previewDo')}
        </Button>
      }
    >
      <ProblemAlert problem={preview.error ?? undefined} />
      <p className="pb-hint">{t('rules.previewHint')}</p>
      {found && (
        <div role="status">
          <p>
            {t(found.held.length > 0 ? 'rules.previewSome' : 'rules.previewNone', { looked: found.looked })}
            {found.capped && ` ${t('rules.previewCapped')}`}
          </p>
          <ul className="pb-plain-list">
            {found.held.map((line) => (
              <li key={`${line.purpose} ${line.reason}`}>
                {t('rules.previewLine', {
                  purpose: t(`purpose.${line.purpose}`),
                  count: line.count,
                  people: line.people,
                  reason: t(`reason.${line.reason}`),
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}
