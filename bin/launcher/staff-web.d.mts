export function isStaffWebStale(root: string): boolean
export function ensureStaffWeb(root: string): Promise<void>
