const { ContainerRegistrationKeys, ProductStatus } = require("@medusajs/framework/utils")
const flows = require("@medusajs/medusa/core-flows")

const STOCK = 100

// Pictures are in the storefront's image, under /samples/.
const PRODUCTS = [
  {
    title: "Enamel mug",
    handle: "enamel-mug",
    description: "White enamel with a blue rim, 350 ml. Light enough for a rucksack, tough enough for a campfire.",
    option: "Colour",
    variants: [
      { title: "Blue rim", sku: "MUG-BLUE", price: 14 },
      { title: "Red rim", sku: "MUG-RED", price: 14 },
    ],
  },
  {
    title: "Linen tote bag",
    handle: "linen-tote-bag",
    description: "Washed linen with long handles and one inner pocket. Carries a week of groceries or a weekend away.",
    option: "Size",
    variants: [
      { title: "Medium", sku: "TOTE-M", price: 29 },
      { title: "Large", sku: "TOTE-L", price: 35 },
    ],
  },
  {
    title: "Dotted notebook",
    handle: "dotted-notebook",
    description: "160 pages of thick dotted paper that lie flat on the table, bound with thread in a cloth cover.",
    option: "Format",
    variants: [{ title: "A5", sku: "NOTE-A5", price: 12 }],
  },
]

async function ensureProducts(container, shop, { currency }) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const fields = ["id", "handle", "shipping_profile.id", "sales_channels.id", "variants.id", "variants.prices.id", "variants.inventory_items.inventory_item_id"]
  const handles = PRODUCTS.map((product) => product.handle)
  const find = async () => (await query.graph({ entity: "product", fields, filters: { handle: handles } })).data

  // Samples are given once; the owner may have removed some since, and they must not come back.
  if (await isMarked(query)) return
  const there = await find()
  const halves = there.filter((product) => !isWhole(product))
  if (halves.length > 0) await flows.deleteProductsWorkflow(container).run({ input: { ids: halves.map((product) => product.id) } })

  const whole = new Set(there.filter(isWhole).map((product) => product.handle))
  const missing = PRODUCTS.filter((product) => !whole.has(product.handle))
  if (missing.length > 0) {
    await flows.createProductsWorkflow(container).run({ input: { products: missing.map((product) => describe(product, shop, currency)) } })
  }
  await ensureStock(container, query, await find(), shop.location)
  await mark(container, query)
}

/** Made by createProducts to its end: its last steps are the links to prices and inventory. */
function isWhole(product) {
  return product.shipping_profile?.id && product.sales_channels?.some(Boolean) && product.variants.length > 0 &&
    product.variants.every((variant) => variant.prices?.some(Boolean) && variant.inventory_items?.some(Boolean))
}

function describe({ title, handle, description, option, variants }, { channel, profile }, currency) {
  const image = `/samples/${handle}.svg`
  return {
    title, handle, description, status: ProductStatus.PUBLISHED, thumbnail: image, images: [{ url: image }],
    shipping_profile_id: profile, sales_channels: [{ id: channel }],
    options: [{ title: option, values: variants.map((variant) => variant.title) }],
    variants: variants.map((variant) => ({
      title: variant.title, sku: variant.sku, manage_inventory: true,
      options: { [option]: variant.title }, prices: [{ currency_code: currency, amount: variant.price }],
    })),
  }
}

async function ensureStock(container, query, products, location) {
  const items = products.flatMap((product) => product.variants.flatMap((variant) => variant.inventory_items.map((item) => item.inventory_item_id)))
  if (items.length === 0) return
  const { data } = await query.graph({ entity: "inventory_level", fields: ["inventory_item_id"], filters: { inventory_item_id: items, location_id: location } })
  const stocked = new Set(data.map((level) => level.inventory_item_id))
  const missing = items.filter((item) => !stocked.has(item))
  if (missing.length === 0) return
  await flows.createInventoryLevelsWorkflow(container).run({
    input: { inventory_levels: missing.map((item) => ({ inventory_item_id: item, location_id: location, stocked_quantity: STOCK })) },
  })
}

const readStore = async (query) => (await query.graph({ entity: "store", fields: ["id", "metadata"] })).data[0]
const isMarked = async (query) => Boolean((await readStore(query)).metadata?.souk_samples)

async function mark(container, query) {
  const { id, metadata } = await readStore(query)
  await flows.updateStoresWorkflow(container).run({ input: { selector: { id }, update: { metadata: { ...metadata, souk_samples: "1" } } } })
}

module.exports = { ensureProducts }
