#include "adapters/http/contract.hpp"

#include "adapters/http/routes.hpp"

#include <memory>

// /openapi.yaml and /docs

namespace souk::http {

void add_contract_routes(Routes& routes) {
    routes.add("GET", "/openapi.yaml", [](const runtime::Request&, const app::Caller&) {
        return runtime::Response::with_type(200, "application/yaml; charset=utf-8",
                                            std::string(contract_text()));
    });
    routes.add("GET", "/docs",
               [page = std::make_shared<const DocsPage>(docs_page(contract_text()))](const runtime::Request&,
                                                                                     const app::Caller&) {
                   return runtime::Response::with_type(200, "text/html; charset=utf-8", page->html)
                       .with_header("Content-Security-Policy", page->policy);
               });
}

}  // namespace souk::http
