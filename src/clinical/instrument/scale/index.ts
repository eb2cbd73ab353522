import type { Instrument } from '../core/instrument.ts'
import { auditC } from './audit-c/audit-c.ts'
import { barthel } from './barthel/barthel.ts'
import { gad7 } from './gad-7/gad-7.ts'
import { ipaqSf } from './ipaq-sf/ipaq-sf.ts'
import { isi } from './isi/isi.ts'
import { mmrcCat } from './mmrc-cat/mmrc-cat.ts'
import { mnaSf } from './mna-sf/mna-sf.ts'
import { morseFall } from './morse-fall/morse-fall.ts'
import { phq9 } from './phq-9/phq-9.ts'
import { psqi } from './psqi/psqi.ts'
import { pss10 } from './pss-10/pss-10.ts'
import { sas } from './sas/sas.ts'
import { sds } from './sds/sds.ts'
import { tcmConstitution60 } from './tcm-constitution-60/tcm-constitution-60.ts'
import { tcmConstitutionElderly33 } from './tcm-constitution-elderly-33/tcm-constitution-elderly-33.ts'

export const instruments: Instrument[] = [
  phq9,
  gad7,
  sas,
  sds,
  pss10,
  isi,
  psqi,
  ipaqSf,
  auditC,
  barthel,
  morseFall,
  mnaSf,
  mmrcCat,
  tcmConstitutionElderly33,
  tcmConstitution60,
]
