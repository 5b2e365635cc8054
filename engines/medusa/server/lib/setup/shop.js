const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")
const flows = require("@medusajs/medusa/core-flows")

const COUNTRIES = [
  { code: "de", tax: { name: "MwSt.", code: "DE19", rate: 19 } },
  { code: "fr", tax: { name: "TVA", code: "FR20", rate: 20 } },
]
const PAYMENT = "pp_system_default"
const FULFILLMENT = "manual_manual"
const SHIPPING = { name: "Standard shipping", price: 5 }
const REFUND_REASONS = [
  { code: "shipping_issue", label: "Shipping Issue", description: "Refund due to lost, delayed, or misdelivered shipment" },
  { code: "customer_care_adjustment", label: "Customer Care Adjustment", description: "Refund given as goodwill or compensation for inconvenience" },
  { code: "pricing_error", label: "Pricing Error", description: "Refund to correct an overcharge, missing discount, or incorrect price" },
]

/** Everything between a visitor and an order but the products. Returns the ids products need. */
async function ensureShop(container, { currency }) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const find = async (entity, fields, filters = {}) => (await query.graph({ entity, fields, filters })).data

  const [store] = await find("store", ["id", "default_sales_channel_id", "default_region_id", "default_location_id"])
  await ensureTaxIncluded(container, find, currency)
  const region = await ensureRegion(container, find, currency)
  await ensureTaxes(container, find)
  const profile = await ensureProfile(container, find)
  const location = await ensureLocation(container, find, store.default_sales_channel_id)
  const zone = await ensureZone(container, find, location)
  await ensureShippingOption(container, find, { profile, zone, region, currency })
  await ensureRefundReasons(container, find)

  if (store.default_region_id !== region || store.default_location_id !== location) {
    await flows.updateStoresWorkflow(container).run({
      input: {
        selector: { id: store.id },
        update: { default_region_id: store.default_region_id ?? region, default_location_id: store.default_location_id ?? location },
      },
    })
  }
  return { channel: store.default_sales_channel_id, profile, location }
}

/** People here see prices with tax; the region says so for its own prices, this for all others in the currency. */
async function ensureTaxIncluded(container, find, currency) {
  const key = { attribute: "currency_code", value: currency }
  if ((await find("price_preference", ["id"], key)).length > 0) return
  await flows.createPricePreferencesWorkflow(container).run({ input: [{ ...key, is_tax_inclusive: true }] })
}

async function ensureRegion(container, find, currency) {
  const [found] = await find("region", ["id", "countries.iso_2", "payment_providers.id"], { currency_code: currency })
  const wanted = { name: "Europe", currency_code: currency, countries: COUNTRIES.map((c) => c.code), payment_providers: [PAYMENT], is_tax_inclusive: true }
  if (!found) {
    const { result } = await flows.createRegionsWorkflow(container).run({ input: { regions: [wanted] } })
    return result[0].id
  }
  // A run that was killed here leaves a region nobody can pay in.
  if (!found.payment_providers?.some(Boolean) || !found.countries?.length) {
    await flows.updateRegionsWorkflow(container).run({ input: { selector: { id: found.id }, update: wanted } })
  }
  return found.id
}

async function ensureTaxes(container, find) {
  const there = new Set((await find("tax_region", ["country_code"])).map((region) => region.country_code))
  const missing = COUNTRIES.filter((country) => !there.has(country.code))
  if (missing.length === 0) return
  await flows.createTaxRegionsWorkflow(container).run({
    input: missing.map(({ code, tax }) => ({ country_code: code, provider_id: "tp_system", default_tax_rate: { ...tax, is_default: true } })),
  })
}

async function ensureProfile(container, find) {
  const [found] = await find("shipping_profile", ["id"], { type: "default" })
  if (found) return found.id
  const { result } = await flows.createShippingProfilesWorkflow(container).run({
    input: { data: [{ name: "Default Shipping Profile", type: "default" }] },
  })
  return result[0].id
}

async function ensureLocation(container, find, channel) {
  let [location] = await find("stock_location", ["id", "sales_channels.id", "fulfillment_providers.id"])
  if (!location) {
    const { result } = await flows.createStockLocationsWorkflow(container).run({
      input: { locations: [{ name: "Warehouse", address: { address_1: "Marktplatz 1", city: "Berlin", postal_code: "10115", country_code: "DE" } }] },
    })
    location = result[0]
  }
  if (!location.fulfillment_providers?.some((provider) => provider?.id === FULFILLMENT)) {
    await container.resolve(ContainerRegistrationKeys.LINK).create({
      [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
      [Modules.FULFILLMENT]: { fulfillment_provider_id: FULFILLMENT },
    })
  }
  if (!location.sales_channels?.some((linked) => linked?.id === channel)) {
    await flows.linkSalesChannelsToStockLocationWorkflow(container).run({ input: { id: location.id, add: [channel] } })
  }
  return location.id
}

/** The place shipping options hang on: a service zone with our countries, in a fulfilment set that is linked to the location. */
async function ensureZone(container, find, location) {
  const name = "Shipping"
  let [set] = await find("fulfillment_set", ["id", "service_zones.id", "location.id"], { name })
  if (!set) {
    set = await container.resolve(Modules.FULFILLMENT).createFulfillmentSets({
      name,
      type: "shipping",
      service_zones: [{ name: "Germany and France", geo_zones: COUNTRIES.map(({ code }) => ({ type: "country", country_code: code })) }],
    })
  }
  if (!set.location?.id) {
    await container.resolve(ContainerRegistrationKeys.LINK).create({
      [Modules.STOCK_LOCATION]: { stock_location_id: location },
      [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
    })
  }
  return set.service_zones[0].id
}

async function ensureShippingOption(container, find, { profile, zone, region, currency }) {
  const options = await find("shipping_option", ["id", "name", "prices.id"], { service_zone: { id: zone } })
  if (options.some((option) => option.prices?.some(Boolean))) return
  // An option without a price can be chosen by nobody: it is the rest of a killed run.
  if (options.length > 0) await flows.deleteShippingOptionsWorkflow(container).run({ input: { ids: options.map((option) => option.id) } })
  await flows.createShippingOptionsWorkflow(container).run({
    input: [{
      name: SHIPPING.name,
      price_type: "flat",
      provider_id: FULFILLMENT,
      service_zone_id: zone,
      shipping_profile_id: profile,
      type: { label: "Standard", description: "With you in two to three days", code: "standard" },
      prices: [{ currency_code: currency, amount: SHIPPING.price }, { region_id: region, amount: SHIPPING.price }],
      rules: [
        { attribute: "enabled_in_store", value: "true", operator: "eq" },
        { attribute: "is_return", value: "false", operator: "eq" },
      ],
    }],
  })
}

async function ensureRefundReasons(container, find) {
  if ((await find("refund_reason", ["id"])).length === 0) await container.resolve(Modules.PAYMENT).createRefundReasons(REFUND_REASONS)
}

module.exports = { ensureShop }
