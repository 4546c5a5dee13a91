"""The server side of one WinCall agent on a published socket.io server: wincall_server.py.

Prints its port. Every call is answered and talked in until it is hung up. `/journal` tells the actions that came in, and
`/sessions` how many agents are initialised.
"""

import json

import gevent
import socketio
from gevent import pywsgi
from geventwebsocket.handler import WebSocketHandler

server = socketio.Server(async_mode="gevent", ping_interval=25, ping_timeout=60)
journal = []
sessions = {}


def tell(session, **message):
    server.emit("toAgent", json.dumps(message), room=session)


def answer(session, action, result, words=""):
    tell(session, MT=1, Retact=action, Ret=result, Retmsg=words)


def ring(session, command):
    tell(session, MT=4, AgSta=4)
    tell(session, MT=3, PhoSta=5, RingType=2, Called=command["Called"], Caller=command["CallerID"], CallId="c1")
    for state in (10, 4, 55, 6):
        gevent.sleep(0.05)
        tell(session, MT=3, PhoSta=state)


def finish(session):
    tell(session, MT=3, PhoSta=0)
    tell(session, MT=4, AgSta=5, AgStaParam=1)
    gevent.sleep(0.1)
    tell(session, MT=4, AgSta=3)


@server.on("AgentCmd")
def command(session, argument):
    action = argument["Action"]
    journal.append(argument)
    state = sessions.setdefault(session, {"agent": None, "signed_in": False, "talking": False})
    if action == 100:
        state["agent"] = argument["AgNum"]
        answer(session, 100, 0, "[[10],['01080000001'],'']")
    elif action == 2:
        state["signed_in"] = True
        answer(session, 2, 0)
    elif action == 6:
        answer(session, 6, 4 if state["talking"] else 1 if state["signed_in"] else 0)
    elif action == 22:
        state["talking"] = True
        answer(session, 22, 0)
        server.start_background_task(ring, session, argument)
    elif action == 23:
        state["talking"] = False
        answer(session, 23, 0)
        server.start_background_task(finish, session)
    elif action in (1, 3):
        if action == 1:
            state["agent"] = None
        state["signed_in"] = False
        answer(session, action, 0)


@server.event
def disconnect(session):
    sessions.pop(session, None)


def web(environ, start):
    path = environ["PATH_INFO"]
    if path == "/journal":
        body = journal
    elif path == "/sessions":
        body = sum(1 for state in sessions.values() if state["agent"])
    else:
        rows = [{"id": "10", "que_name": "sales"}] if path.endswith("/queue/list") else []
        body = {"code": 200, "message": "ok", "data": rows}
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]


service = pywsgi.WSGIServer(
    ("127.0.0.1", 0), socketio.WSGIApp(server, web), handler_class=WebSocketHandler, log=None)
service.init_socket()
print("port", service.address[1], flush=True)
service.serve_forever()
