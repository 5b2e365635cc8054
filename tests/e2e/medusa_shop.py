"""What a buyer and the shop's owner do in a Medusa store, through the cluster's entry point."""
import json
import urllib.error
import urllib.request

from souk import expect


class Shop:
    def __init__(self, soukd, store):
        self.url = store["urls"]["storefront"].rstrip("/")
        # The name resolves to the loopback address in browsers; Python asks the system, so say where to connect.
        self.host = self.url.split("//")[1]
        self.port = self.host.split(":")[1]
        self.config = self.call("GET", "/config.json")[1]
        credentials = soukd.api("POST", f"/api/v1/stores/{store['id']}/credentials", {"reason": "end-to-end test"}, 200)
        self.login = {"email": credentials["username"], "password": credentials["password"]}
        self.token = None

    def call(self, method, path, body=None, key=False, admin=False, status=(200,)):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        request.add_header("Host", self.host)
        request.add_header("Content-Type", "application/json")
        if key:
            request.add_header("x-publishable-api-key", self.config["publishable_key"])
        if admin:
            request.add_header("Authorization", f"Bearer {self.token}")
        data = json.dumps(body).encode() if body is not None else None
        try:
            with urllib.request.urlopen(request, data=data, timeout=60) as answer:
                code, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            code, text = error.code, error.read().decode(errors="replace")
        expect(code in status, f"{method} {path}: {code} {text[:300]}")
        try:
            return code, json.loads(text)
        except ValueError:
            return code, text

    def store_api(self, method, path, body=None):
        return self.call(method, "/store" + path, body, key=True)[1]

    def place_order(self):
        """A complete purchase of two pieces; the order as the Store API answers it."""
        region = self.store_api("GET", "/regions")["regions"][0]
        product = self.store_api("GET", f"/products?region_id={region['id']}&fields=id,title,*variants.calculated_price")["products"][0]
        cart = self.store_api("POST", "/carts", {"region_id": region["id"], "email": "buyer@shop.example.com"})["cart"]["id"]
        self.store_api("POST", f"/carts/{cart}/line-items", {"variant_id": product["variants"][0]["id"], "quantity": 2})
        address = {"first_name": "Ada", "last_name": "Byer", "address_1": "Hauptstr. 1", "city": "Berlin", "postal_code": "10115",
                   "country_code": "de", "phone": "+49301234567"}
        self.store_api("POST", f"/carts/{cart}", {"shipping_address": address, "billing_address": address})
        option = self.store_api("GET", f"/shipping-options?cart_id={cart}")["shipping_options"][0]
        self.store_api("POST", f"/carts/{cart}/shipping-methods", {"option_id": option["id"]})
        collection = self.store_api("POST", "/payment-collections", {"cart_id": cart})["payment_collection"]["id"]
        self.store_api("POST", f"/payment-collections/{collection}/payment-sessions", {"provider_id": "pp_system_default"})
        done = self.store_api("POST", f"/carts/{cart}/complete", {})
        expect(done["type"] == "order", f"the cart did not become an order: {done}")
        again = self.store_api("POST", f"/carts/{cart}/complete", {})
        expect(again["order"]["id"] == done["order"]["id"], "completing twice made another order")
        return done["order"]

    def sign_in(self):
        self.token = self.call("POST", "/auth/user/emailpass", self.login)[1]["token"]

    def orders(self):
        return self.call("GET", "/admin/orders?fields=id,display_id,total,payment_status,email", admin=True)[1]["orders"]

    def capture(self, order_id):
        """Captures the payment as the admin page does; the order afterwards."""
        fields = "id,payment_status,*payment_collections.payments"
        order = self.call("GET", f"/admin/orders/{order_id}?fields={fields}", admin=True)[1]["order"]
        expect(order["payment_status"] == "authorized", f"payment before the capture: {order['payment_status']}")
        payment = order["payment_collections"][0]["payments"][0]["id"]
        self.call("POST", f"/admin/payments/{payment}/capture", {}, admin=True)
        return self.call("GET", f"/admin/orders/{order_id}?fields={fields}", admin=True)[1]["order"]
