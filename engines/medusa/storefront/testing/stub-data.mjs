/** Canned products and regions in the shape of Medusa's Store API. */

export const regions = [
  { id: "reg_eu", name: "Europe", currency_code: "eur", countries: [country("de", "Germany"), country("fr", "France")] },
  { id: "reg_us", name: "United States", currency_code: "usd", countries: [country("us", "United States")] },
];

export const shippingOptions = [
  { id: "so_standard", name: "Standard delivery", price_type: "flat", amount: 5, type: { label: "Standard", description: "With you in 3 to 5 days" } },
  { id: "so_express", name: "Express delivery", price_type: "flat", amount: 12.5, type: { label: "Express", description: "With you tomorrow" } },
];

export const hostileTitle = `<img src=x onerror="window.__hacked=1"><script>window.__hacked=1</script>`;

export const products = [
  simple("clay-vase", "Clay vase", 38, { subtitle: "Thrown by hand", stock: 12, description: "A quiet vase of red clay, glazed inside only.\n\nHolds water and about five stems. Every piece differs a little." }),
  shirt(),
  simple("olive-bowl", "Olive wood bowl", 24.5, { stock: 3, description: "Turned from one piece." }),
  simple("wool-blanket", "Wool blanket", 89, { stock: 7, original: 110 }),
  simple("beeswax-candle", "Beeswax candle", 9, { stock: 0 }),
  simple("hostile", hostileTitle, 1, { stock: 5, description: `<b onclick="window.__hacked=1">bold?</b>`, thumbnail: "javascript:window.__hacked=1" }),
  simple("mint-tea", "Mint tea, loose, in a tin with a very long name that runs over several lines on a phone", 7.2, { manage: false }),
  simple("copper-tray", "Copper tray", 55, { stock: 2, thumbnail: "/pictures/missing.png" }),
];

function country(iso_2, display_name) {
  return { iso_2, display_name, name: display_name.toUpperCase() };
}

function price(amount, original = amount) {
  return { eur: { amount, original }, usd: { amount: round(amount * 1.1), original: round(original * 1.1) } };
}

function simple(handle, title, amount, { stock = null, original, subtitle = null, description = null, manage = true, thumbnail = null } = {}) {
  return {
    id: `prod_${handle}`,
    handle,
    title,
    subtitle,
    description,
    thumbnail,
    images: [],
    options: [{ id: `opt_${handle}`, title: "Default option", values: [{ id: `val_${handle}`, value: "Default option value" }] }],
    variants: [
      {
        id: `variant_${handle}`,
        title: "Default variant",
        manage_inventory: manage,
        allow_backorder: false,
        inventory_quantity: stock,
        options: [{ id: `val_${handle}`, value: "Default option value", option_id: `opt_${handle}` }],
        price: price(amount, original),
      },
    ],
  };
}

function shirt() {
  const sizes = ["S", "M", "L"];
  const colors = ["Sand", "Indigo"];
  const option = (id, title, values) => ({ id, title, values: values.map((value) => ({ id: `val_${value}`, value })) });
  return {
    id: "prod_shirt",
    handle: "linen-shirt",
    title: "Linen shirt",
    subtitle: "Washed linen",
    description: "Light, a little crumpled, and better with every wash.",
    thumbnail: null,
    images: [],
    options: [option("opt_size", "Size", sizes), option("opt_color", "Color", colors)],
    variants: sizes.flatMap((size) =>
      colors.map((color) => ({
        id: `variant_shirt_${size}_${color}`.toLowerCase(),
        title: `${size} / ${color}`,
        manage_inventory: true,
        allow_backorder: false,
        inventory_quantity: size === "M" && color === "Indigo" ? 0 : size === "L" ? 2 : 20,
        options: [
          { id: `val_${size}`, value: size, option_id: "opt_size" },
          { id: `val_${color}`, value: color, option_id: "opt_color" },
        ],
        price: price(size === "L" ? 65 : 60),
      })),
    ),
  };
}

export function round(amount) {
  return Math.round(amount * 100) / 100;
}
