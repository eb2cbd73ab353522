import { pathwaysOfPacks } from '../../follow-up/server/index.ts'
import chronic from '../content/packs/chronic.json' with { type: 'json' }
import elderly from '../content/packs/elderly.json' with { type: 'json' }
import growth from '../content/packs/growth.json' with { type: 'json' }
import memberCare from '../content/packs/member-care.json' with { type: 'json' }
import mind from '../content/packs/mind.json' with { type: 'json' }
import nodules from '../content/packs/nodules.json' with { type: 'json' }
import oncology from '../content/packs/oncology.json' with { type: 'json' }
import perinatal from '../content/packs/perinatal.json' with { type: 'json' }
import rehabilitation from '../content/packs/rehabilitation.json' with { type: 'json' }
import { packDefinition, type PackDefinition } from '../contract/pack.ts'

interface Part {
  kind: string
  code: string
}

/** Pathways stand with the other protocols in `follow-up`; whoever names one that no house has otherwise brings it. */
function withPathway(part: Part): Part {
  const definition = part.kind === 'protocol' ? pathwaysOfPacks.get(part.code) : undefined
  return definition ? ({ ...part, definition } as Part) : part
}

/** The packs that come with Peiban. None has been read by a clinician yet: `reviewer` says so on every page. */
export const shippedPacks: PackDefinition[] = [
  mind,
  oncology,
  chronic,
  rehabilitation,
  nodules,
  growth,
  perinatal,
  elderly,
  memberCare,
].map((content) => packDefinition.parse({ ...content, parts: (content.parts as Part[]).map(withPathway) }))
