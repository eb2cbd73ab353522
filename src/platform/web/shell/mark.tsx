/** Two lines that go side by side: 陪伴. */
export function Mark({ folded = false }: { folded?: boolean }) {
  return (
    <div className="pb-mark">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#0B7A75" />
        <path d="M9 24V13a5 5 0 0 1 10 0v2" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
        <path d="M23 8v11a5 5 0 0 1-10 0v-2" fill="none" stroke="#BFE5DF" strokeWidth="2.6" strokeLinecap="round" />
      </svg>
      {!folded && <strong lang="zh-CN">陪伴</strong>}
    </div>
  )
}
