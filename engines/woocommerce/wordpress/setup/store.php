<?php
// The shop: settings, cash on delivery, one shipping rate, sample products. Given once: what the owner changes or removes later stays so.
declare(strict_types=1);

/** @return list<array{sku: string, name: string, price: string, text: string}> */
function souk_samples(): array
{
    return [
        ['sku' => 'SOUK-MUG', 'name' => 'Enamel Mug', 'price' => '14.00', 'text' => 'A mug that survives the campfire and the dishwasher.'],
        ['sku' => 'SOUK-TOTE', 'name' => 'Linen Tote Bag', 'price' => '24.00', 'text' => 'Washed linen, long handles, room for a week of groceries.'],
        ['sku' => 'SOUK-NOTE', 'name' => 'Dotted Notebook', 'price' => '9.50', 'text' => '160 dotted pages that lie flat.'],
    ];
}

function souk_settings(): void
{
    $country = getenv('STORE_COUNTRY') ?: 'DE:DE-BE';
    $options = [
        'woocommerce_default_country' => $country,
        'woocommerce_currency' => strtoupper(getenv('STORE_CURRENCY') ?: 'EUR'),
        'woocommerce_store_address' => 'Marktplatz 1',
        'woocommerce_store_city' => 'Berlin',
        'woocommerce_store_postcode' => '10115',
        // Otherwise a new shop, its cart and its checkout are hidden.
        'woocommerce_coming_soon' => 'no',
        'woocommerce_enable_guest_checkout' => 'yes',
        'woocommerce_calc_taxes' => 'no',
        'woocommerce_allow_tracking' => 'no',
        'woocommerce_show_marketplace_suggestions' => 'no',
        'woocommerce_onboarding_profile' => ['skipped' => true],
        'woocommerce_task_list_hidden' => 'yes',
        'woocommerce_cod_settings' => [
            'enabled' => 'yes',
            'title' => 'Cash on delivery',
            'description' => 'Pay with cash upon delivery.',
            'instructions' => 'Pay with cash upon delivery.',
            'enable_for_methods' => [],
            'enable_for_virtual' => 'yes',
        ],
    ];
    foreach ($options as $name => $value) {
        update_option($name, $value);
    }
    // Else the first page of the admin leads to the wizard.
    delete_transient('_wc_activation_redirect');
}

function souk_shipping(): void
{
    $zone = null;
    foreach (WC_Shipping_Zones::get_zones() as $given) {
        if ($given['zone_name'] === 'Everywhere') {
            $zone = new WC_Shipping_Zone($given['zone_id']);
        }
    }
    if (!$zone) {
        $zone = new WC_Shipping_Zone();
        $zone->set_zone_name('Everywhere');
    }
    $zone->clear_locations();
    foreach (array_keys(WC()->countries->get_continents()) as $continent) {
        $zone->add_location((string) $continent, 'continent');
    }
    $zone->save();
    $instance = 0;
    foreach ($zone->get_shipping_methods() as $method) {
        if ($method->id === 'flat_rate') {
            $instance = $method->instance_id;
        }
    }
    $instance = $instance ?: $zone->add_shipping_method('flat_rate');
    update_option("woocommerce_flat_rate_{$instance}_settings", ['title' => 'Flat rate', 'tax_status' => 'none', 'cost' => '5']);
}

function souk_products(): void
{
    foreach (souk_samples() as $sample) {
        if (wc_get_product_id_by_sku($sample['sku'])) {
            continue;
        }
        $product = new WC_Product_Simple();
        $product->set_name($sample['name']);
        $product->set_sku($sample['sku']);
        $product->set_regular_price($sample['price']);
        $product->set_short_description($sample['text']);
        $product->set_status('publish');
        $product->save();
    }
}

/** A first page that shows the products. */
function souk_front_page(): void
{
    $page = get_page_by_path('welcome');
    $id = $page ? $page->ID : wp_insert_post(wp_slash([
        'post_type' => 'page',
        'post_status' => 'publish',
        'post_name' => 'welcome',
        'post_title' => get_option('blogname'),
        'post_content' => "<!-- wp:shortcode -->\n[products limit=\"8\" columns=\"3\"]\n<!-- /wp:shortcode -->",
    ]));
    update_option('show_on_front', 'page');
    update_option('page_on_front', $id);
}

/** What must be true of a shop that can take an order. */
function souk_verify(): void
{
    $wrong = [];
    if ($missing = WC_Install::verify_base_tables(false)) {
        $wrong[] = 'tables are missing: ' . implode(', ', $missing);
    }
    if (get_option('woocommerce_custom_orders_table_enabled') !== 'yes') {
        $wrong[] = 'orders have no tables of their own (HPOS is off)';
    }
    if (get_option('woocommerce_coming_soon') !== 'no') {
        $wrong[] = 'the shop is hidden (coming soon)';
    }
    if (!isset(WC()->payment_gateways()->payment_gateways()['cod'])) {
        $wrong[] = 'there is no cash on delivery';
    }
    foreach (['shop', 'cart', 'checkout'] as $page) {
        if (wc_get_page_id($page) <= 0) {
            $wrong[] = "there is no page $page";
        }
    }
    if ($wrong) {
        throw new SetupFailure('SetupFailed', 'The shop is not as it should be: ' . implode('; ', $wrong) . '.');
    }
}

class_exists('WooCommerce') || throw new SetupFailure('PluginNotActivated', 'WordPress did not load WooCommerce although it is active.');

if (get_option('souk_setup') !== 'done') {
    // Otherwise this comes with the first page of the admin; it moves orders into tables of their own, so it must come before any order.
    WC_Install::newly_installed();
    WC_Install::create_pages();
    souk_settings();
    souk_shipping();
    souk_products();
    souk_front_page();
    flush_rewrite_rules(false);
    souk_verify();
    update_option('souk_setup', 'done');
}
