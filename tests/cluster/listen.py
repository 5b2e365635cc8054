#!/usr/bin/env python3
"""Answer "host" to every HTTP request:  listen.py ADDRESS PORT"""
import http.server
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"host")

    def log_message(self, format, *arguments):
        pass


http.server.HTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
