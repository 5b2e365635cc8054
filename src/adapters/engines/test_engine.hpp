#pragma once

// For the tests of this folder only: a whole engine in memory, and how to change one line of it.

#include "adapters/engines/manifest.hpp"
#include "core/store/store.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace souk::engines {

inline PackFiles test_engine() {
    PackFiles files;
    files["engine.yaml"] = R"(apiVersion: souk.dev/v1
name: demo
title: Demo
description: A shop in a test.
version: 1.2.3-1
upgrades_from: [1.2.2-1]
provisioning_deadline: 15m
images:
  web: localhost/souk/demo:1
secrets:
  - name: admin
    keys:
      username: {value: "admin@${store.host_fqdn}"}
      password: {generate: {length: 24, alphabet: alphanumeric}}
  - name: shop
    keys:
      key: {generate: {length: 64, alphabet: hex}, prefix: pk_}
values:
  currency: eur
  greeting: Hello ${store.name}, $${literal}
  nested: {zip: "0123", on_sale: true, list: [1, 2.5, "3"]}
resources:
  starter:
    web: {requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: 1, memory: 128Mi}}
routes:
  - {path: /, service: web, port: 8080}
urls: {storefront: /, api: /store}
setup: {component: setup}
data: {components: [db]}
backup:
  - {component: db, kind: postgresql}
hints: {icon: demo}
)";
    files["checks/cart.yaml"] = R"(name: cart
title: A cart can be filled
when: provisioning
cookies: true
steps:
  - name: regions
    request:
      path: /store/regions?limit=1
      headers: {x-key: "${secret.shop.key}"}
    expect: {status: 200}
    save:
      region: {json: /regions/0/id}
  - name: cart
    request:
      method: POST
      path: /store/carts/${region}
      json: {region_id: "${region}", quantity: 2}
    expect:
      status: [200, 201]
      json: {/cart/id: exists, /cart/items: non_empty, /cart/quantity: 2}
      body_contains: [cart]
      header: {content-type: {contains: json}}
)";
    files["chart/Chart.yaml"] = "apiVersion: v2\nname: demo\nversion: 1.0.0\n";
    files["chart/values.yaml"] = "";
    files["chart/values.schema.json"] = "{}";
    files["chart/values-local.yaml"] = "";
    files["chart/values-prod.yaml"] = "";
    return files;
}

/// With one text replaced in engine.yaml or, when named, another file. The text must be there.
inline PackFiles changed(std::string_view from, std::string_view to,
                         const std::string& file = "engine.yaml") {
    PackFiles files = test_engine();
    std::string& text = files.at(file);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    return files;
}

inline Store test_store(const std::string& slug = "ann", const std::string& name = "Ann's \"shop\"") {
    return Store{.id = *StoreId::parse("str_01h455vb4pex5vsknk084sn02q"),
                 .name = *StoreName::parse(name),
                 .created_name = *StoreName::parse(name),
                 .slug = *Slug::parse(slug),
                 .ns = *NamespaceName::parse("souk-ann-84sn02"),
                 .engine = "demo",
                 .engine_version = "1.2.3-1",
                 .pack_digest = {},
                 .plan = "starter",
                 .hosts = {slug + ".localhost"},
                 .conditions = {},
                 .steps = {},
                 .failure = {},
                 .deadline = {},
                 .waiting_since = {},
                 .admitted = {},
                 .checks_passed = {},
                 .first_ready = {},
                 .deleted = {}};
}

}  // namespace souk::engines
