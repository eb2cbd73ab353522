import { Button } from 'antd'
import { Card, DateText, Row, Stack, Status, TagChip, useOpened, useT } from '../../../platform/web/index.ts'
import type { Proposal } from '../contract/advice.ts'
import { KINDS } from '../contract/words.ts'
import { useBilingual, useReasonWords } from './words.ts'

/** The proposals, one card a kind. */
export function ProposedCards({ proposals }: { proposals: readonly Proposal[] }) {
  const t = useT('advice')
  return KINDS.map((kind) => {
    const own = proposals.filter((one) => one.kind === kind)
    return own.length === 0 ? null : (
      <Card key={kind} title={t(`kind.${kind}`)}>
        <Stack>
          {own.map((proposal) => (
            <ProposalRow key={proposal.code} proposal={proposal} />
          ))}
        </Stack>
      </Card>
    )
  })
}

/** Chosen by a rule, and held back by another: with both reasons. */
export function LeftOutCard({ proposals, canOverride }: { proposals: readonly Proposal[]; canOverride: boolean }) {
  const t = useT('advice')
  return (
    <Card title={t('leftOut.title', { count: proposals.length })}>
      <Stack>
        <p className="pb-hint">{t(canOverride ? 'leftOut.hintDoctor' : 'leftOut.hint')}</p>
        {proposals.map((proposal) => (
          <ProposalRow key={proposal.code} proposal={proposal} canGive={canOverride} />
        ))}
      </Stack>
    </Card>
  )
}

/** One card: what it says in a sentence, why it is here, what stands against it, and the way to give it. */
export function ProposalRow({ proposal, canGive = true }: { proposal: Proposal; canGive?: boolean }) {
  const t = useT('advice')
  const words = useBilingual()
  const reasonWords = useReasonWords()
  const opened = useOpened('card')
  const { title, summary, reasons, obstacles, givenOn, form } = proposal
  return (
    <section
      aria-label={words(title)}
      style={{ display: 'flex', gap: 16, justifyContent: 'space-between', alignItems: 'start', flexWrap: 'wrap' }}
    >
      <div style={{ flex: '1 1 260px' }}>
        <Stack tight>
          <Row>
            <strong>{words(title)}</strong>
            {form && <TagChip label={t(`form.${form}`)} because={t('form.because')} />}
            {givenOn && (
              <Status tone="good">
                {t('proposed.given')} <DateText date={givenOn} />
              </Status>
            )}
          </Row>
          <span>{words(summary)}</span>
          {reasons.length > 0 && (
            <span className="pb-hint">
              {t('proposed.because', { reasons: reasons.map(reasonWords).join(t('list.separator')) })}
            </span>
          )}
          {obstacles.map(({ because, fact }) => (
            <span key={because.zh}>
              <Status tone="danger">{t('leftOut.mark')}</Status> {words(because)}{' '}
              <span className="pb-hint">{t('leftOut.fact', { fact: reasonWords(fact) })}</span>
            </span>
          ))}
        </Stack>
      </div>
      {canGive && (
        <Button size="small" onClick={() => opened.open(proposal.code)}>
          {t('proposed.open')}
          <span className="pb-sr">{words(title)}</span>
        </Button>
      )}
    </section>
  )
}
