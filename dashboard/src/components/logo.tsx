export function Logo({className}: {className?: string}) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M8 13h16l-1.400 10.200a2 2 0 0 1-2 1.800h-9.200a2 2 0 0 1-2-1.800zM11.500 13a4.500 4.500 0 0 1 9 0" fill="none" stroke="var(--accent-ink)" strokeWidth="2.200" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  )
}
