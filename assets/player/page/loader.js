/** Mounts a part once its module is there. A module that is awaited twice may come to the newer call first:
 * the older one is ended as soon as it returns, and mounts nothing. */
export default async (component) => {
  const parts = await import(new URL(component.data.module, document.baseURI).href)
  let isEnded = false
  let remove = null
  setTimeout(() => {
    if (!isEnded) remove = parts[component.data.part](component)
  })
  return () => {
    isEnded = true
    remove?.()
  }
}
