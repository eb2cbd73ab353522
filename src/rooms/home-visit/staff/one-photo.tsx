import { Button } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { ApiProblem, fetchFile, InstantText, ProblemAlert, useT } from '../../../platform/web/index.ts'
import { openPhoto } from '../contract/home-visit.ts'
import type { PhotoLine, VisitView } from '../contract/words.ts'

export interface OnePhotoProps {
  visitId: VisitView['id']
  photo: PhotoLine
  number: number
  mayOpen: boolean
  /** Other acts beside it. */
  children?: ReactNode
}

/** Nothing is fetched before somebody means to look; each look is in the log. */
export function OnePhoto({ visitId, photo, number, mayOpen, children }: OnePhotoProps) {
  const t = useT('home-visit')
  const [url, setUrl] = useState<string>()
  const [opening, setOpening] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url])
  const open = async () => {
    setOpening(true)
    setProblem(undefined)
    try {
      setUrl(await fetchFile(openPhoto, { params: { homeVisitId: visitId, photoId: photo.id } }))
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error)
    } finally {
      setOpening(false)
    }
  }
  const name = t('photo.number', { number })
  return (
    <div className="pb-stack pb-stack-tight">
      <div className="pb-row">
        <span>{name}</span>
        <span className="pb-hint">
          {photo.takenBy} <InstantText at={photo.at} />
        </span>
        {mayOpen && url === undefined && (
          <Button size="small" loading={opening} onClick={() => void open()}>
            {t('photo.open')}
          </Button>
        )}
        {url !== undefined && (
          <Button size="small" onClick={() => setUrl(undefined)}>
            {t('photo.close')}
          </Button>
        )}
        {children}
      </div>
      {mayOpen && url === undefined && <span className="pb-hint">{t('photo.openNoted')}</span>}
      <ProblemAlert problem={problem} />
      {url !== undefined && <img className="pb-home-visit-photo" src={url} alt={name} />}
    </div>
  )
}
