"""What a buyer and the shop's owner do in a WooCommerce store, through the cluster's entry point."""
import json
import re
import urllib.error
import urllib.parse
import urllib.request

from souk import expect


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Shop:
    def __init__(self, soukd, store):
        self.url = store["urls"]["storefront"].rstrip("/")
        # The name resolves to the loopback address in browsers; Python asks the system, so say where to connect.
        self.host = self.url.split("//")[1]
        self.port = self.host.split(":")[1]
        self.cart, self.cookies = None, {}
        credentials = soukd.api("POST", f"/api/v1/stores/{store['id']}/credentials", {"reason": "end-to-end test"}, 200)
        self.user, self.password = credentials["username"], credentials["password"]
        self.opener = urllib.request.build_opener(NoRedirects)

    def call(self, method, path, body=None, form=None, status=(200,)):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        request.add_header("Host", self.host)
        if self.cart:
            request.add_header("Cart-Token", self.cart)
        if self.cookies:
            request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        data = None
        if form is not None:
            data = urllib.parse.urlencode(form).encode()
        elif body is not None:
            request.add_header("Content-Type", "application/json")
            data = json.dumps(body).encode()
        try:
            with self.opener.open(request, data=data, timeout=60) as answer:
                code, headers, text = answer.status, answer.headers, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as error:
            code, headers, text = error.code, error.headers, error.read().decode(errors="replace")
        expect(code in status, f"{method} {path}: {code} {text[:300]}")
        self.cart = headers.get("Cart-Token") or self.cart
        for cookie in headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        try:
            return json.loads(text)
        except ValueError:
            return text

    def store_api(self, method, path, body=None, status=(200, 201)):
        return self.call(method, "/wp-json/wc/store/v1" + path, body, status=status)

    def place_order(self):
        """A complete purchase of two pieces; the order as the Store API answers it."""
        product = self.store_api("GET", "/products")[0]
        self.store_api("GET", "/cart")
        self.cookies = {}
        cart = self.store_api("POST", "/cart/add-item", {"id": product["id"], "quantity": 2})
        expect("cod" in cart["payment_methods"], f"cash on delivery is not offered: {cart['payment_methods']}")
        shipping = {"first_name": "Ada", "last_name": "Byer", "address_1": "Hauptstr. 1", "city": "Berlin", "postcode": "10115",
                    "country": "DE", "state": "DE-BE"}
        addresses = {"billing_address": {**shipping, "email": "buyer@shop.example.com", "phone": "+49301234567"},
                     "shipping_address": shipping}
        rates = self.store_api("POST", "/cart/update-customer", addresses)["shipping_rates"]
        self.store_api("POST", "/cart/select-shipping-rate", {"package_id": 0, "rate_id": rates[0]["shipping_rates"][0]["rate_id"]})
        order = self.store_api("POST", "/checkout", {**addresses, "payment_method": "cod"})
        expect(order["status"] == "processing" and order["payment_result"]["payment_status"] == "success", f"the order: {order}")
        again = self.store_api("POST", "/checkout", {**addresses, "payment_method": "cod"}, status=(409,))
        expect(again["code"] == "woocommerce_rest_cart_empty", f"the same checkout again: {again}")
        return order["order_id"]

    def orders(self):
        """Numbers of the orders the owner sees in the admin."""
        self.cart, self.cookies = None, {}
        self.call("GET", "/wp-login.php")
        self.call("POST", "/wp-login.php", form={"log": self.user, "pwd": self.password, "testcookie": "1",
                                                  "redirect_to": self.url + "/wp-admin/"}, status=(302,))
        page = self.call("GET", "/wp-admin/admin.php?page=wc-orders")
        return {int(number) for number in re.findall(r'id="order-(\d+)"', page)}
