export const buyer = {
  email: "ann@example.com",
  first_name: "Ann",
  last_name: "Buyer",
  address_1: "Lindenstraße 7",
  postal_code: "10969",
  city: "Berlin",
  country_code: "de",
};

export async function fillAddress(page, values = buyer) {
  for (const [name, value] of Object.entries(values)) {
    const control = page.locator(`main [name="${name}"]`);
    if (name === "country_code") await control.selectOption(value);
    else await control.fill(value);
  }
}
