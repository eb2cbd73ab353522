import { Button, Form, Input } from 'antd'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { Field, ProblemAlert, Row, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { getMailDomain, setReturnPattern } from '../contract/mail-domain.ts'

/** Where bounces come back to. Left empty, they go to the sender's address, as with any mail. */
export function ReturnForm({ view, onDone }: { view: OutputOf<typeof getMailDomain>; onDone: () => void }) {
  const t = useT('mail-domain')
  const say = useSay()
  const save = useAction(setReturnPattern, {
    invalidates: [getMailDomain],
    onDone: () => {
      say.done(t('return.saved'))
      onDone()
    },
  })
  const submit = ({ returnPattern }: { returnPattern: string }) =>
    save.mutate({ body: { returnPattern: returnPattern.trim() || null, version: view.version } })
  return (
    <Form layout="vertical" initialValues={{ returnPattern: view.returnPattern ?? '' }} onFinish={submit}>
      <ProblemAlert problem={save.error} />
      <Field name="returnPattern" label={t('return.pattern')} extra={t('return.patternHint')}>
        <Input maxLength={240} placeholder={`bounce+*@${view.domain}`} autoComplete="off" inputMode="email" />
      </Field>
      <Stack>
        <p className="pb-hint">{t('return.how')}</p>
        <Row>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t('return.save')}
          </Button>
        </Row>
      </Stack>
    </Form>
  )
}
