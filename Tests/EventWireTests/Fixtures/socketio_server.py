"""A socket.io server of the generation that WinCall's client speaks with: socketio_server.py.

Prints its port. It sends every `AgentCmd` back as `toAgent`, its argument as a JSON text, and acknowledges those that ask.
"""

import json

import socketio
from gevent import pywsgi
from geventwebsocket.handler import WebSocketHandler

server = socketio.Server(async_mode="gevent", ping_interval=25, ping_timeout=60)


@server.on("AgentCmd")
def command(session, argument):
    server.emit("toAgent", json.dumps(argument), room=session)
    return "done", argument.get("Action")


service = pywsgi.WSGIServer(("127.0.0.1", 0), socketio.WSGIApp(server), handler_class=WebSocketHandler, log=None)
service.init_socket()
print("port", service.address[1], flush=True)
service.serve_forever()
