/** How often it is looked whether the front end still lives, in milliseconds. */
const EVERY = 1000

/**
 * Calls back once when the process that started the kernel is gone: one that is killed sends no shutdown. Whoever starts a kernel that
 * should end with it says so by its process id in `JPY_PARENT_PID`, as jupyter_client does; without it the kernel lives on.
 */
export function endWithFrontEnd(end: () => void, every: number = EVERY): void {
  const named = Number(process.env['JPY_PARENT_PID'])
  if (!Number.isInteger(named) || named <= 1) return
  const parent = process.ppid
  // The one named may live where its process cannot be seen from here, as outside a container.
  const visible = isAlive(named)
  const timer = setInterval(() => {
    if (process.ppid === parent && (!visible || isAlive(named))) return
    clearInterval(timer)
    end()
  }, every)
  timer.unref()
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
