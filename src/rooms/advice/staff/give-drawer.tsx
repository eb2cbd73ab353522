import { Alert, Button, Checkbox, Input, Segmented } from 'antd'
import { useState } from 'react'
import {
  ApiProblem,
  Facts,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useOpened,
  useSay,
  useT,
  requestId,
  useShipped,
} from '../../../platform/web/index.ts'
import {
  giveAdvice,
  giveMindAdvice,
  listGiven,
  listProposals,
  takeBackAdvice,
  takeBackMindAdvice,
  type Proposal,
} from '../contract/advice.ts'
import type { Ask } from '../contract/words.ts'
import { TextEditor } from './text-editor.tsx'
import { textOf, useBilingual, useReasonWords, withoutBlanks, type Language } from './words.ts'

export interface GiveDrawerProps {
  patientId: string
  cards: readonly Proposal[]
  locale: Language
  canOverride: boolean
}

/** A card before it is given: its reasons, what is to be asked, and its words, to be changed for this person. `?card=code` */
export function GiveDrawer({ patientId, cards, locale, canOverride }: GiveDrawerProps) {
  const words = useBilingual()
  const { id, close } = useOpened('card')
  const card = cards.find(({ code }) => code === id)
  return (
    <SideDrawer title={card ? words(card.title) : ''} open={card !== undefined} onClose={close} widthPx={640}>
      {card && (
        <GiveForm
          key={card.code}
          patientId={patientId}
          card={card}
          locale={locale}
          canOverride={canOverride}
          onDone={close}
        />
      )}
    </SideDrawer>
  )
}

interface GiveFormProps {
  patientId: string
  card: Proposal
  locale: Language
  canOverride: boolean
  onDone: () => void
}

function GiveForm({ patientId, card, locale, canOverride, onDone }: GiveFormProps) {
  const t = useT('advice')
  const [language, setLanguage] = useState<Language>(locale)
  const [text, setText] = useState(() => textOf(card, locale))
  const [asked, setAsked] = useState<Ask[]>([])
  const [because, setBecause] = useState('')
  const [despite, setDespite] = useState('')
  const [submission] = useState(requestId)
  const { send, isPending, problem } = useGiving(patientId, card, onDone)
  const speak = (next: Language) => {
    setLanguage(next)
    setText(textOf(card, next))
  }
  const isReady =
    card.ask.every((one) => asked.includes(one)) &&
    (card.reasons.length > 0 || because.trim().length >= 2) &&
    (card.obstacles.length === 0 || (canOverride && despite.trim().length >= 4))
  return (
    <Stack>
      <Why card={card} />
      {card.obstacles.length > 0 && (
        <Despite card={card} canOverride={canOverride} value={despite} onChange={setDespite} />
      )}
      {card.reasons.length === 0 && (
        <label>
          {t('give.because')}
          <Input.TextArea
            autoSize={{ minRows: 1 }}
            maxLength={300}
            value={because}
            onChange={(e) => setBecause(e.target.value)}
          />
        </label>
      )}
      {card.ask.length > 0 && (
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>{t('give.ask')}</legend>
          <Checkbox.Group
            value={asked}
            onChange={setAsked}
            options={card.ask.map((value) => ({ value, label: t(`ask.${value}`) }))}
          />
        </fieldset>
      )}
      <div>
        <Segmented<Language>
          aria-label={t('give.language')}
          value={language}
          onChange={speak}
          options={[
            { value: 'zh-CN', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </div>
      <TextEditor text={text} onChange={setText} />
      <ProblemAlert problem={problem} />
      <div>
        <Button
          type="primary"
          disabled={!isReady}
          loading={isPending}
          onClick={() =>
            send({
              locale: language,
              text: withoutBlanks(text),
              asked,
              because: because.trim(),
              despite: despite.trim(),
              submission,
            })
          }
        >
          {t('give.give')}
        </Button>{' '}
        {!isReady && <span className="pb-hint">{t('give.notReady')}</span>}
      </div>
    </Stack>
  )
}

/** Gives by the endpoint of the card's kind, with the way back for some seconds. */
function useGiving(patientId: string, card: Proposal, onDone: () => void) {
  const t = useT('advice')
  const say = useSay()
  const [problem, setProblem] = useState<Error>()
  const isMind = card.kind === 'mind'
  const invalidates = [listGiven, listProposals]
  const give = useAction(isMind ? giveMindAdvice : giveAdvice, { invalidates })
  const back = useAction(isMind ? takeBackMindAdvice : takeBackAdvice, { invalidates })
  const send = (body: Omit<Parameters<typeof give.mutateAsync>[0]['body'], 'card'>) => {
    setProblem(undefined)
    give
      .mutateAsync({
        params: { patientId: patientId as never },
        body: { ...body, card: { code: card.code, version: card.version } },
      })
      .then(({ id }) => {
        onDone()
        say.undoable({
          text: t('give.done'),
          undo: () =>
            back.mutateAsync({
              params: { patientId: patientId as never, givenId: id },
              body: { because: t('give.undone') },
            }),
        })
      })
      .catch((error: unknown) => (error instanceof ApiProblem ? setProblem(error) : say.problem(error)))
  }
  return { send, isPending: give.isPending, problem }
}

function Why({ card }: { card: Proposal }) {
  const t = useT('advice')
  const shipped = useShipped()
  const reasonWords = useReasonWords()
  return (
    <Facts
      items={[
        [t('give.reasons'), card.reasons.map(reasonWords).join(t('list.separator'))],
        [t('card.source'), shipped(card.source)],
        [t('card.reviewer'), card.reviewer ?? t('card.reviewerOpen')],
        [t('card.expiresOn'), card.expiresOn],
      ]}
    />
  )
}

interface DespiteProps {
  card: Proposal
  canOverride: boolean
  value: string
  onChange: (value: string) => void
}

function Despite({ card, canOverride, value, onChange }: DespiteProps) {
  const t = useT('advice')
  const words = useBilingual()
  return (
    <Stack tight>
      <Alert type="error" showIcon title={card.obstacles.map(({ because }) => words(because)).join(' ')} />
      {canOverride && (
        <label>
          {t('give.despite')}
          <Input.TextArea
            autoSize={{ minRows: 1 }}
            maxLength={300}
            value={value}
            onChange={(e) => onChange(e.target.value)}
          />
        </label>
      )}
    </Stack>
  )
}
