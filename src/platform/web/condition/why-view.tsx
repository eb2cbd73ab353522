import { CheckOutlined, CloseOutlined } from '@ant-design/icons'
import type { WhyNode } from '../../condition/contract.ts'
import { useLocale, useT } from '../language/use-t.ts'
import './condition.css'
import { FactLines } from './fact-lines.tsx'

export interface WhyViewProps {
  tree: WhyNode
  /** Whose facts they are: each leads to where it stands on their page. */
  patientId?: string
}

/** Why a person is in or not: each part with its answer, and the facts behind each that holds. */
export function WhyView({ tree, patientId }: WhyViewProps) {
  return (
    <ul className="pb-why">
      <Node node={tree} patientId={patientId} />
    </ul>
  )
}

function Node({ node, patientId }: { node: WhyNode; patientId: string | undefined }) {
  const t = useT('web')
  const locale = useLocale()
  const sentence = locale === 'en' ? node.sentence.en : node.sentence.zh
  // 不是… already says what its only part says.
  const inner = node.kind === 'not' && node.parts[0]!.kind === 'question' ? [] : node.parts
  const facts = node.kind === 'not' && node.parts[0]!.kind === 'question' ? node.parts[0]!.facts : node.facts
  return (
    <li>
      <div className="pb-why-node">
        <span className={`pb-why-answer ${node.holds ? 'pb-tone-good' : 'pb-hint'}`}>
          {node.holds ? <CheckOutlined aria-hidden /> : <CloseOutlined aria-hidden />} {t(node.holds ? 'why.holds' : 'why.holdsNot')}
        </span>
        <span>{node.kind === 'all' || node.kind === 'any' ? t(`why.${node.kind}`) : sentence}</span>
      </div>
      {facts.length > 0 && <FactLines patientId={patientId} facts={facts} />}
      {inner.length > 0 && (
        <ul>
          {inner.map((part, at) => (
            // Parts keep their places.
            <Node key={at} node={part} patientId={patientId} />
          ))}
        </ul>
      )}
    </li>
  )
}
