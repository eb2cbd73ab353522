import { Radio } from 'antd'
import { DraftForm, Field, SideDrawer, Stack, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { getProtocol, listProtocols, publishProtocol, type ProtocolVersionView } from '../contract/catalogue.ts'

interface Values {
  running: 'leave' | 'next-step' | 're-plan'
}

/** Publishing asks one thing: what becomes of the plans that run. */
export function PublishProtocol({
  code,
  draft,
  running,
  onClose,
}: {
  code: string
  draft: ProtocolVersionView
  running: number
  onClose: () => void
}) {
  const t = useT('follow-up')
  const say = useSay()
  const publish = useAction(publishProtocol, {
    invalidates: [getProtocol, listProtocols],
    onDone: ({ switched }) => {
      say.done(t('said.published', { version: draft.version, count: switched }))
      onClose()
    },
  })
  const options = (['leave', 'next-step', 're-plan'] as const).map((value) => ({
    value,
    label: (
      <span>
        {t(`running.${value}`)} <span className="pb-hint">{t(`runningHint.${value}`)}</span>
      </span>
    ),
  }))
  return (
    <SideDrawer title={t('protocol.publish', { version: draft.version })} open onClose={onClose}>
      <Stack>
        <p>{t('protocol.runningCount', { count: running })}</p>
        <DraftForm<Values>
          name={`publish-${code}`}
          keepDraft={false}
          initial={{ running: 'leave' }}
          submit={t('protocol.publish', { version: draft.version })}
          onCancel={onClose}
          onSubmit={(body) => publish.mutateAsync({ params: { code }, body: { version: draft.version, ...body } })}
        >
          <Field name="running" label={t('protocol.runningQuestion')} required>
            <Radio.Group options={options} className="pb-stack" />
          </Field>
        </DraftForm>
      </Stack>
    </SideDrawer>
  )
}
