"""Stands between an agent and the model server, and fails or waits as the driver tells: what prompts cannot say, for they stay in the conversation."""
import http.client, json, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Front:
    """Listens on a port of 127.0.0.1 and passes everything on to another. `answers` are
    (time, path, status) of the agent's requests of a model, with status 0 for one that it gave up; `open` counts those that wait."""

    def __init__(self, port, behind):
        self.behind = behind
        self.answers, self.open = [], 0
        self.failure, self.failures, self.delay = None, 0, 0.0
        self.counting = threading.Lock()
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                front.serve(self)

            def do_POST(self):
                front.serve(self)

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def fail(self, status, body, headers=None, times=1 << 30):
        """The next requests of the model fail, until `heal`."""
        self.failure, self.failures = (status, headers or {}, body), times

    def heal(self):
        self.failures = 0

    def slow(self, seconds):
        """Requests of the model wait before they are passed on; 0: no more."""
        self.delay = seconds

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def serve(self, request):
        length = int(request.headers.get("content-length") or 0)
        body = request.rfile.read(length)
        is_model = request.command == "POST" and "count_tokens" not in request.path
        with self.counting:
            self.open += is_model
        try:
            if is_model:
                time.sleep(self.delay)
            if is_model and self.failures > 0:
                self.failures -= 1
                status, headers, answer = self.failure
                data = json.dumps(answer).encode()
                request.send_response(status)
                for name, value in {"content-type": "application/json", "content-length": str(len(data)), **headers}.items():
                    request.send_header(name, value)
                request.end_headers()
                request.wfile.write(data)
            else:
                status = self.forward(request, body)
        except OSError:
            # The agent gave the request up.
            request.close_connection = True
            status = 0
        with self.counting:
            self.open -= is_model
            if is_model:
                self.answers.append((time.time(), request.path, status))

    def forward(self, request, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.behind)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("host", "connection", "accept-encoding")}
        connection.request(request.command, request.path, body, headers)
        answer = connection.getresponse()
        request.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                request.send_header(name, value)
        request.send_header("transfer-encoding", "chunked")
        request.end_headers()
        while part := answer.read1(65536):
            request.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            request.wfile.flush()
        request.wfile.write(b"0\r\n\r\n")
        connection.close()
        return answer.status
