export function ProgressBar({percent, label}: {percent: number; label: string}) {
  return (
    <div role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100} className="h-1.5 w-full overflow-hidden rounded-full bg-raised">
      {/* By transform and not by width: no layout of the page for every event. */}
      <div className="h-full w-full origin-left rounded-full bg-accent transition-transform duration-300" style={{transform: `scaleX(${percent / 100})`}} />
    </div>
  )
}
