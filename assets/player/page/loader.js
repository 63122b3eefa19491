export default async (component) => {
  const parts = await import(new URL(component.data.module, document.baseURI).href)
  return parts[component.data.part](component)
}
