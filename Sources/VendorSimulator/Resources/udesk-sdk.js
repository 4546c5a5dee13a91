// Stands in for the vendor's SDK in pages that talk to the simulator: the same class, the same methods and events, over a
// WebSocket whose texts are the simulator's own.
"use strict";

class UdeskCCPaasApiClass {
  static AppDataProvider = class {
    GetToken() { return Promise.reject(new Error("GetToken is for the page to give")); }
  };

  #options;
  #handlers = new Map();
  #socket = null;
  #opening = null;
  #waiting = new Map();
  #lastId = 0;
  #isLeft = false;

  constructor(options) { this.#options = { AutoConnect: true, ...options }; }

  Init() {
    this.#isLeft = false;
    if (this.#options.AutoConnect) this.ConnectAsync().catch(() => this.#connectSoon());
  }

  async ConnectAsync() {
    this.#isLeft = false;
    if (this.#socket === null) await (this.#opening ??= this.#open().finally(() => { this.#opening = null; }));
    return this.#send("ConnectAsync", []);
  }

  Disconnect() {
    this.#isLeft = true;
    this.#socket?.close();
  }

  Destroy() {
    this.Disconnect();
    this.#handlers.clear();
  }

  on(name, handler) { this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), handler]); }

  off(name) { this.#handlers.delete(name); }

  async #open() {
    const token = await this.#options.AppDataProvider.GetToken();
    const address = new URL(this.#options.Domain);
    address.search = new URLSearchParams({ AgentId: this.#options.AgentId, ...token }).toString();
    await new Promise((resolve, reject) => {
      const socket = new WebSocket(address);
      socket.onopen = () => {
        this.#socket = socket;
        resolve();
      };
      socket.onclose = () => {
        reject({ Code: "0002", Message: "no connection", Data: null, Visible: false });
        if (this.#socket !== socket) return;
        this.#socket = null;
        this.#waiting.clear();
        this.#tell("Disconnected", { Code: "0000", Message: "", Data: null, Visible: false });
        this.#connectSoon();
      };
      socket.onmessage = (message) => this.#receive(JSON.parse(message.data));
    });
  }

  #connectSoon() {
    if (this.#isLeft || !this.#options.AutoConnect) return;
    setTimeout(() => { if (!this.#isLeft && this.#socket === null) this.Init(); }, 500);
  }

  #receive(message) {
    if (message.event !== undefined) return this.#tell(message.event, message.payload);
    const settle = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    settle?.(message);
  }

  #tell(name, payload) { for (const handler of this.#handlers.get(name) ?? []) handler(payload); }

  #send(method, args) {
    if (this.#socket === null) return Promise.reject({ Code: "0002", Message: "no connection", Data: null, Visible: false });
    const id = String(++this.#lastId);
    this.#socket.send(JSON.stringify({ id, method, args }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ Code, Message, Data, Visible }) => {
        (Code === "0000" ? resolve : reject)({ Code, Message, Data, Visible });
      });
    });
  }

  static {
    const methods = [
      "MakeCallAsync", "HangupAsync", "GetAgentStatesAsync", "SetAgentStateAsync", "GetSpNumbersAsync",
      "GetCurrentSpNumberAsync", "SetSpNumberAsync", "GetNumberPoolAndSpNumAsync", "SetSpNumberPoolNumAsync",
      "GetQueuesAgentsAsync", "GetOtherAgentsAsync", "HoldAsync", "RecoveryAsync", "TransferAsync", "TransferQueueAsync",
      "EavesdropAsync", "ForcePickupAsync", "SubstituteAsync",
    ];
    for (const name of methods) this.prototype[name] = function (...args) { return this.#send(name, args); };
  }
}
