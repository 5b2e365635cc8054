<?php
// WordPress itself: tables, options, the administrator. Each part is looked at by itself, because a run that was killed halfway leaves
// WordPress "installed" without a user, or without roles.
declare(strict_types=1);

$first = get_option('souk_core') !== 'done';

if (!is_blog_installed()) {
    wp_install(getenv('STORE_NAME'), getenv('ADMIN_USERNAME'), getenv('ADMIN_EMAIL'), true, '', getenv('ADMIN_PASSWORD'));
} elseif ($first) {
    make_db_current_silent();
    populate_options();
    populate_roles();
    update_option('blogname', getenv('STORE_NAME'));
    update_option('admin_email', getenv('ADMIN_EMAIL'));
} elseif ((int) get_option('db_version') !== (int) $GLOBALS['wp_db_version']) {
    wp_upgrade();
}

// Any administrator will do: the owner may have renamed or replaced the first one.
if (!get_users(['role' => 'administrator', 'number' => 1, 'fields' => 'ID'])) {
    $user = get_user_by('login', getenv('ADMIN_USERNAME'));
    $id = $user ? $user->ID : wp_insert_user(wp_slash([
        'user_login' => getenv('ADMIN_USERNAME'),
        'user_pass' => getenv('ADMIN_PASSWORD'),
        'user_email' => getenv('ADMIN_EMAIL'),
    ]));
    if (is_wp_error($id)) {
        throw new SetupFailure('AdminNotCreated', 'WordPress refuses the administrator: ' . $id->get_error_message());
    }
    (new WP_User($id))->set_role('administrator');
}

if ($first) {
    if (!term_exists((int) get_option('default_category'), 'category')) {
        wp_install_defaults((int) get_users(['role' => 'administrator', 'number' => 1, 'fields' => 'ID'])[0]);
    }
    // wp_install decides on pretty links by a request to its own address, which a Job cannot count on; /wp-json/ needs them.
    $GLOBALS['wp_rewrite']->set_permalink_structure('/%postname%/');
    flush_rewrite_rules(false);
    // The pages WordPress comes with do not belong into a shop.
    foreach (['hello-world' => 'post', 'sample-page' => 'page'] as $slug => $type) {
        if ($page = get_page_by_path($slug, OBJECT, $type)) {
            wp_delete_post($page->ID, true);
        }
    }
    update_option('default_comment_status', 'closed');
    update_option('souk_core', 'done', false);
}
