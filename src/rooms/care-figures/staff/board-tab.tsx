import { Go, Stack, useCan, useT } from '../../../platform/web/index.ts'
import { BOARD_FIGURES } from '../contract/care-figures.ts'
import { OpenButtons, type FiguresProps } from './pathways-tab.tsx'
import { ShareText } from './share-text.tsx'

/** 陪伴成效 (S0-21): each by itself, never one number (R8). */
export function BoardTab({ figures: { board, satisfaction }, onOpen }: FiguresProps) {
  const t = useT('care-figures')
  const readsMails = useCan('message.template.read')
  return (
    <Stack>
      <p className="pb-hint">
        <strong>{t('board.title')}</strong> {t('board.hint')}
      </p>
      <div className="cf-grid">
        {BOARD_FIGURES.map((code) => (
          <section key={code} className="pb-card" aria-label={t(`name.${code}`)}>
            <h2>
              {t(`name.${code}`)} <span className="cf-ask">{t(`asks.${code}`)}</span>
            </h2>
            <ShareText of={board[code]} large />
            <p className="pb-hint">{t(`means.${code}`)}</p>
            {code === 'referral' && <p className="pb-hint">{t('none.recommendHow')}</p>}
            <OpenButtons figure={code} of={board[code]} onOpen={onOpen} />
          </section>
        ))}
        {satisfaction && (
          <section className="pb-card" aria-label={t('satisfaction.name')}>
            <h2>
              {t('satisfaction.name')} <span className="cf-ask">{t('asks.satisfaction')}</span>
            </h2>
            <ShareText of={satisfaction.good} large />
            <p className="pb-hint">
              {t('satisfaction.response')} <ShareText of={satisfaction.response} />
            </p>
            <p className="pb-hint">{t('satisfaction.means')}</p>
            <div className="cf-open">
              <Go to="/satisfaction">{t('satisfaction.open')}</Go>
            </div>
          </section>
        )}
        {/* Nobody has been asked this yet: it says so, and what would tell. */}
        <section className="pb-card cf-empty-card" aria-label={t('none.trust')}>
          <h2>
            {t('none.trust')} <span className="cf-ask">{t('asks.trust')}</span>
          </h2>
          <span className="cf-share">
            <strong>{t('none.noData')}</strong>
          </span>
          <p className="pb-hint">{t('none.trustHow')}</p>
        </section>
        {readsMails && (
          <section className="pb-card cf-empty-card" aria-label={t('board.reading')}>
            <h2>{t('board.reading')}</h2>
            <p className="pb-hint">{t('board.readingHint')}</p>
            <div className="cf-open">
              <Go to="/reading-figures">{t('board.readingOpen')}</Go>
            </div>
          </section>
        )}
      </div>
    </Stack>
  )
}
