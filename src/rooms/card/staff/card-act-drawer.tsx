import { Input } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { call, DraftForm, Field, SideDrawer, Stack, useSay, useT } from '../../../platform/web/index.ts'
import { cardsOfPatient, closeCard, freezeCard, unfreezeCard, type CardView } from '../contract/card.ts'

const ENDPOINTS = { freeze: freezeCard, unfreeze: unfreezeCard, close: closeCard } as const
export type CardAct = keyof typeof ENDPOINTS

/** Freezing, taking up again, closing: names the card, says what follows, asks why. */
export function CardActDrawer({
  card,
  act,
  onClose,
}: {
  card: CardView
  act: CardAct | undefined
  onClose: () => void
}) {
  const t = useT('card')
  const say = useSay()
  const client = useQueryClient()
  const send = async ({ reason }: { reason: string }) => {
    if (!act) return
    await call(ENDPOINTS[act], { params: { cardId: card.id }, body: { reason } })
    onClose()
    say.done(t('panel.done'))
    await client.invalidateQueries({ queryKey: [cardsOfPatient.name] })
  }
  return (
    <SideDrawer
      title={act && t(`panel.${act}Title`, { number: card.number })}
      open={act !== undefined}
      onClose={onClose}
      widthPx={420}
    >
      {act && (
        <Stack>
          <p>{t(`panel.${act}Hint`)}</p>
          <DraftForm<{ reason: string }>
            name={`card-${act}-${card.id}`}
            keepDraft={false}
            submit={t(`panel.${act}`)}
            onSubmit={send}
            onCancel={onClose}
          >
            <Field name="reason" label={t('panel.reason')} required>
              <Input.TextArea autoFocus maxLength={300} autoSize={{ minRows: 2 }} />
            </Field>
          </DraftForm>
        </Stack>
      )}
    </SideDrawer>
  )
}
