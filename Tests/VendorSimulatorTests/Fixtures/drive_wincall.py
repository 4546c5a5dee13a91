"""Drives the simulated WinCall with the published socket.io client of its generation, and prints what it saw."""

import json
import sys
import threading
import urllib.request

import socketio

PORT, TRANSPORT = sys.argv[1:3]
BASE = f"http://127.0.0.1:{PORT}"
LIMIT = 60


def ask(path):
    with urllib.request.urlopen(BASE + path, timeout=LIMIT) as answer:
        return answer.read().decode()


class Agent:
    """One agent's session: keeps every message, and lets others wait for one."""

    def __init__(self, number):
        self.number = number
        self.messages = []
        self.news = threading.Condition()
        self.client = socketio.Client(reconnection=False)
        self.client.on("toAgent", self.take)
        self.client.connect(BASE, transports=[TRANSPORT])

    def take(self, payload):
        with self.news:
            self.messages += [json.loads(line) for line in payload.split("\r\n") if line]
            self.news.notify_all()

    def send(self, **command):
        self.client.emit("AgentCmd", command)

    def wait(self, wanted):
        with self.news:
            if not self.news.wait_for(lambda: any(map(wanted, self.messages)), LIMIT):
                raise RuntimeError(f"agent {self.number} waits in vain; so far {self.messages}")
            return next(filter(wanted, self.messages))

    def command(self, action, **arguments):
        self.messages.clear()
        self.send(Action=action, **arguments)
        return self.wait(lambda message: message.get("Retact") == action)

    def initialise(self, password="simulator-secret", enterprise="simulator"):
        return self.command(
            100, VccCode=enterprise, AgNum=self.number, AgPass=password, AgPhoneNum=str(int(self.number) + 3000))

    def call(self, called):
        result = self.command(22, Called=called, CallerID="01080000001", GroupID=10, OutChan=0, ProID=0, TaskID=0)
        if result["Ret"] == 0:
            self.wait(lambda message: message.get("AgSta") == 3)
        return result["Ret"], [
            [message.get("PhoSta"), message.get("RingType")] for message in self.messages if message.get("MT") == 3]


first, second = Agent("5001"), Agent("5002")
report = {
    "not_initialised": first.command(2, State=1)["Ret"],
    "bad_password": first.initialise(password="wrong")["Ret"],
    "granted": first.initialise()["Retmsg"],
    "twice": first.initialise()["Ret"],
    "not_signed_in": first.command(6)["Ret"],
    "signed_in": first.command(2, State=1)["Ret"],
    "idle": first.command(6)["Ret"],
    "already_idle": first.command(5)["Ret"],
    "busy": [first.command(4, Reason=100)["Ret"], first.command(6)["Ret"], first.command(5)["Ret"]],
}
intruder = Agent("5001")
report["elsewhere"] = intruder.initialise()["Ret"]
intruder.client.disconnect()
second.initialise()
second.command(2, State=2)
report["free"] = ask("/v2/wintelapi/api/agent/free?vcc_code=simulator")
report["queues"] = ask("/v2/wintelapi/api/jsonp/queue/list?vcc_code=simulator&jsonpcallback=f")
report["codes"] = [json.loads(ask("/v2/wintelapi/api/busyreason/list?vcc_code=" + code))["code"] for code in ("", "x")]
report["answered"] = first.call("13800990001")
report["rings_out"] = first.call("13800990005")
report["busy_callee"] = first.call("13800990003")
report["scripted"] = first.call("13800980504")[0]
report["foreign_caller"] = first.command(22, Called="13800990001", CallerID="1", GroupID=10)["Ret"]
report["no_call"] = first.command(23)["Ret"]
first.command(9, ProID=7)
report["project"] = first.command(9, ProID=7)["Ret"]
report["signed_out"] = [first.command(3)["Ret"], first.command(1)["Ret"], first.command(6)["Ret"]]
for agent in (first, second):
    agent.client.disconnect()
print(json.dumps(report))
