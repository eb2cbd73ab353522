/**
 * The rooms from the ground upwards. A room's server may call the door of a room that stands before it in this list
 * and import its contract; against the order only events travel. One list cannot hold a circle; `test/tidy.test.ts`
 * holds every import against it.
 */
export const ROOM_ORDER = [
  'organization',
  'staff',
  'audit',
  'patient',
  'agenda',
  'card',
  'observation',
  'report-intake',
  'tag',
  'risk',
  'task',
  'sms',
  'wechat',
  'mail-domain',
  'message',
  'mail-report',
  'file-link',
  'readership',
  'patient-access',
  'recording',
  'media',
  'alert',
  'questionnaire',
  'mood-diary',
  'follow-up',
  'growth',
  'nodule',
  'advice',
  'care-plan',
  'care-stage',
  'stage-summary',
  'health-report',
  'interpretation',
  'segment',
  'lifecycle',
  'understanding',
  'complaint',
  'campaign',
  'call-desk',
  'specialty-pack',
] as const

export type RoomName = (typeof ROOM_ORDER)[number]
