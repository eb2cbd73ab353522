import chronic from '../content/packs/chronic.json' with { type: 'json' }
import mind from '../content/packs/mind.json' with { type: 'json' }
import oncology from '../content/packs/oncology.json' with { type: 'json' }
import rehabilitation from '../content/packs/rehabilitation.json' with { type: 'json' }
import { packDefinition, type PackDefinition } from '../contract/pack.ts'

/** The packs that come with Peiban. None has been read by a clinician yet: `reviewer` says so on every page. */
export const shippedPacks: PackDefinition[] = [mind, oncology, chronic, rehabilitation].map((content) =>
  packDefinition.parse(content),
)
